// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/mailbox.h"
#include "app/ssh/flowbudget.h"
#include "app/ssh/sshcommands.h"
#include "app/ssh/sshconnect.h"
#include "app/ssh/wakesignal.h"

#include <atomic>
#include <deque>
#include <memory>
#include <mutex>
#include <thread>

namespace slipway {

/// What the connection's thread reports to its owner; called on the owner's thread.
struct SshEvents {
    std::function<void()> opened;
    std::function<void(const Error &, bool wasOpen)> ended; ///< the last call
    std::function<void(quint64 id)> started;
    std::function<void(quint64 id, const QByteArray &out, const QByteArray &err)> output;
    std::function<void(quint64 id, const CommandResult &)> finished;
};

/// One connection, from connecting to its end, on a thread of its own, which alone touches the ssh_session.
/// An open connection holds one descriptor, its socket. Made and destroyed on the owner's thread; the
/// destructor ends its waits and joins.
class SshThread {
public:
    SshThread(Host host, SshOptions options, SshEvents events);
    ~SshThread();
    SshThread(const SshThread &) = delete;
    SshThread &operator=(const SshThread &) = delete;
    SshThread(SshThread &&) = delete;
    SshThread &operator=(SshThread &&) = delete;

    void start(quint64 id, const QByteArray &commandLine, int timeoutMs,
               const std::shared_ptr<FlowBudget> &budget);
    void write(quint64 id, const QByteArray &bytes);
    void closeInput(quint64 id);
    void abandon(quint64 id);
    void wake(); ///< the owner took bytes: reading may go on

private:
    void post(std::function<void(SshCommands &)> request);
    void run();
    Error lead(const Connection &connection); ///< while it is open; why it ended
    void takeRequests(SshCommands &commands);
    [[nodiscard]] SshCommands commandsOn(ssh_session session);
    Result<Connection> connect();
    std::optional<QByteArray> ask(const std::shared_ptr<LoginQuestion> &question); ///< nothing: refused

    Host m_host;
    SshOptions m_options;
    SshEvents m_events;
    Mailbox m_mailbox; ///< on the owner's thread
    std::atomic<bool> m_stop{false};
    WakeSignal m_signal; ///< once m_isOpen

    std::mutex m_mutex;                        ///< guards the rest
    std::shared_ptr<LoginQuestion> m_question; ///< while a person is asked; withdrawn by the destructor
    std::deque<std::function<void(SshCommands &)>> m_requests;
    FileDescriptor m_wake;   ///< while connecting: ends its waits
    FileDescriptor m_socket; ///< while connecting: our own handle to the session's socket, to shut it down
    bool m_isOpen = false;

    std::thread m_thread;
};

} // namespace slipway
