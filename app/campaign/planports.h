// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/campaign/campaignplan.h"

namespace slipway {

/// The TCP ports that the chosen phases serve on, by host: `port` on each peer in phase 2, three from
/// `chaos_port` on the chaos host in phase 4.
[[nodiscard]] QMap<QString, QList<int>> portsOf(const CampaignPlan &plan);

} // namespace slipway
