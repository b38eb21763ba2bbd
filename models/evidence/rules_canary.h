// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/evidence/rules.h"

namespace slipway::rules {

/// The check "phase4.canary": writes that were lost on purpose were seen to be lost. Asked where the plan has
/// canaries. `anyCycles`: cycles of fault classes ran, before which the canaries run.
void judgeCanary(const Report &report, const Expectation &expectation, bool anyCycles, Checks &checks);

} // namespace slipway::rules
