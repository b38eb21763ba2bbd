// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cloud/provider.h"
#include "app/cloud/rental/rentaljournal.h"

#include <functional>

namespace slipway {

/// How far something has come: a line for a person, and the step it belongs to.
struct RentalProgress {
    QString step; ///< one of those below
    QString text;
};
inline const QStringList kCreateSteps{QStringLiteral("preflight"), QStringLiteral("tag"),
                                      QStringLiteral("vpc"),       QStringLiteral("firewall"),
                                      QStringLiteral("droplets"),  QStringLiteral("ready")};
inline const QStringList kPrepareSteps{QStringLiteral("ready"), QStringLiteral("prepare")};
inline const QStringList kDestroySteps{QStringLiteral("destroy droplets"), QStringLiteral("destroy firewall"),
                                       QStringLiteral("destroy vpc"), QStringLiteral("destroy tags")};

/// What an operation on provisioned fleets works with. `stop` ends its waits.
struct RentalAccess {
    Paths paths;
    std::shared_ptr<const Cloud> cloud;
    std::stop_token stop;
};

using ReportRental = std::function<void(const RentalProgress &)>;

} // namespace slipway
