// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/evidence/verdict.h"

namespace slipway {

/// What a phase came to, in a few words for its card: "3 / 3 nodes", "166 / 200", "640 of 640". A value that
/// was not measured is "?". Pure.
[[nodiscard]] QString phaseHeadline(int phase, const QList<Check> &checks);

} // namespace slipway
