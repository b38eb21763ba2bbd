// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/ssh/sshhandles.h"
#include "models/core/result.h"

#include <QString>

namespace slipway {

struct ConnectDeadlines {
    int tcpMs = 10'000;    ///< for each address
    int bannerMs = 15'000; ///< until the server has named itself
    int authMs = 30'000;
};

/// From where a connection is made (AddressFamily, BindAddress and BindInterface of ssh_config).
struct SshSource {
    int family = 0;    ///< AF_UNSPEC, AF_INET or AF_INET6
    QString address;   ///< a name or number of this machine; empty for any
    QString interface; ///< whose address is taken; empty for any
};

/// A connected socket to an SSH server: every address is tried in turn, the socket is non-blocking,
/// close-on-exec, and gives up on unacknowledged data after 15 s (TCP_USER_TIMEOUT). Returns early when
/// `wakeFd` becomes readable (Cancelled). A server that does not begin with "SSH-" is named for what it says.
Result<FileDescriptor> connectToSshServer(const QString &address, quint16 port, const SshSource &source,
                                          const ConnectDeadlines &deadlines, int wakeFd);

/// Waits until what is at the other end of a socket has named itself, and checks that it is an SSH server: a
/// few lines may come before (RFC 4253 §4.2). Nothing is taken from the socket.
Result<void> awaitBanner(int fd, const QString &where, int timeoutMs, int wakeFd);

} // namespace slipway
