// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/campaign/campaign.h"
#include "models/core/result.h"

#include <QString>

namespace slipway {

struct ReleaseRequest {
    QString version;             ///< "v0.6.3", "v0.6.3.1-rc1"
    bool acceptUnproven = false; ///< a person said yes to an UNPROVEN PASS
    QString acceptedRef{};    ///< the campaign's ref, where a person said that it is this release's; of one
                              ///< without a ref, the ref that a person said it has
    QString acceptedServer{}; ///< the server's version, likewise
};

/// Whether a person may release this campaign so. InvalidInput for a version that is none; for a verdict that
/// is not PROVEN, or an UNPROVEN PASS without a yes; for a campaign of another ref or server, unless a person
/// named it; for one that asks for less than its protocol's claim.
Result<void> checkRelease(const CampaignRecord &record, const ReleaseRequest &request);

} // namespace slipway
