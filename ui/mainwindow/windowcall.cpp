// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/mainwindow/windowcall.h"

#include "app/session/campaignlink.h"

#include <QCryptographicHash>
#include <QDir>
#include <QLocalSocket>
#include <QStandardPaths>
#include <QTimer>

namespace slipway {

namespace {

constexpr int kTimeoutMs = 2000;
constexpr qint64 kMaxLink = 200;
const QByteArray kShown("shown\n");

// Empty where there is no runtime directory. A socket's path is short, and a data directory may be long.
QString socketOf(const QString &dataDir) {
    const QString runtime = QStandardPaths::writableLocation(QStandardPaths::RuntimeLocation);
    const QString canonical = QDir(dataDir).canonicalPath();
    if (runtime.isEmpty() || canonical.isEmpty())
        return {};
    const QByteArray hash = QCryptographicHash::hash(canonical.toUtf8(), QCryptographicHash::Sha256).toHex();
    return runtime + QStringLiteral("/slipway-") + QString::fromLatin1(hash.left(32));
}

} // namespace

WindowCall::WindowCall(QObject *parent) : QObject(parent) {
    m_server.setSocketOptions(QLocalServer::UserAccessOption);
    connect(&m_server, &QLocalServer::newConnection, this, [this] {
        while (QLocalSocket *caller = m_server.nextPendingConnection()) {
            caller->setReadBufferSize(kMaxLink);
            connect(caller, &QLocalSocket::readyRead, this, [this, caller] { take(*caller); });
            connect(caller, &QLocalSocket::disconnected, caller, &QObject::deleteLater);
            QTimer::singleShot(kTimeoutMs, caller, &QLocalSocket::abort);
        }
    });
}

bool WindowCall::reach(const QString &dataDir, const QString &campaign) {
    const QString name = socketOf(dataDir);
    if (name.isEmpty())
        return false;
    QLocalSocket socket;
    socket.connectToServer(name);
    if (!socket.waitForConnected(kTimeoutMs))
        return false;
    socket.write("slipway://campaign/" + campaign.toUtf8() + '\n');
    return socket.waitForBytesWritten(kTimeoutMs) && socket.waitForReadyRead(kTimeoutMs) &&
           socket.readAll() == kShown;
}

bool WindowCall::listen(const QString &dataDir) {
    const QString name = socketOf(dataDir);
    if (name.isEmpty())
        return false;
    if (m_server.listen(name))
        return true;
    // Left behind by a window that was killed, unless somebody answers there.
    QLocalSocket other;
    other.connectToServer(name);
    if (other.waitForConnected(kTimeoutMs))
        return false;
    return QLocalServer::removeServer(name) && m_server.listen(name);
}

void WindowCall::take(QLocalSocket &caller) {
    if (!caller.canReadLine()) {
        if (caller.bytesAvailable() >= kMaxLink)
            caller.abort();
        return;
    }
    const auto campaign = linkedCampaign(QString::fromUtf8(caller.readLine()).trimmed());
    if (campaign) {
        Q_EMIT called(*campaign);
        caller.write(kShown);
    }
    caller.disconnectFromServer();
}

} // namespace slipway
