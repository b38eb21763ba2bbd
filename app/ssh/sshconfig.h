// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/result.h"
#include "models/fleet/host.h"

#include <QByteArray>

namespace slipway {

/// Where a host is and how to log in there, once the person's ssh_config has filled in what the fleet leaves
/// open. What the fleet says wins. Options that weaken host keys (StrictHostKeyChecking, a UserKnownHostsFile
/// of /dev/null) are not taken.
struct SshTarget {
    Host host;                    ///< address, port and user are those to connect to
    QString knownAs;              ///< HostKeyAlias, or the address
    QStringList knownHostsFiles;  ///< those that may exist
    QStringList identityFiles;    ///< in the order they are tried
    QStringList certificateFiles; ///< beside those named like a key
    bool identitiesOnly = false;  ///< no key of the agent that was not named
    QString agent;                ///< its socket; "none", or empty for $SSH_AUTH_SOCK
    QStringList jumps;            ///< ProxyJump: "[user@]host[:port]", the first is reached first
};

/// Asks `ssh -G`, which knows Include and Match and runs what the person's file tells it to run. Blocks for
/// some milliseconds. Errors: InvalidInput with ssh's own words, Unsupported for a ProxyCommand.
Result<SshTarget> resolveTarget(const Host &host);

/// The pure half: `answer` is what `ssh -G` printed, `home` the person's home folder.
Result<SshTarget> readTarget(const Host &host, const QByteArray &answer, const QString &home);

} // namespace slipway
