// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/fleet/fleet.h"

#include <QProcess>
#include <QTemporaryDir>

#include <memory>

namespace slipway::test {

/// A real OpenSSH server on loopback: own host key, own client key, own home folder for its sessions. Runs as
/// the current user and ends with the object. Construction fails the test (qFatal) when sshd is not there.
/// `extraOptions` come first in its sshd_config, so that they are taken.
class TestSshd {
public:
    /// `extraOptions` of sshd_config come before our own: the first value counts.
    explicit TestSshd(const QStringList &extraOptions = {});
    ~TestSshd();
    TestSshd(const TestSshd &) = delete;
    TestSshd &operator=(const TestSshd &) = delete;
    TestSshd(TestSshd &&) = delete;
    TestSshd &operator=(TestSshd &&) = delete;

    [[nodiscard]] Host host() const; ///< node-t, with our key and its own pinned
    void reachBy(Host &host) const;  ///< gives a host that has a name already the same
    static QString user();           ///< whom its sessions run as
    [[nodiscard]] QString
    fleetFile(const QString &server) const; ///< written anew: node-a and chaos, both here

    [[nodiscard]] quint16 port() const { return m_port; }
    [[nodiscard]] QString identityFile() const { return path(QStringLiteral("client")); }
    [[nodiscard]] QString hostKeyLine() const; ///< "ssh-ed25519 AAAA…"
    [[nodiscard]] QString sshConfig() const {
        return path(QStringLiteral("ssh_config"));
    } ///< names path("known_hosts")
    [[nodiscard]] QString home() const { return path(QStringLiteral("home")); }
    [[nodiscard]] QString path(const QString &name) const { return m_dir.path() + QLatin1Char('/') + name; }
    [[nodiscard]] QByteArray log() const;

    /// The session processes of this server: children of the listener.
    [[nodiscard]] QList<qint64> sessions() const;
    void killSessions() const; ///< SIGKILL to each of them
    void stop();
    void start(); ///< again on the same port
    void makeKey(const QString &name) const;

private:
    void writeConfig(const QStringList &extraOptions) const;

    QTemporaryDir m_dir;
    quint16 m_port = 0;
    std::unique_ptr<QProcess> m_process;
};

} // namespace slipway::test
