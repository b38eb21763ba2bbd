// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/campaign/campaignplan.h"
#include "app/campaign/hostpreparation.h"

namespace slipway {

/// What a launch needs.
struct LaunchRequest {
    Fleet fleet;
    Protocol protocol;
    QString id;
    QString ref;
    QList<int> phases;                 ///< empty: all
    QMap<QString, QString> parameters; ///< resolved
    FieldScripts field{};              ///< with kFieldProtocol only
    bool keepFleet = false;            ///< a rented fleet is not destroyed at the end
    HostPreparation::Options hosts{};  ///< how they are made ready
};

/// The plan that a launch asks for, without what is made up for one launch: run token, key, folder. No phases
/// are all of the protocol's.
[[nodiscard]] CampaignPlan planOf(const LaunchRequest &request);

} // namespace slipway
