// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/cycles/cycleline.h"
#include "models/evidence/rules.h"

namespace slipway::rules {

/// A fault class by its cycles' own lines: all of them there, sound, not cut, and enough. A last one that was
/// cut off counts for nothing.
void judgeFaultByCycles(const Report &report, CycleFile file, const Expectation &expectation, Checks &checks);

} // namespace slipway::rules
