// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/observation/observation.h"

// Whether a fault took effect and was over again, by what the host measured of it. Pure.
namespace slipway {

/// A "fault_effect" says that the fault took effect, and the numbers with it say the same: packets that were
/// dropped, the clock that the server itself reports, the state of its process. False for a class that is not
/// exercised.
[[nodiscard]] bool showsEffect(const QString &fault, const Observation &effect);

/// What contradicts a "fault_effect" that says it took effect; empty when nothing does, and for classes that
/// this version does not exercise.
[[nodiscard]] QString effectProblem(const QString &fault, const Observation &effect);

} // namespace slipway
