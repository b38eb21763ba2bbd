// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/ssh/hostkeycheck.h"
#include "app/ssh/jumphost.h"
#include "app/ssh/keyring.h"
#include "app/ssh/loginprompt.h"
#include "app/ssh/tcpconnect.h"

#include <functional>
#include <memory>

namespace slipway {

/// What all connections of a process share.
struct SshOptions {
    QString pinFile; ///< our own pins; empty: nothing can be pinned
    std::shared_ptr<KeyRing> keys = std::make_shared<KeyRing>(); ///< those unlocked so far
    /// Who is asked; nobody unless set, and then unknown host keys are refused and locked keys not used.
    std::shared_ptr<LoginPrompt> prompt;
    ConnectDeadlines deadlines;
};

/// Who is asked while a connection is made; each call blocks until there is an answer. `givenUp` says that
/// nobody waits for the connection any more.
struct SshQuestions {
    std::function<bool(const HostKey &)> hostKey;
    KeyRing::Ask passphrase;
    std::function<bool()> givenUp;
};

/// An authenticated, non-blocking session, which owns the socket under it. The session goes first.
struct Connection {
    std::unique_ptr<JumpHost> jump;
    SessionHandle session;
};

/// Connects, directly or through jump hosts, checks the host key, authenticates, on the calling thread. No
/// credential is sent before the key is trusted. `socketReady` gets the socket, which belongs to
/// the session: whoever wants to shut it down from another thread duplicates it there and then.
Result<Connection> connectSsh(const SshTarget &target, const SshOptions &options, int wakeFd,
                              const SshQuestions &questions, const std::function<void(int)> &socketReady);

} // namespace slipway
