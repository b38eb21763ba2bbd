// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/campaign/campaign.h"
#include "models/evidence/checksfile.h"

namespace slipway {

[[nodiscard]] QList<PhaseSpan> spansOf(const QList<PhaseRun> &runs);
/// What a campaign without a plan.json was asked to show; nothing for a published one that does not say.
[[nodiscard]] std::optional<PublishedPlan> planOf(const CampaignRecord &record);

} // namespace slipway
