// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/campaign/campaign.h"
#include "models/series/seriesrun.h"

namespace slipway {

/// What an archived campaign is as a run of its series. Its verdict is the recomputed one. The duration of
/// one that was imported is from the first time that its reports tell to its end. Its cycles are pooled only
/// where they were observed: every check holds but those of the sample's size and of what converged. Pure.
[[nodiscard]] SeriesRun seriesRunOf(const CampaignRecord &record);

} // namespace slipway
