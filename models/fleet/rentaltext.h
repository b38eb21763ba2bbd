// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/fleet/rental.h"

namespace slipway {

/// Words about rented fleets that every face says alike.

/// "3 d 4 h", "12 min"; "not known" when `now`, which is by the API's clock, is not valid.
[[nodiscard]] QString ageText(const QDateTime &since, const QDateTime &now);
[[nodiscard]] QString costText(const std::optional<Money> &cost); ///< "$1.20", "not known"
/// `held`: some process is at work on it; "creating, cut off" when nobody is.
[[nodiscard]] QString rentalStateText(Rental::State state, bool held);
/// Of one droplet: requested, unknown (asked for and never answered), made, active, gone.
[[nodiscard]] QString memberStateName(const Rental::Member &member);

} // namespace slipway
