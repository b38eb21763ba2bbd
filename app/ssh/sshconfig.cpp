// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ssh/sshconfig.h"

#include <QDir>
#include <QProcess>
#include <QRegularExpression>

namespace slipway {

namespace {

constexpr int kResolveMs = 10'000; // Match exec and a canonical name may take a while
constexpr qsizetype kMostJumps = 2;

// The tokens of ssh_config(5) that make sense in the name of a file here.
QString expanded(const QString &path, const SshTarget &target, const QString &home) {
    QString result;
    const QString text = path.startsWith(QLatin1String("~/")) ? home + path.mid(1) : path;
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (text.at(i) != QLatin1Char('%') || i + 1 == text.size()) {
            result += text.at(i);
            continue;
        }
        switch (text.at(++i).toLatin1()) {
        case 'd':
            result += home;
            break;
        case 'h':
            result += target.host.address;
            break;
        case 'r':
            result += target.host.user;
            break;
        case '%':
            result += QLatin1Char('%');
            break;
        default:
            result += text.mid(i - 1, 2);
        }
    }
    return result;
}

// Becomes an argument of ssh, and a word of a ProxyCommand.
bool isJump(const QString &text) {
    static const QRegularExpression jump(QRegularExpression::anchoredPattern(QStringLiteral(
        "([A-Za-z0-9_][A-Za-z0-9._-]*@)?([A-Za-z0-9][A-Za-z0-9.-]*|\\[[0-9A-Fa-f:.]+\\])(:[0-9]"
        "{1,5})?")));
    return jump.match(text).hasMatch();
}

Error notTaken(const Host &host, ErrorCode code, const QString &what) {
    return Error{code, QStringLiteral("%1: ssh_config for %2 %3").arg(host.name, host.address, what)};
}

} // namespace

Result<SshTarget> readTarget(const Host &host, const QByteArray &answer, const QString &home) {
    SshTarget target{host, {}, {}, {}, {}, false, {}, {}};
    target.knownAs = host.address;
    bool command = false;
    const QStringList lines = QString::fromUtf8(answer).split(QLatin1Char('\n'));
    const auto each = [&](const QString &option, const auto &take) {
        for (const QString &line : lines) {
            if (line.startsWith(option + QLatin1Char(' ')))
                take(line.mid(option.size() + 1));
        }
    };
    each(QStringLiteral("hostname"), [&](const QString &v) { target.host.address = target.knownAs = v; });
    each(QStringLiteral("port"), [&](const QString &v) { target.host.port = v.toUShort(); });
    each(QStringLiteral("user"), [&](const QString &v) { target.host.user = v; });
    each(QStringLiteral("hostkeyalias"), [&](const QString &v) { target.knownAs = v; });
    each(QStringLiteral("identitiesonly"),
         [&](const QString &v) { target.identitiesOnly = v == QLatin1String("yes"); });
    each(QStringLiteral("identityagent"), [&](const QString &v) {
        target.agent = v == QLatin1String("SSH_AUTH_SOCK") ? QString() : expanded(v, target, home);
    });
    each(QStringLiteral("identityfile"),
         [&](const QString &v) { target.identityFiles << expanded(v, target, home); });
    each(QStringLiteral("certificatefile"),
         [&](const QString &v) { target.certificateFiles << expanded(v, target, home); });
    each(QStringLiteral("proxyjump"), [&](const QString &v) {
        if (v != QLatin1String("none"))
            target.jumps = v.split(QLatin1Char(','));
    });
    each(QStringLiteral("proxycommand"), [&](const QString &v) { command = v != QLatin1String("none"); });
    for (const auto &option :
         {QStringLiteral("userknownhostsfile"), QStringLiteral("globalknownhostsfile")}) {
        each(option, [&](const QString &v) {
            for (const QString &file : v.split(QLatin1Char(' '), Qt::SkipEmptyParts)) {
                if (file != QLatin1String("/dev/null") && file != QLatin1String("none"))
                    target.knownHostsFiles << expanded(file, target, home);
            }
        });
    }
    if (target.host.port == 0 || target.host.user.isEmpty())
        return notTaken(host, ErrorCode::InvalidInput, QStringLiteral("gives no port or no user"));
    if (command && target.jumps.isEmpty())
        return notTaken(
            host, ErrorCode::Unsupported,
            QStringLiteral("names a ProxyCommand, which Slipway does not run. Name a ProxyJump."));
    if (target.jumps.size() > kMostJumps || !std::all_of(target.jumps.begin(), target.jumps.end(), isJump))
        return notTaken(host, ErrorCode::Unsupported,
                        QStringLiteral("names the ProxyJump \"%1\". Slipway takes one or two hosts as "
                                       "[user@]host[:port].")
                            .arg(target.jumps.join(QLatin1Char(','))));
    if (!host.identityFile.isEmpty()) {
        target.identityFiles = {host.identityFile};
        target.identitiesOnly = true;
    }
    return target;
}

Result<SshTarget> resolveTarget(const Host &host) {
    QStringList arguments{QStringLiteral("-G"), QStringLiteral("-T")};
    if (!host.sshConfig.isEmpty())
        arguments << QStringLiteral("-F") << host.sshConfig;
    if (host.port != 0)
        arguments << QStringLiteral("-p") << QString::number(host.port);
    if (!host.user.isEmpty())
        arguments << QStringLiteral("-l") << host.user;
    arguments << QStringLiteral("--") << host.address;
    QProcess ssh;
    ssh.start(QStringLiteral("ssh"), arguments);
    ssh.closeWriteChannel();
    if (!ssh.waitForFinished(kResolveMs) || ssh.exitStatus() != QProcess::NormalExit || ssh.exitCode() != 0) {
        ssh.kill();
        const QString said = QString::fromUtf8(ssh.readAllStandardError()).simplified().left(300);
        return notTaken(
            host, ErrorCode::InvalidInput,
            QStringLiteral("cannot be read by ssh: %1").arg(said.isEmpty() ? ssh.errorString() : said));
    }
    return readTarget(host, ssh.readAllStandardOutput(), QDir::homePath());
}

} // namespace slipway
