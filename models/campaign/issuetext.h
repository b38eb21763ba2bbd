// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/campaign/campaignentry.h"

namespace slipway {

/// A text for an issue about a campaign that needs a look, in Markdown: verdict, why, the checks that do not
/// hold, each with file, bytes and the file's SHA-256, and since when. What comes from outside stands in code
/// spans and fences, so that none of it is markup or calls anybody's name. At most 20 checks.
[[nodiscard]] QString issueText(const CampaignRecord &record, const CampaignEntry &entry);

} // namespace slipway
