// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/result.h"

namespace slipway {

class CampaignQueries;

/// Has the desktop's file manager show the folder of a campaign's logs. NotFound when this machine has none;
/// without an id there is no campaign, and nothing is done.
Result<void> openCampaignFolder(const CampaignQueries &queries, const QString &id);

} // namespace slipway
