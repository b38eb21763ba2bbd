// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sandbox/sandboxnetwork.h"

#include "app/core/program.h"

#include <QDeadlineTimer>
#include <QFile>
#include <QHostAddress>
#include <QNetworkInterface>
#include <QNetworkProxy>
#include <QTcpServer>
#include <QTcpSocket>
#include <QThread>
#include <QtEndian>

#include <fcntl.h>
#include <net/if.h>
#include <sys/file.h>
#include <unistd.h>

namespace slipway {

namespace {

constexpr int kLockTimeoutMs = 60000;
constexpr int kLinkTimeoutMs = 10000;
constexpr int kProgramTimeoutMs = 10000;
constexpr quint32 kFirstSubnet = 0x0AFA0000; // 10.250.0.0
constexpr quint32 kSubnetMask = 0xFFFFFF00;
constexpr int kSubnets = 256;

bool touchesSubnet(const QByteArray &routeTable, int subnet) {
    const quint32 network = kFirstSubnet | (static_cast<quint32>(subnet) << 8);
    const QList<QByteArray> lines = routeTable.split('\n');
    for (const QByteArray &line : lines.mid(1)) {
        const QList<QByteArray> fields = line.simplified().split(' ');
        if (fields.size() < 8)
            continue;
        // The kernel prints both as numbers whose bytes in memory are in network order.
        const quint32 destination = qFromBigEndian(fields.at(1).toUInt(nullptr, 16));
        const quint32 mask = qFromBigEndian(fields.at(7).toUInt(nullptr, 16));
        if (mask != 0 && ((destination ^ network) & mask & kSubnetMask) == 0)
            return true;
    }
    return false;
}

} // namespace

Result<KernelLock> KernelLock::take(const QString &path) {
    const int fd = ::open(QFile::encodeName(path).constData(), O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return Error{ErrorCode::Io, QStringLiteral("%1 cannot be opened.").arg(path)};
    KernelLock lock(fd);
    const QDeadlineTimer deadline(kLockTimeoutMs);
    while (::flock(fd, LOCK_EX | LOCK_NB) != 0) {
        if (deadline.hasExpired()) {
            return Error{ErrorCode::TimedOut,
                         QStringLiteral("Another sandbox command has held %1 for a minute.").arg(path)};
        }
        QThread::msleep(20);
    }
    return lock;
}

KernelLock::KernelLock(KernelLock &&other) noexcept : m_fd(other.m_fd) {
    other.m_fd = -1;
}

KernelLock::~KernelLock() {
    if (m_fd >= 0)
        ::close(m_fd);
}

QString networkLockPath() {
    return QStringLiteral("/proc/self/ns/net");
}

Result<int> freeSubnet(const QByteArray &routeTable, int preferred) {
    for (int step = 0; step < kSubnets; ++step) {
        const int subnet = (preferred + step) % kSubnets;
        if (!touchesSubnet(routeTable, subnet))
            return subnet;
    }
    return Error{
        ErrorCode::Unsupported,
        QStringLiteral("This machine has routes to all of 10.250.0.0/16, so the sandbox finds no room.")};
}

QByteArray routeTable() {
    QFile file(QStringLiteral("/proc/net/route"));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

bool linkHasAddress(const QString &link, const QString &address) {
    const QNetworkInterface interface = QNetworkInterface::interfaceFromName(link);
    if (!interface.isValid() || !interface.flags().testFlag(QNetworkInterface::IsUp))
        return false;
    for (const QNetworkAddressEntry &entry : interface.addressEntries()) {
        if (entry.ip() == QHostAddress(address))
            return true;
    }
    return false;
}

Result<void> removeLink(const QString &link) {
    const QByteArray name = link.toLatin1();
    const QDeadlineTimer deadline(kLinkTimeoutMs);
    while (::if_nametoindex(name.constData()) != 0) {
        // The kernel may be taking it away at this moment, so a refusal is not the last word.
        const auto deleted = programOutput({QStringLiteral("ip"),
                                            {QStringLiteral("link"), QStringLiteral("delete"), link},
                                            kProgramTimeoutMs});
        if (!deleted && deadline.hasExpired())
            return deleted.error();
    }
    return {};
}

bool greets(const QString &address, quint16 port, int timeoutMs) {
    const QDeadlineTimer deadline(timeoutMs);
    QTcpSocket socket;
    socket.setProxy(QNetworkProxy::NoProxy);
    socket.connectToHost(address, port);
    if (!socket.waitForConnected(static_cast<int>(deadline.remainingTime())))
        return false;
    while (!socket.canReadLine()) {
        if (!socket.waitForReadyRead(static_cast<int>(deadline.remainingTime())))
            return false;
    }
    return socket.readLine().startsWith("SSH-2.0");
}

bool canListen(const QString &address, quint16 port) {
    QTcpServer server;
    server.setProxy(QNetworkProxy::NoProxy);
    return server.listen(QHostAddress(address), port);
}

} // namespace slipway
