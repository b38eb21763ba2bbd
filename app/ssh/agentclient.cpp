// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ssh/agentclient.h"

#include <QDeadlineTimer>
#include <QFile>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>

namespace slipway {

namespace {

constexpr qint64 kLookMs = 100;

Error broken(const QString &why) {
    return Error{ErrorCode::Unreachable, QStringLiteral("ssh-agent %1").arg(why)};
}

// Moves all of `size` bytes, in or out.
template <typename Move>
Result<void> moveAll(int fd, short event, qsizetype size, const AgentTimeout &timeout, const Move &move) {
    const QDeadlineTimer deadline =
        timeout.ms < 0 ? QDeadlineTimer(QDeadlineTimer::Forever) : QDeadlineTimer(timeout.ms);
    qsizetype done = 0;
    while (done < size) {
        if (timeout.givenUp && timeout.givenUp())
            return Error{ErrorCode::Cancelled, QStringLiteral("waiting for ssh-agent was cancelled")};
        if (deadline.hasExpired())
            return Error{ErrorCode::TimedOut, QStringLiteral("ssh-agent did not answer in time")};
        const qint64 left = deadline.isForever() ? kLookMs : std::min(kLookMs, deadline.remainingTime());
        pollfd ready{fd, event, 0};
        const int status =
            poll(&ready, 1, timeout.givenUp || !deadline.isForever() ? static_cast<int>(left) : -1);
        if (status == 0 || (status < 0 && errno == EINTR))
            continue;
        const ssize_t moved = status < 0 ? -1 : move(done);
        if (moved < 0 && (errno == EINTR || errno == EAGAIN))
            continue;
        if (moved <= 0)
            return broken(QStringLiteral("closed the connection"));
        done += moved;
    }
    return {};
}

Result<QByteArray> receive(int fd, qsizetype size, const AgentTimeout &timeout) {
    QByteArray bytes(size, '\0');
    const auto moved = moveAll(fd, POLLIN, size, timeout, [&](qsizetype done) {
        return recv(fd, bytes.data() + done, static_cast<size_t>(size - done), 0);
    });
    if (!moved)
        return moved.error();
    return bytes;
}

} // namespace

Result<QByteArray> receiveAgentMessage(int fd, const AgentTimeout &timeout) {
    const auto header = receive(fd, 4, timeout);
    if (!header)
        return header.error();
    quint32 size = 0;
    for (const char byte : *header)
        size = size << 8 | static_cast<quint8>(byte);
    if (size == 0 || size > kMaxAgentMessage)
        return broken(QStringLiteral("sends a message of %1 bytes").arg(size));
    return receive(fd, static_cast<qsizetype>(size), timeout);
}

Result<void> sendAgentMessage(int fd, const QByteArray &payload, const AgentTimeout &timeout) {
    QByteArray bytes(4, '\0');
    for (int i = 0; i < 4; ++i)
        bytes[i] = static_cast<char>(static_cast<quint32>(payload.size()) >> (24 - 8 * i) & 0xff);
    bytes += payload;
    return moveAll(fd, POLLOUT, bytes.size(), timeout, [&](qsizetype done) {
        return send(fd, bytes.constData() + done, static_cast<size_t>(bytes.size() - done), MSG_NOSIGNAL);
    });
}

Result<AgentClient> AgentClient::connect(const QString &path) {
    const QByteArray name = QFile::encodeName(path);
    AgentClient client;
    client.m_socket.reset(socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (client.m_socket.get() < 0 || static_cast<size_t>(name.size()) >= sizeof address.sun_path)
        return broken(QStringLiteral("at %1 cannot be reached: the path is too long").arg(path));
    std::memcpy(address.sun_path, name.constData(), static_cast<size_t>(name.size()));
    if (::connect(client.m_socket.get(), reinterpret_cast<const sockaddr *>(&address), sizeof address) != 0)
        return broken(
            QStringLiteral("at %1 cannot be reached: %2").arg(path, QString::fromLocal8Bit(strerror(errno))));
    return client;
}

Result<QByteArray> AgentClient::ask(const QByteArray &payload, const AgentTimeout &timeout) {
    TRY(sendAgentMessage(m_socket.get(), payload, timeout));
    return receiveAgentMessage(m_socket.get(), timeout);
}

Result<QList<AgentKey>> AgentClient::keys(const AgentTimeout &timeout) {
    const auto answer = ask(QByteArray(1, agent::kListRequest), timeout);
    if (!answer)
        return answer.error();
    return agent::readKeys(*answer);
}

} // namespace slipway
