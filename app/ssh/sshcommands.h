// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/ssh/flowbudget.h"
#include "app/ssh/sshchannel.h"

#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <utility>

namespace slipway {

/// The commands of one open connection: those that run, each with a channel, and those that wait for one. On
/// the connection's thread; destroyed before the session.
class SshCommands {
public:
    /// What becomes of each; called on this thread.
    struct Events {
        std::function<void(quint64 id)> started;
        std::function<void(quint64 id, QByteArray out, QByteArray err)> output;
        std::function<void(quint64 id, const CommandResult &)> finished;
    };
    SshCommands(ssh_session session, QString host, Events events)
        : m_session(session), m_host(std::move(host)), m_events(std::move(events)) {}

    void start(quint64 id, const QByteArray &commandLine, int timeoutMs, std::shared_ptr<FlowBudget> budget);
    void write(quint64 id, const QByteArray &bytes);
    void closeInput(quint64 id);
    void abandon(quint64 id);

    /// Gives free channels to those that wait, and moves each that runs as far as it goes now; false when
    /// nothing moved.
    bool step();
    /// The connection has ended, for this reason, and all of them with it.
    void endAll(const Error &why);

private:
    struct Waiting {
        quint64 id;
        QByteArray commandLine;
        int timeoutMs;
        std::shared_ptr<FlowBudget> budget;
        QByteArray input;
        bool inputEnds;
    };
    [[nodiscard]] Waiting *findWaiting(quint64 id);
    void admitWaiting();
    bool stepOne(quint64 id, SshChannel &channel, bool &ended);

    ssh_session m_session;
    QString m_host;
    Events m_events;
    std::map<quint64, std::unique_ptr<SshChannel>> m_running;
    std::deque<Waiting> m_waiting;
};

} // namespace slipway
