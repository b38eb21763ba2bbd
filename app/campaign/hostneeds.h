// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/campaign/campaignplan.h"

namespace slipway {

/// What a campaign asks of one host beyond what every host must have. A plain value.
struct HostNeeds {
    QList<int> ports;        ///< must be free
    bool postgresql = false; ///< phase 3 makes a database there
    bool tar = false;        ///< what field scripts leave behind is fetched from there
    bool programs = false;   ///< runs our own phase programs, which call more than field scripts must have
    QStringList faults{};    ///< classes of phase 4 that are exercised there
};

/// By host; those that the plan's phases do not use need nothing.
[[nodiscard]] QMap<QString, HostNeeds> needsOf(const CampaignPlan &plan);
/// Of a campaign of all phases of the built-in protocol, with the fleet's own parameters.
[[nodiscard]] QMap<QString, HostNeeds> needsOf(const Fleet &fleet);

} // namespace slipway
