// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/campaign/campaign.h"

namespace slipway {

/// A judged campaign as Markdown for the summary of a CI step: verdict, claim, why, the check that decided
/// with its bytes, each phase, and each fault class's cycles as a strip of one character a cycle. Text from
/// outside stands in code spans and fences alone; secrets are not masked here. At most 600 cycles of a class,
/// and 20 classes.
[[nodiscard]] QString stepSummary(const CampaignRecord &record);

} // namespace slipway
