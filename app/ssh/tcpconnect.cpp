// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ssh/tcpconnect.h"

#include <array>
#include <cerrno>
#include <cstring>
#include <memory>

#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>

namespace slipway {

namespace {

constexpr int kUnackedLimitMs = 15'000;

enum class Wait { Ready, TimedOut, Woken };

Wait await(int fd, short events, int timeoutMs, int wakeFd) {
    std::array<pollfd, 2> fds{pollfd{fd, events, 0}, pollfd{wakeFd, POLLIN, 0}};
    for (;;) {
        const int ready = poll(fds.data(), fds.size(), timeoutMs);
        if (ready < 0 && errno == EINTR)
            continue;
        if (ready <= 0)
            return Wait::TimedOut;
        return fds[1].revents != 0 ? Wait::Woken : Wait::Ready;
    }
}

QString errnoText(int number) {
    return QString::fromLocal8Bit(strerror(number));
}

Result<FileDescriptor> connectTo(const addrinfo &target, const QString &where, int timeoutMs, int wakeFd) {
    FileDescriptor fd(
        socket(target.ai_family, target.ai_socktype | SOCK_CLOEXEC | SOCK_NONBLOCK, target.ai_protocol));
    if (fd.get() < 0)
        return Error{ErrorCode::Unreachable, QStringLiteral("%1: %2").arg(where, errnoText(errno))};
    const unsigned int limit = kUnackedLimitMs;
    setsockopt(fd.get(), IPPROTO_TCP, TCP_USER_TIMEOUT, &limit, sizeof limit);
    const int on = 1;
    setsockopt(fd.get(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    if (connect(fd.get(), target.ai_addr, target.ai_addrlen) == 0)
        return fd;
    int failure = errno;
    if (failure == EINPROGRESS) {
        switch (await(fd.get(), POLLOUT, timeoutMs, wakeFd)) {
        case Wait::Woken:
            return Error{ErrorCode::Cancelled, QStringLiteral("%1: connecting was given up").arg(where)};
        case Wait::TimedOut:
            return Error{ErrorCode::TimedOut,
                         QStringLiteral(
                             "%1 did not answer in %2 s. Is it up, and is its SSH port open to this machine?")
                             .arg(where)
                             .arg(timeoutMs / 1000)};
        case Wait::Ready:
            break;
        }
        socklen_t size = sizeof failure;
        getsockopt(fd.get(), SOL_SOCKET, SO_ERROR, &failure, &size);
    }
    if (failure != 0) {
        return Error{
            ErrorCode::Unreachable,
            QStringLiteral("%1 cannot be reached: %2. Check address and port, and that sshd runs there.")
                .arg(where, errnoText(failure))};
    }
    return fd;
}

} // namespace

Result<void> awaitBanner(int fd, const QString &where, int timeoutMs, int wakeFd) {
    const Wait wait = await(fd, POLLIN, timeoutMs, wakeFd);
    if (wait == Wait::Woken)
        return Error{ErrorCode::Cancelled, QStringLiteral("%1: connecting was given up").arg(where)};
    if (wait == Wait::TimedOut) {
        return Error{ErrorCode::TimedOut, QStringLiteral("%1 accepted the connection and then said nothing "
                                                         "for %2 s. Is sshd there overloaded or stopped?")
                                              .arg(where)
                                              .arg(timeoutMs / 1000)};
    }
    std::array<char, 64> first{};
    const ssize_t size = recv(fd, first.data(), first.size(), MSG_PEEK);
    const QByteArray text(first.data(), size > 0 ? size : 0);
    if (text.isEmpty()) {
        return Error{ErrorCode::Unreachable, QStringLiteral("%1 closed the connection at once. Its sshd may "
                                                            "refuse this machine (MaxStartups, penalties).")
                                                 .arg(where)};
    }
    if (!text.startsWith(QByteArray("SSH-").left(text.size()))) {
        QString shown = QString::fromLatin1(text);
        for (QChar &c : shown) {
            if (!c.isPrint())
                c = QLatin1Char('.');
        }
        return Error{ErrorCode::Unreachable,
                     QStringLiteral("%1 is no SSH server; it says \"%2\".").arg(where, shown)};
    }
    return {};
}

Result<FileDescriptor> connectToSshServer(const QString &address, quint16 port,
                                          const ConnectDeadlines &deadlines, int wakeFd) {
    const QString where = QStringLiteral("%1 port %2").arg(address).arg(port);
    addrinfo hints{};
    hints.ai_socktype = SOCK_STREAM;
    addrinfo *found = nullptr;
    const int status =
        getaddrinfo(address.toLatin1().constData(), QByteArray::number(port).constData(), &hints, &found);
    if (status != 0) {
        return Error{ErrorCode::Unreachable, QStringLiteral("%1 cannot be resolved: %2")
                                                 .arg(address, QString::fromLocal8Bit(gai_strerror(status)))};
    }
    const std::unique_ptr<addrinfo, decltype(&freeaddrinfo)> targets(found, &freeaddrinfo);
    Error last{ErrorCode::Unreachable, QStringLiteral("%1 has no address").arg(address)};
    for (const addrinfo *target = targets.get(); target; target = target->ai_next) {
        auto fd = connectTo(*target, where, deadlines.tcpMs, wakeFd);
        if (!fd) {
            last = fd.error();
            if (last.code == ErrorCode::Cancelled)
                return last;
            continue;
        }
        if (const auto checked = awaitBanner(fd->get(), where, deadlines.bannerMs, wakeFd); !checked)
            return checked.error();
        return std::move(*fd);
    }
    return last;
}

} // namespace slipway
