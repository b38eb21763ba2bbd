// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/campaign/campaign.h"

namespace slipway {

/// Puts a run in the place of the one that has its stream's name, or behind all others.
void putRun(QList<PhaseRun> &runs, const PhaseRun &run);

} // namespace slipway
