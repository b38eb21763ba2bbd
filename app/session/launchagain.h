// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/session/launchchoice.h"
#include "models/campaign/campaign.h"
#include "models/protocol/protocol.h"

namespace slipway {

/// What a person would choose to run a campaign again: its fleet, ref, phases and parameters, as far as
/// `protocol` knows them. Without its id, which belongs to it alone, and without what its fleet says of
/// places. Pure.
[[nodiscard]] LaunchChoice choiceLike(const CampaignRecord &record, const Protocol &protocol);

} // namespace slipway
