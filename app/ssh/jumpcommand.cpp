// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ssh/jumpcommand.h"

#include "app/core/shellword.h"

#include <QRegularExpression>

namespace slipway {

namespace {

// A word of the shell that runs a ProxyCommand.
QString wordOf(const QString &text) {
    static const QRegularExpression plain(
        QRegularExpression::anchoredPattern(QStringLiteral("[A-Za-z0-9_./:=@%+,-]+")));
    return plain.match(text).hasMatch() ? text : QString::fromUtf8(shellWord(text.toUtf8()));
}

// The last of `jumps` is the nearest to the host that the command leads to.
QString commandThrough(const QStringList &jumps, const QString &sshConfig) {
    QStringList words{QStringLiteral("ssh")};
    if (!sshConfig.isEmpty())
        words << QStringLiteral("-F") << sshConfig;
    for (const JumpOption &option : kStrictJump)
        words << QStringLiteral("-o")
              << QStringLiteral("%1=%2").arg(QLatin1String(option.name), QLatin1String(option.value));
    if (jumps.size() > 1)
        words << QStringLiteral("-o")
              << QStringLiteral("ProxyCommand=") + commandThrough(jumps.mid(0, jumps.size() - 1), sshConfig);
    words += jumpDestination(jumps.constLast());
    // ssh puts in what it knows of the host; a percent sign of any other word is not a token of it.
    words.replaceInStrings(QStringLiteral("%"), QStringLiteral("%%"));
    words.insert(1, QStringLiteral("[%h]:%p"));
    words.insert(1, QStringLiteral("-W"));
    for (QString &word : words)
        word = wordOf(word);
    return words.join(QLatin1Char(' '));
}

} // namespace

QStringList jumpDestination(const QString &jump) {
    static const QRegularExpression parts(QRegularExpression::anchoredPattern(
        QStringLiteral("(?:(.*)@)?(?:\\[(.*)\\]|([^:]*))(?::([0-9]+))?")));
    const auto match = parts.match(jump);
    QStringList words;
    if (!match.captured(1).isEmpty())
        words << QStringLiteral("-l") << match.captured(1);
    if (!match.captured(4).isEmpty())
        words << QStringLiteral("-p") << match.captured(4);
    return words << QStringLiteral("--") << match.captured(2) + match.captured(3);
}

QString jumpCommand(const SshTarget &target) {
    return target.jumps.isEmpty() ? QString() : commandThrough(target.jumps, target.host.sshConfig);
}

} // namespace slipway
