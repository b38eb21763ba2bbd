// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/redaction/foundsecret.h"
#include "models/redaction/textview.h"

namespace slipway {

/// Bodies of private keys: PEM (RFC 7468), OpenSSH, PGP, SSH2 (RFC 4716), PuTTY; also when the beginning or
/// the end of one was cut off.
void findKeyBlocks(const TextView &view, FoundSecrets &found);

} // namespace slipway
