// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/campaign/campaignplan.h"

namespace slipway {

/// What a campaign was launched with, kept next to its spools (0600) so that another process can resume it
/// when the first one died. Written whole or not at all. Holds no secret: a fleet names key files, never
/// keys.
Result<void> savePlan(const CampaignPlan &plan);

/// The plan of the campaign whose spools are in `spoolDir`; NotFound when there is none. The file may have
/// been changed by others, so all of it is checked again.
Result<CampaignPlan> loadPlan(const QString &spoolDir);

[[nodiscard]] bool hasPlan(const QString &spoolDir);

} // namespace slipway
