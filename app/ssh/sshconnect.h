// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/ssh/hostkeycheck.h"
#include "app/ssh/sshhandles.h"
#include "app/ssh/tcpconnect.h"

#include <functional>

namespace slipway {

/// Where a shell finds keys and known hosts.
struct SshOptions {
    QString pinFile;           ///< our own pins; empty: nothing can be pinned
    QString knownHostsFile;    ///< the person's; empty: ~/.ssh/known_hosts
    QStringList identityFiles; ///< tried when a host names none; empty: ~/.ssh/id_{ed25519,ecdsa,rsa}
    ConnectDeadlines deadlines;
};

/// An authenticated, non-blocking session and the socket under it, which libssh does not own. The session
/// goes first.
struct Connection {
    FileDescriptor socket;
    SessionHandle session;
};

/// Connects, checks the host key, authenticates, on the calling thread. No credential is sent before the key
/// is trusted. `askHostKey` blocks until a person answered; `socketReady` is told the socket so that another
/// thread can shut it down.
Result<Connection> connectSsh(const Host &host, const SshOptions &options, int wakeFd,
                              const std::function<bool(const HostKey &)> &askHostKey,
                              const std::function<void(int)> &socketReady);

} // namespace slipway
