// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QProcess>
#include <QString>

namespace slipway::test {

/// An ssh-agent of its own, which ends with the object.
class TestAgent {
public:
    /// Listens on that socket when it returns; ends the program when it cannot.
    explicit TestAgent(const QString &socket) {
        m_process.start(QStringLiteral("ssh-agent"), {QStringLiteral("-D"), QStringLiteral("-a"), socket});
        // It says where it listens once it does; the socket is there before.
        if (!m_process.waitForStarted() || !m_process.waitForReadyRead())
            qFatal("ssh-agent does not start");
    }
    ~TestAgent() {
        m_process.terminate();
        m_process.waitForFinished();
    }
    Q_DISABLE_COPY_MOVE(TestAgent)

private:
    QProcess m_process;
};

} // namespace slipway::test
