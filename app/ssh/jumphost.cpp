// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ssh/jumphost.h"

#include "app/core/outputfile.h"
#include "app/ssh/jumpcommand.h"
#include "app/ssh/sshpaths.h"
#include "app/ssh/sshtool.h"

#include <QRegularExpression>

#include <array>

#include <fcntl.h>
#include <sys/socket.h>

namespace slipway {

namespace {

constexpr int kEndMs = 2000;
constexpr int kComplaintMs = 1000;

// One word of ssh_config that is taken as it is, though Include takes patterns.
QByteArray includeOf(QString path) {
    static const QRegularExpression special(QStringLiteral("([*?\\[\\]\\\\])"));
    path.replace(special, QStringLiteral("\\\\1"));
    path.replace(QLatin1Char('\\'), QLatin1String("\\\\")).replace(QLatin1Char('"'), QLatin1String("\\\""));
    return "Include \"" + path.toUtf8() + "\"\n";
}

} // namespace

Result<void> JumpHost::writeConfig(const Host &host) {
    // The first value of an option counts, and ssh hands this file on to the ssh of the next hop.
    QByteArray config;
    for (const JumpOption &option : kStrictJump)
        config += QByteArray(option.name) + ' ' + option.value + '\n';
    if (host.sshConfig.isEmpty())
        config += includeOf(withHome(QStringLiteral("~/.ssh/config"))) +
                  includeOf(QStringLiteral("/etc/ssh/ssh_config"));
    else if (host.sshConfig != QLatin1String("none"))
        config += includeOf(host.sshConfig);
    if (m_config.open() && m_config.write(config) == config.size() && m_config.flush())
        return {};
    const Error error = unwritable(m_config);
    return Error{error.code, QStringLiteral("%1: the way to its jump host: %2").arg(host.name, error.text)};
}

Result<std::unique_ptr<JumpHost>> JumpHost::start(const SshTarget &target) {
    std::array<int, 2> ends{};
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0)
        return Error{ErrorCode::Internal, QStringLiteral("there is no socket for a jump host")};
    std::unique_ptr<JumpHost> jump(new JumpHost);
    jump->m_socket.reset(ends[0]);
    const FileDescriptor theirs(ends[1]);
    fcntl(ends[0], F_SETFL, fcntl(ends[0], F_GETFL) | O_NONBLOCK);

    QString program = QStringLiteral("ssh");
    QStringList arguments;
    if (!target.proxyCommand.isEmpty()) {
        program = qEnvironmentVariable("SHELL", QStringLiteral("/bin/sh"));
        arguments = {QStringLiteral("-c"), QStringLiteral("exec ") + target.proxyCommand};
    } else {
        TRY(jump->writeConfig(target.host));
        arguments = {QStringLiteral("-F"), jump->m_config.fileName()};
        if (target.jumps.size() > 1)
            arguments << QStringLiteral("-J")
                      << target.jumps.mid(0, target.jumps.size() - 1).join(QLatin1Char(','));
        arguments << QStringLiteral("-W")
                  << QStringLiteral("[%1]:%2").arg(target.host.address).arg(target.host.port)
                  << jumpDestination(target.jumps.constLast());
    }
    jump->m_process.setChildProcessModifier([fd = ends[1]] {
        dup2(fd, STDIN_FILENO);
        dup2(fd, STDOUT_FILENO);
    });
    jump->m_process.start(program, arguments);
    if (!jump->m_process.waitForStarted())
        return Error{ErrorCode::Unreachable,
                     QStringLiteral("%1: %2, the way to it, cannot be started: %3")
                         .arg(target.host.name, program, jump->m_process.errorString())};
    return jump;
}

JumpHost::~JumpHost() {
    m_process.terminate();
    if (!m_process.waitForFinished(kEndMs)) {
        m_process.kill();
        m_process.waitForFinished();
    }
}

QString JumpHost::complaint() {
    m_process.waitForFinished(kComplaintMs);
    // A changed key is reported with a banner; the outcome is in the last lines.
    const QString words = lastWords(m_process.readAllStandardError());
    if (!words.isEmpty() || m_process.state() != QProcess::NotRunning)
        return words;
    if (m_process.exitStatus() != QProcess::NormalExit)
        return QStringLiteral("it was ended by a signal");
    // `ssh -W` ends so when the host behind it closes the connection.
    if (m_config.isOpen() && m_process.exitCode() == 0)
        return {};
    return QStringLiteral("it ended with exit code %1 and said nothing").arg(m_process.exitCode());
}

} // namespace slipway
