// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/redaction/foundsecret.h"
#include "models/redaction/textview.h"

namespace slipway {

/// Private keys: what stands between the marks of a PEM or OpenPGP block, of one whose beginning or end is
/// cut off, of PuTTY's files, and bodies without marks by how their DER or OpenSSH encoding begins. Their
/// lines may stand in a log, a list or objects; then the lines of base64 are taken and what stands around
/// them stays. A block is looked at for 64 KiB. `open`: where one begins whose end may be behind the view.
void findKeyBlocks(const TextView &view, FoundSecrets &found, qsizetype &open);

} // namespace slipway
