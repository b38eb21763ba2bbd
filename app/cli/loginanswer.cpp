// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/loginanswer.h"

#include "app/cli/command.h"
#include "app/cli/terminal.h"

#include <utility>

namespace slipway::cli {

namespace {

void answerPassphrase(LoginQuestion &question) {
    auto passphrase = askSecret(QStringLiteral("%1Passphrase of %2, which %3 requires:")
                                    .arg(question.isAgain() ? QStringLiteral("That was not it. ") : QString(),
                                         question.keyFile(), question.host()));
    if (passphrase) {
        question.accept(*std::move(passphrase));
        return;
    }
    printNote(
        QStringLiteral("%1 requires the key %2, which has a passphrase. Run this in a terminal, or add the "
                       "key to ssh-agent.")
            .arg(question.host(), question.keyFile()));
    question.refuse();
}

} // namespace

LoginHandler::Answer loginAnswer(bool acceptNew, std::function<void(const QString &)> showPinning) {
    return [acceptNew, showPinning = std::move(showPinning)](const std::shared_ptr<LoginQuestion> &question) {
        if (!question->hostKey()) {
            answerPassphrase(*question);
            return;
        }
        const HostKey &key = *question->hostKey();
        if (acceptNew) {
            showPinning(
                QStringLiteral("%1: pinning its %2 key %3").arg(question->host(), key.type, key.fingerprint));
            question->accept();
            return;
        }
        printNote(QStringLiteral("%1 shows a %2 key that is not known: %3. Check it, then run again with "
                                 "--accept-new.")
                      .arg(question->host(), key.type, key.fingerprint));
        question->refuse();
    };
}

} // namespace slipway::cli
