// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cloud/provider.h"
#include "models/fleet/rental.h"

namespace slipway {

struct PreflightCheck {
    QString name;
    bool ok = false;
    QString text; ///< what was found; where not ok, what to do
};

struct Preflight {
    QList<PreflightCheck> checks;
    RentalSpec spec; ///< with the key's fingerprint and a free range filled in
    Money perHour;
    Money expected; ///< for spec.hours

    [[nodiscard]] bool ok() const;
};

/// Whether a fleet can be rented, before anything is: scopes family by family (there is no call that lists
/// them, so each is read once), the droplet limit, the key, region, sizes and image, names that nobody uses,
/// a range that overlaps with no VPC of the account, the price. Changes nothing. An error only when the API
/// is not to be had.
Result<Preflight> preflight(CloudProvider &client, const RentalSpec &spec);

} // namespace slipway
