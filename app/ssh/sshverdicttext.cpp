// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ssh/sshverdict.h"

#include "models/core/plaintext.h"

#include <algorithm>

namespace slipway {

namespace {

constexpr qsizetype kMaxWords = 300;

} // namespace

SshVerdict readVerdict(const QByteArray &log, bool trusts) {
    QList<QByteArray> lines;
    for (const QByteArray &line : log.split('\n')) {
        if (!line.trimmed().isEmpty())
            lines << line.trimmed();
    }
    SshVerdict verdict;
    if (trusts) {
        // The first such line is ssh's own: what the other side says before has no line breaks.
        for (const QByteArray &line : lines) {
            if (!line.startsWith("debug1: Server host key: ") &&
                !line.startsWith("debug1: Server host certificate: "))
                continue;
            const QByteArray print = line.mid(line.indexOf(": ", 8) + 2).split(' ').value(1);
            verdict.fingerprint = QString::fromLatin1(print.endsWith(',') ? print.chopped(1) : print);
            break;
        }
        if (verdict.fingerprint.startsWith(QLatin1String("SHA256:")))
            verdict.state = SshVerdict::State::Trusted;
        else
            verdict.words = QStringLiteral("it does not say which key it trusts");
        return verdict;
    }
    // Of a refusal the last two lines are ssh's own; a certificate's text may hold lines of its own before.
    const qsizetype count = lines.size();
    const bool failed = count >= 2 && lines.constLast() == "Host key verification failed.";
    if (failed && lines.at(count - 2).startsWith("No ") &&
        lines.at(count - 2).contains(" host key is known for ") &&
        lines.at(count - 2).endsWith(" and you have requested strict checking.")) {
        verdict.state = SshVerdict::State::Unknown;
        return verdict;
    }
    QList<QByteArray> words;
    for (const QByteArray &line : lines) {
        if (!line.startsWith("debug1: "))
            words << line;
    }
    words = words.mid(std::max<qsizetype>(0, words.size() - 2));
    verdict.words = plainText(QString::fromUtf8(words.join(' '))).simplified().left(kMaxWords);
    if (verdict.words.isEmpty())
        verdict.words = QStringLiteral("it did not say why");
    return verdict;
}

} // namespace slipway
