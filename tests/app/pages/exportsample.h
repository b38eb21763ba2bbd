// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/campaign/campaign.h"

namespace slipway::test {

/// Campaigns to export: one that was run here on a plan smaller than the field's, with times and cycles; a
/// published one as it was imported; and one whose every text is out for harm.
[[nodiscard]] CampaignRecord ownRecord();
[[nodiscard]] CampaignRecord importedRecord();
[[nodiscard]] CampaignRecord hostileRecord();
[[nodiscard]] Insight insight();

} // namespace slipway::test
