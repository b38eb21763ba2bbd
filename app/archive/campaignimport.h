// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/campaign/campaign.h"
#include "models/core/result.h"

#include <optional>

namespace slipway {

class Archive;

enum class Imported { New, Changed, Unchanged, Own }; ///< Own: a campaign that was run here has this id

struct ImportOutcome {
    Imported what = Imported::Unchanged;
    std::optional<Verdict> before{}; ///< of the campaign, where it was here and was judged
};

/// Takes a published folder into the archive: its files, new ones and changed ones as revisions, those that
/// are gone as removed, and its judgement when anything changed. All or nothing. InvalidInput when it came
/// with another plan than the campaign of this name.
Result<ImportOutcome> importCampaign(Archive &archive, const CampaignRecord &record);

} // namespace slipway
