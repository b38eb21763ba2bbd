// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/redaction/secretname.h"
#include "models/redaction/valuereader.h"

#include <vector>

namespace slipway {

/// The values of a list behind a name, which begins at `at` with its bracket: ["x", "y"], [x, y], and of a
/// shell ("x" "y"). 1,000 at most.
[[nodiscard]] std::vector<SecretValue> elementsAt(const TextView &view, ValueReader &values,
                                                  const SecretName &name, qsizetype at);
/// Of an object behind a name, {"value": "x"}, and behind a plural also {"ci": "x"}, {root: x}: what may be
/// the name's value, whatever members stand before it. 1,000 members at most.
[[nodiscard]] std::vector<SecretValue> membersAt(const TextView &view, ValueReader &values,
                                                 const SecretName &name, qsizetype at);

} // namespace slipway
