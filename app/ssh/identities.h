// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/ssh/agentclient.h"
#include "app/ssh/sshconfig.h"

#include <memory>

namespace slipway {

/// One way to prove who one is: a key or a certificate, and where its private key is.
struct Identity {
    QString name;         ///< for people: a file, or what the agent calls it
    QByteArray shown;     ///< the public key or certificate; empty when only the private file has it
    QByteArray agentKey;  ///< with which the agent signs; empty when the agent does not have it
    QString keyFile;      ///< the private key; empty when only the agent has it
    QString certificate;  ///< the file of the certificate that is shown; empty for none
    bool isNamed = false; ///< the fleet or ssh_config names it
};

/// The one list of identities, in ssh's order (sshconnect2.c, pubkey_prepare): certificates of ssh_config,
/// then the agent's keys that ssh_config names, then the agent's others unless IdentitiesOnly, then the files
/// that are left. Reads public keys and certificates from files; no private key.
[[nodiscard]] QList<Identity> identitiesOf(const SshTarget &target, const QList<AgentKey> &agentKeys);

} // namespace slipway
