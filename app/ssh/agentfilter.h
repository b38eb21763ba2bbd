// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/ssh/agentclient.h"

#include <QString>

#include <mutex>
#include <thread>

namespace slipway {

/// Stands between libssh and ssh-agent and shows it one key at a time: libssh by itself offers all that an
/// agent has, in the agent's order, and waits for its answers without a limit. A thread of its own, which the
/// destructor joins.
class AgentFilter {
public:
    /// `socket` is the agent's, `timeout` how long a signature may take: a person may have to touch a key.
    AgentFilter(QString socket, AgentTimeout timeout);
    ~AgentFilter();
    AgentFilter(const AgentFilter &) = delete;
    AgentFilter &operator=(const AgentFilter &) = delete;
    AgentFilter(AgentFilter &&) = delete;
    AgentFilter &operator=(AgentFilter &&) = delete;

    /// libssh's end, given away once.
    [[nodiscard]] FileDescriptor takeSocket() { return std::move(m_theirs); }
    /// From now on the only key is `shown`; signatures are made with the agent's key `signer` (the plain key
    /// of a certificate that the agent does not hold).
    void show(const AgentKey &shown, const QByteArray &signer);
    /// Why the last signature was not made; empty when it was, or none was asked for.
    [[nodiscard]] QString complaint() const;

private:
    void run();
    QByteArray answerTo(const QByteArray &payload);
    QByteArray sign(SignRequest request);

    QString m_agent;
    AgentTimeout m_timeout;
    FileDescriptor m_ours;
    FileDescriptor m_theirs;
    mutable std::mutex m_mutex; ///< guards the rest
    AgentKey m_shown;
    QByteArray m_signer;
    QString m_complaint;
    std::thread m_thread;
};

} // namespace slipway
