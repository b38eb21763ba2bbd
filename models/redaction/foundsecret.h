// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

#include <vector>

namespace slipway {

/// A secret in a view: bytes from ≤ i < to of it.
struct FoundSecret {
    qsizetype from = 0;
    qsizetype to = 0;
    const char *kind = "";       ///< text of static duration
    QByteArray replacement = {}; ///< what stands there instead; asterisks when empty
    bool isNamed = false;        ///< only the name before it says that it is secret, not its shape
    bool isNumber = false;       ///< a number of JSON, which asterisks would break
};

using FoundSecrets = std::vector<FoundSecret>;

} // namespace slipway
