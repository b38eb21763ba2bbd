// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/result.h"

namespace slipway {

/// Makes an Ed25519 key without a passphrase by ssh-keygen: `path`, and `path`.pub. Neither may be there yet,
/// the folder must be. Blocks for 10 s at most.
Result<void> makeSshKey(const QString &path, const QString &comment);

} // namespace slipway
