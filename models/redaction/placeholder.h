// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/redaction/valuereader.h"

#include <string_view>

namespace slipway {

/// The value names a secret that is elsewhere: ${NAME}, {{ name }}, $NAME, $(command), %(name)s, <your key>,
/// var.db_password, getenv("NAME"). Only what is complete, and holds names: a password may begin in the same
/// way. A value without quotes is looked at beyond its first blank, on its line and 256 characters at most.
[[nodiscard]] bool isPlaceholder(const TextView &view, const SecretValue &value);

/// A public key's kind, or a digest of the length that its kind has: sha256:…, md5:….
[[nodiscard]] bool isPublicValue(std::string_view text);

} // namespace slipway
