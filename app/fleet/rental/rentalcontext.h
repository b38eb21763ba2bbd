// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/fleet/dropletclient/dropletclient.h"
#include "app/fleet/rental/rentaljournal.h"

#include <functional>

namespace slipway {

/// How far something has come: a line for a person, and the step it belongs to.
struct RentalProgress {
    QString step; ///< preflight, tag, vpc, firewall, droplets, ready, prepare, destroy
    QString text;
};
using TellRental = std::function<void(const RentalProgress &)>;

} // namespace slipway
