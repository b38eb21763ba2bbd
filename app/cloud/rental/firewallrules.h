// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/fleet/rental.h"

#include <QJsonObject>

namespace slipway {

/// The body that makes a rental's firewall: SSH from where the person says, everything between the fleet's
/// own droplets (by tag, and by the VPC's range, since it is not documented whether tags cover private
/// addresses), everything outwards, ICMP too.
[[nodiscard]] QJsonObject firewallRules(const RentalSpec &spec);

} // namespace slipway
