// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ssh/sshtool.h"

#include "models/core/plaintext.h"

#include <algorithm>

namespace slipway {

namespace {

constexpr qsizetype kMaxWords = 400;

} // namespace

Result<ProgramAnswer> runSshTool(const QString &program, const QStringList &arguments, int timeoutMs,
                                 const std::function<bool()> &givenUp) {
    ProgramCall call{program, arguments, timeoutMs};
    call.environment = QProcessEnvironment::systemEnvironment();
    call.environment->insert(QStringLiteral("LC_ALL"), QStringLiteral("C"));
    call.isGivenUp = givenUp;
    auto answer = runProgram(call);
    if (answer && answer->exitCode < 0)
        return Error{ErrorCode::CommandFailed, QStringLiteral("%1 was ended by a signal").arg(program)};
    return answer;
}

QString lastWords(const QByteArray &text, qsizetype lines) {
    QList<QByteArray> all = text.trimmed().split('\n');
    const auto usage = std::find_if(all.begin(), all.end(), [](const QByteArray &line) {
        return line.trimmed().toLower().startsWith("usage:");
    });
    if (usage == all.begin() && usage != all.end())
        return QStringLiteral("it does not know the options that it was called with");
    all.erase(usage, all.end());
    return plainText(
               QString::fromUtf8(all.mid(std::max<qsizetype>(0, all.size() - lines)).join(' ')).simplified())
        .left(kMaxWords);
}

} // namespace slipway
