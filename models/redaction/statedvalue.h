// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/redaction/secretname.h"
#include "models/redaction/valuereader.h"

#include <optional>

namespace slipway {

/// The value that a program's sentence states of a name: "the password is x", "password has been set to x",
/// "Enter passphrase for key: x", "A temporary password is generated for root@localhost: x", "use the
/// following password to proceed:" and x on a line of its own. Looks at 120 characters behind the name.
[[nodiscard]] std::optional<SecretValue> statedValue(const TextView &view, ValueReader &values,
                                                     const SecretName &name);

} // namespace slipway
