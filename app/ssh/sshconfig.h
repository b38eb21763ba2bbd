// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/ssh/hostkeycheck.h"
#include "app/ssh/tcpconnect.h"
#include "models/core/result.h"
#include "models/fleet/host.h"

#include <QByteArray>

namespace slipway {

/// The algorithms that ssh_config allows, comma-separated, as ssh would send them.
struct SshAlgorithms {
    QString hostKeys;
    QString ciphers;
    QString keyExchange;
    QString macs;
    QString publicKeys;
    int rsaBits = 0; ///< RequiredRSASize
};

/// Where a host is and how to log in there, once the person's ssh_config has filled in what the fleet leaves
/// open. What the fleet says wins. Options that weaken host keys (StrictHostKeyChecking no, VerifyHostKeyDNS,
/// NoHostAuthenticationForLocalhost) are not taken.
struct SshTarget {
    Host host;               ///< address, port and user are those to connect to
    QStringList destination; ///< the words that name it to ssh, the last of its options before them
    HostTrust trust;
    SshAlgorithms algorithms;
    SshSource source;
    int connectSeconds = 0;       ///< ConnectTimeout; 0 where it is silent
    QStringList identityFiles;    ///< in the order of ssh_config
    QStringList certificateFiles; ///< CertificateFile; with one, none is guessed from a key's name
    bool identitiesOnly = false;  ///< no key of the agent that was not named
    QString agent;                ///< its socket; empty for none
    QString notUsed;              ///< options that could have let one in and that Slipway does not follow
    QStringList jumps;            ///< ProxyJump: "[user@]host[:port]", the first is reached first
    QString proxyCommand;         ///< ProxyCommand, expanded; run by a shell, as ssh runs it
};

/// Asks `ssh -G`, which knows Include and Match and runs what the person's file asks it to run. Blocks for
/// some milliseconds. Errors: InvalidInput with ssh's own words, Unsupported for an option by its name that
/// changes where a connection leads or whom it trusts, and that cannot be followed.
Result<SshTarget> resolveTarget(const Host &host);

/// The half that reads: `answer` is what `ssh -G` printed. Paths are as in the file, tokens and all.
Result<SshTarget> readTarget(const Host &host, const QByteArray &answer);

} // namespace slipway
