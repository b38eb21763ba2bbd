// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/redaction/foundsecret.h"
#include "models/redaction/textview.h"

namespace slipway {

/// Secrets whose shape has no prefix of its own: tokens of Telegram and Discord, the secret key next to an id
/// of AWS, lines of PostgreSQL's password file (host:port:database:user:password).
void findPrefixlessSecrets(const TextView &view, FoundSecrets &found);

} // namespace slipway
