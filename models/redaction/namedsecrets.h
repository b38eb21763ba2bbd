// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/redaction/foundsecret.h"
#include "models/redaction/textview.h"

namespace slipway {

/// Values that a name before them calls secret: password=x, "token": "x", --api-key x, ?access_token=x,
/// Authorization: Bearer x, <password>x</password>, name: DB_PASSWORD value: x, machine h login u password x.
/// Not the words of a sentence, a type, a placeholder, a path, a public key or a mask.
void findNamedSecrets(const TextView &view, FoundSecrets &found);

} // namespace slipway
