// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/protocol/protocol.h"

namespace slipway {

/// A parameter in the words of its description: "Phase 4: cycles of each fault class; …" is of "Phase 4" and
/// called "Cycles of each fault class". Without a description it is called by its name.
struct ParameterText {
    QString phases; ///< empty: the description names none
    QString label;

    friend bool operator==(const ParameterText &, const ParameterText &) = default;
};

[[nodiscard]] ParameterText parameterText(const Parameter &parameter);

/// "1 to 64 agents"; empty for a text, which has no limits.
[[nodiscard]] QString limitsText(const Parameter &parameter);

} // namespace slipway
