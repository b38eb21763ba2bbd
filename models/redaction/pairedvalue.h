// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/redaction/foundsecret.h"
#include "models/redaction/secretname.h"
#include "models/redaction/valuereader.h"

namespace slipway {

/// The value that belongs to a name and stands behind it in a member or element of its own: name:
/// DB_PASSWORD, value: x; ["password", "x"]; ('password', 'x'); a part of a form (RFC 7578). Nothing when
/// there is none.
[[nodiscard]] std::optional<SecretValue> pairedValue(const TextView &view, ValueReader &values,
                                                     const SecretName &name);

/// Values that stand before their names: {"value":"x","name":"DB_PASSWORD"}, value="x" key="Password", YAML.
void findValuesBeforeNames(const TextView &view, FoundSecrets &found);

} // namespace slipway
