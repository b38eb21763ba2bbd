// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace slipway {

/// "SHA256:…" of a public key line ("ssh-ed25519 AAAA… comment"), as `ssh-keygen -l` prints it; empty when it
/// is not such a line.
[[nodiscard]] QString hostKeyFingerprint(const QString &line);

} // namespace slipway
