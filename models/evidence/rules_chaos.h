// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/evidence/rules.h"
#include "models/evidence/rules_tally.h"

namespace slipway::rules {

/// A fault class by its cycles' own lines: all of them there, sound, not cut, and enough. A last one that was
/// cut off counts for nothing. `source`: the file of the lines.
void judgeFaultByCycles(const Report &report, const QString &fault, const CycleTally &tally,
                        const SourceRange &source, const Expectation &expectation, Checks &checks);

} // namespace slipway::rules
