// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/result.h"

#include <functional>

namespace slipway {

class CampaignQueries;
class Rentals;

/// At the start of a process: destroys fleets that are not kept and that a process left behind when it died.
/// `failed` is called with why some are still there.
void destroyOverdueFleets(const CampaignQueries &queries, Rentals &rentals,
                          std::function<void(const Error &)> failed);

} // namespace slipway
