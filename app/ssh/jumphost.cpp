// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ssh/jumphost.h"

#include "app/core/shellword.h"

#include <algorithm>
#include <array>

#include <fcntl.h>
#include <sys/socket.h>

namespace slipway {

namespace {

constexpr int kEndMs = 2000;
constexpr int kComplaintMs = 1000;
constexpr qsizetype kComplaintLength = 400;

// Strict, whatever the person's config says: nobody is there to be asked, and a changed key is no way in.
QStringList strictly(const QString &config) {
    QStringList words{QStringLiteral("-o"), QStringLiteral("BatchMode=yes"),
                      QStringLiteral("-o"), QStringLiteral("StrictHostKeyChecking=yes"),
                      QStringLiteral("-o"), QStringLiteral("ConnectTimeout=10"),
                      QStringLiteral("-o"), QStringLiteral("ControlPath=none"),
                      QStringLiteral("-o"), QStringLiteral("LogLevel=ERROR")};
    if (!config.isEmpty())
        words << QStringLiteral("-F") << config;
    return words;
}

// A ProxyCommand is a shell's, and "%" is ssh's own.
QString quoted(QString word) {
    return QString::fromUtf8(shellWord(word.replace(QLatin1Char('%'), QLatin1String("%%")).toUtf8()));
}

} // namespace

Result<std::unique_ptr<JumpHost>> JumpHost::start(const SshTarget &target) {
    std::array<int, 2> ends{};
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0)
        return Error{ErrorCode::Internal, QStringLiteral("there is no socket for a jump host")};
    std::unique_ptr<JumpHost> jump(new JumpHost);
    jump->m_socket.reset(ends[0]);
    const FileDescriptor theirs(ends[1]);
    fcntl(ends[0], F_SETFL, fcntl(ends[0], F_GETFL) | O_NONBLOCK);

    QStringList arguments = strictly(target.host.sshConfig);
    if (target.jumps.size() == 2) {
        QStringList inner{QStringLiteral("ssh")};
        for (const QString &word : strictly(target.host.sshConfig))
            inner << quoted(word);
        inner << QStringLiteral("-W '[%h]:%p' -- ssh://") + target.jumps.constFirst();
        arguments << QStringLiteral("-o") << QStringLiteral("ProxyCommand=") + inner.join(QLatin1Char(' '));
    }
    arguments << QStringLiteral("-W")
              << QStringLiteral("[%1]:%2").arg(target.host.address).arg(target.host.port)
              << QStringLiteral("--") << QStringLiteral("ssh://") + target.jumps.constLast();
    jump->m_process.setChildProcessModifier([fd = ends[1]] {
        dup2(fd, STDIN_FILENO);
        dup2(fd, STDOUT_FILENO);
    });
    jump->m_process.start(QStringLiteral("ssh"), arguments);
    if (!jump->m_process.waitForStarted())
        return Error{ErrorCode::Unreachable, QStringLiteral("%1: ssh to its jump host cannot be started: %2")
                                                 .arg(target.host.name, jump->m_process.errorString())};
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
    // A changed key is told with a banner; what it comes to is in the last lines.
    const QByteArray said = m_process.readAllStandardError().trimmed();
    return QString::fromUtf8(said.split('\n').mid(std::max<qsizetype>(0, said.count('\n') - 2)).join(' '))
        .simplified()
        .left(kComplaintLength);
}

} // namespace slipway
