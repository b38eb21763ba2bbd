// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace slipway {

/// A host's public key, as a person can compare it.
struct HostKey {
    QString type;        ///< "ssh-ed25519"
    QString fingerprint; ///< "SHA256:…"
    QString line;        ///< "ssh-ed25519 AAAA…"
};

} // namespace slipway
