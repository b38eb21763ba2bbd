// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/ssh/remoteshell.h"
#include "app/ssh/sshconnect.h"

#include <map>
#include <memory>
#include <vector>

namespace slipway {

class SshThread;
class SshCommand;

/// RemoteShell by libssh. The session lives on a thread of its own; this object and its commands on their
/// creator's.
class SshShell final : public RemoteShell {
    Q_OBJECT
public:
    SshShell(Host host, SshOptions options, QObject *parent = nullptr);
    ~SshShell() override; ///< closes the connection and joins its thread

    [[nodiscard]] const Host &host() const override { return m_host; }
    [[nodiscard]] State state() const override { return m_state; }
    [[nodiscard]] Error error() const override { return m_error; }
    void open() override;
    void close() override;
    [[nodiscard]] RemoteCommand *start(const QByteArray &commandLine, int timeoutMs) override;

private:
    friend class SshCommand;
    void end(State state, const Error &error);
    void setState(State state);

    Host m_host;
    SshOptions m_options;
    State m_state = State::Closed;
    Error m_error;
    quint64 m_lastId = 0;
    std::map<quint64, SshCommand *> m_commands;
    int m_generation = 0; ///< events of a connection that was given up are not for the next one
    std::unique_ptr<SshThread> m_thread;
};

} // namespace slipway
