// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/evidence/rules.h"
#include "models/evidence/streamfacts.h"
#include "models/protocol/protocol.h"

namespace slipway::rules {

/// What must hold between a recorded plan, the protocol that it names and the times of its streams: it starts
/// all that the protocol asks for, by the programs that this version sends, and was recorded before.
/// `protocol`: null where this version does not know it, which judges neither runs nor programs.
void judgePlan(const RecordedPlan &plan, const Protocol *protocol, const QList<StreamFacts> &streams,
               QList<Check> &checks);

} // namespace slipway::rules
