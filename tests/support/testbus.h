// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QProcess>
#include <QString>

namespace slipway::test {

/// A session bus of its own, for this process and those that it starts: dbus-daemon, ended with the object.
class TestBus {
public:
    TestBus() = default;
    ~TestBus() { static_cast<void>(kill()); }
    Q_DISABLE_COPY_MOVE(TestBus)

    /// Starts it with its socket in `folder`, and says so in DBUS_SESSION_BUS_ADDRESS. False when it does not
    /// start; is it installed?
    [[nodiscard]] bool start(const QString &folder) {
        m_daemon.start(QStringLiteral("dbus-daemon"),
                       {QStringLiteral("--session"), QStringLiteral("--nofork"),
                        QStringLiteral("--print-address=1"),
                        QStringLiteral("--address=unix:path=%1/bus").arg(folder)});
        if (!m_daemon.waitForReadyRead(kTimeout))
            return false;
        return qputenv("DBUS_SESSION_BUS_ADDRESS", m_daemon.readAllStandardOutput().trimmed());
    }
    /// As a session that ends, or a daemon that crashes.
    [[nodiscard]] bool kill() {
        m_daemon.kill();
        return m_daemon.state() == QProcess::NotRunning || m_daemon.waitForFinished(kTimeout);
    }

private:
    static constexpr int kTimeout = 20'000; // ms
    QProcess m_daemon;
};

} // namespace slipway::test
