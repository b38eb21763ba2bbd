// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/ssh/sshblob.h"
#include "app/ssh/sshhandles.h"

#include <functional>

namespace slipway {

/// How long a message may take: until `ms` have passed (-1: for ever), or `givenUp` says so.
struct AgentTimeout {
    int ms = -1;
    std::function<bool()> givenUp;
};

/// A connection to ssh-agent. One thread at a time. Every answer has a deadline and a length limit, so that
/// an agent that hangs or asks somebody who is not there holds up nothing else.
class AgentClient {
public:
    /// Unreachable when nothing answers at `path`.
    static Result<AgentClient> connect(const QString &path);

    Result<QList<AgentKey>> keys(const AgentTimeout &timeout);
    /// The payload of the agent's answer, a signature or a failure.
    Result<QByteArray> ask(const QByteArray &payload, const AgentTimeout &timeout);

private:
    FileDescriptor m_socket;
};

/// One message of the agent protocol on a socket, with its length.
Result<QByteArray> receiveAgentMessage(int fd, const AgentTimeout &timeout);
Result<void> sendAgentMessage(int fd, const QByteArray &payload, const AgentTimeout &timeout);

} // namespace slipway
