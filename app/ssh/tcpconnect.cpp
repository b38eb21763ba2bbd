// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ssh/tcpconnect.h"

#include "models/core/plaintext.h"

#include <QDeadlineTimer>

#include <array>
#include <cerrno>
#include <cstring>
#include <memory>

#include <ifaddrs.h>
#include <net/if.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>

namespace slipway {

namespace {

constexpr int kUnackedLimitMs = 15'000;
constexpr size_t kMaxBeforeBanner = 8192;
constexpr int kLookMs = 50;

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

using Addresses = std::unique_ptr<addrinfo, decltype(&freeaddrinfo)>;

Result<Addresses> addressesOf(const QString &name, const QByteArray &port, int family) {
    addrinfo hints{};
    hints.ai_socktype = SOCK_STREAM;
    hints.ai_family = family;
    addrinfo *found = nullptr;
    const int status =
        getaddrinfo(name.toLatin1().constData(), port.isEmpty() ? nullptr : port.constData(), &hints, &found);
    if (status != 0)
        return Error{ErrorCode::Unreachable, QStringLiteral("%1 cannot be resolved: %2")
                                                 .arg(name, QString::fromLocal8Bit(gai_strerror(status)))};
    return Addresses(found, &freeaddrinfo);
}

Result<void> bindTo(int fd, const sockaddr *address, socklen_t size, const QString &what) {
    if (bind(fd, address, size) == 0)
        return {};
    return Error{ErrorCode::Unreachable,
                 QStringLiteral("%1 of ssh_config cannot be used: %2").arg(what, errnoText(errno))};
}

// An address of the interface that reaches further than the link, else one that does not; as ssh chooses.
Result<void> bindToInterface(int fd, int family, const QString &interface) {
    ifaddrs *list = nullptr;
    getifaddrs(&list);
    const std::unique_ptr<ifaddrs, decltype(&freeifaddrs)> all(list, &freeifaddrs);
    const sockaddr *second = nullptr;
    const socklen_t size = family == AF_INET ? sizeof(sockaddr_in) : sizeof(sockaddr_in6);
    const QString what = QStringLiteral("BindInterface %1").arg(interface);
    for (const ifaddrs *one = list; one; one = one->ifa_next) {
        if (!one->ifa_addr || one->ifa_addr->sa_family != family ||
            interface != QString::fromLocal8Bit(one->ifa_name))
            continue;
        bool isLocal = (one->ifa_flags & IFF_LOOPBACK) != 0;
        if (family == AF_INET6)
            isLocal = isLocal || IN6_IS_ADDR_LINKLOCAL(
                                     &reinterpret_cast<const sockaddr_in6 *>(one->ifa_addr)->sin6_addr);
        if (!isLocal)
            return bindTo(fd, one->ifa_addr, size, what);
        second = second ? second : one->ifa_addr;
    }
    if (second)
        return bindTo(fd, second, size, what);
    return Error{ErrorCode::Unreachable,
                 QStringLiteral("%1 of ssh_config cannot be used: it has no such address").arg(what)};
}

Result<void> bindToSource(int fd, int family, const SshSource &source) {
    if (!source.address.isEmpty()) {
        const auto own = addressesOf(source.address, {}, family);
        if (!own)
            return Error{
                ErrorCode::Unreachable,
                QStringLiteral("BindAddress of ssh_config cannot be used: %1").arg(own.error().text)};
        return bindTo(fd, (*own)->ai_addr, (*own)->ai_addrlen,
                      QStringLiteral("BindAddress %1").arg(source.address));
    }
    return source.interface.isEmpty() ? Result<void>() : bindToInterface(fd, family, source.interface);
}

Result<FileDescriptor> connectTo(const addrinfo &target, const QString &where, const SshSource &source,
                                 int timeoutMs, int wakeFd) {
    FileDescriptor fd(
        socket(target.ai_family, target.ai_socktype | SOCK_CLOEXEC | SOCK_NONBLOCK, target.ai_protocol));
    if (fd.get() < 0)
        return Error{ErrorCode::Unreachable, QStringLiteral("%1: %2").arg(where, errnoText(errno))};
    if (auto bound = bindToSource(fd.get(), target.ai_family, source); !bound)
        return Error{bound.error().code, QStringLiteral("%1: %2").arg(where, bound.error().text)};
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
            return Error{ErrorCode::Cancelled, QStringLiteral("%1: connecting was cancelled").arg(where)};
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

// What has come so far, left where it is; `closed` when nothing will follow.
QByteArray peek(int fd, bool &closed) {
    QByteArray bytes(kMaxBeforeBanner, '\0');
    const ssize_t size = recv(fd, bytes.data(), static_cast<size_t>(bytes.size()), MSG_PEEK);
    pollfd state{fd, POLLRDHUP, 0};
    poll(&state, 1, 0);
    closed = size == 0 || (size < 0 && errno != EAGAIN && errno != EINTR) ||
             (state.revents & (POLLRDHUP | POLLHUP | POLLERR)) != 0;
    bytes.truncate(size > 0 ? size : 0);
    return bytes;
}

bool namesItself(const QByteArray &text) {
    return text.startsWith("SSH-") || text.contains("\nSSH-");
}

// Nothing more can make an SSH server of it.
bool isSomethingElse(const QByteArray &text) {
    return text.startsWith("HTTP/") || static_cast<size_t>(text.size()) >= kMaxBeforeBanner ||
           text.contains('\0');
}

Error noServer(const QByteArray &text, const QString &where) {
    if (text.isEmpty())
        return Error{ErrorCode::Unreachable, QStringLiteral("%1 closed the connection at once. Its sshd may "
                                                            "refuse this machine (MaxStartups, penalties).")
                                                 .arg(where)};
    const QString shown = plainText(QString::fromLatin1(text.left(200))).simplified().left(80);
    // sshd's own words for a client that it does not want now.
    for (const char *words : {"Exceeded MaxStartups", "Not allowed at this time"}) {
        if (text.startsWith(words))
            return Error{
                ErrorCode::Unreachable,
                QStringLiteral("%1 refuses the connection: \"%2\". Try again later.").arg(where, shown)};
    }
    return Error{ErrorCode::Unreachable,
                 QStringLiteral("%1 is not an SSH server; it says \"%2\".").arg(where, shown)};
}

} // namespace

Result<void> awaitBanner(int fd, const QString &where, int timeoutMs, int wakeFd) {
    const QDeadlineTimer deadline(timeoutMs);
    const Error givenUp{ErrorCode::Cancelled, QStringLiteral("%1: connecting was cancelled").arg(where)};
    QByteArray text;
    for (;;) {
        const Wait wait = await(fd, POLLIN, static_cast<int>(deadline.remainingTime()), wakeFd);
        if (wait == Wait::Woken)
            return givenUp;
        bool closed = false;
        text = peek(fd, closed);
        if (namesItself(text))
            return {};
        if (closed || isSomethingElse(text))
            return noServer(text, where);
        if (deadline.hasExpired())
            break;
        // Bytes that are left in the socket are always ready: look again a little later.
        pollfd wake{wakeFd, POLLIN, 0};
        if (poll(&wake, 1, kLookMs) == 1)
            return givenUp;
    }
    if (!text.isEmpty())
        return noServer(text, where);
    return Error{ErrorCode::TimedOut, QStringLiteral("%1 accepted the connection and then said nothing "
                                                     "for %2 s. Is sshd there overloaded or stopped?")
                                          .arg(where)
                                          .arg(timeoutMs / 1000)};
}

Result<FileDescriptor> connectToSshServer(const QString &address, quint16 port, const SshSource &source,
                                          const ConnectDeadlines &deadlines, int wakeFd) {
    const QString where = QStringLiteral("%1 port %2").arg(address).arg(port);
    const auto targets = addressesOf(address, QByteArray::number(port), source.family);
    if (!targets)
        return targets.error();
    Error last{ErrorCode::Unreachable, QStringLiteral("%1 has no address").arg(address)};
    for (const addrinfo *target = targets->get(); target; target = target->ai_next) {
        auto fd = connectTo(*target, where, source, deadlines.tcpMs, wakeFd);
        if (!fd) {
            last = fd.error();
            if (last.code == ErrorCode::Cancelled)
                return last;
            continue;
        }
        TRY(awaitBanner(fd->get(), where, deadlines.bannerMs, wakeFd));
        return std::move(*fd);
    }
    return last;
}

} // namespace slipway
