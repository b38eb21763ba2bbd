// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/evidence/rules.h"
#include "models/evidence/streamfacts.h"

namespace slipway::rules {

/// The streams of observations against the plan, and against one another: one server on all hosts, observed
/// by another user, with clocks that run forward.
void judgeStreams(const QList<StreamFacts> &streams, QList<Check> &checks);

} // namespace slipway::rules
