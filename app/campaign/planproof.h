// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/campaign/campaignplan.h"
#include "models/evidence/planbound.h"

namespace slipway {

/// What a plan can prove on its fleet, shown before it runs: planBound() of its effective parameters, and
/// what its phases, its programs and the roles of its hosts rule out. Pure.
[[nodiscard]] PlanBound whatPlanProves(const CampaignPlan &plan);

/// How long its phases usually take, and how long they would with enough cycles for the claim.
/// "About 4 min; with 684 cycles about 42 min."
[[nodiscard]] QString planDurationText(const CampaignPlan &plan, const PlanBound &bound);

/// Seconds that the phases of a plan usually take, all together.
[[nodiscard]] qint64 defaultSeconds(const CampaignPlan &plan);

} // namespace slipway
