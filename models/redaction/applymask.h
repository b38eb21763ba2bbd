// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/redaction/foundsecret.h"
#include "models/redaction/textview.h"

namespace slipway {

/// Writes asterisks, or what a finding says instead, over its bytes. Line ends stay; a number of JSON becomes
/// a string of the same length. The length of the text stays.
void applyMask(QByteArray &bytes, TextUnits units, const FoundSecrets &found);

} // namespace slipway
