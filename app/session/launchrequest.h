// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/campaign/campaignplan.h"
#include "app/session/launchchoice.h"

namespace slipway {

/// What a launch needs: a choice, and what its names stand for.
struct LaunchRequest {
    LaunchChoice choice;
    Protocol protocol;
    FieldScripts field; ///< with kFieldProtocol only
    Fleet fleet;
    QMap<QString, QString> parameters; ///< resolved
};

/// What is run of a choice.
struct LaunchPrograms {
    Protocol protocol;
    FieldScripts field; ///< with kFieldProtocol only
};

/// Reads the protocol and the scripts that a choice names, and checks its settings against them. Reads files.
Result<LaunchPrograms> readPrograms(const LaunchChoice &choice);

/// Resolves the parameters: the protocol's defaults, the fleet's, the settings.
Result<LaunchRequest> launchRequest(const LaunchChoice &choice, const LaunchPrograms &programs,
                                    const Fleet &fleet);

/// The plan that a launch asks for, without what is made up for one launch: run token, key, folder. No phases
/// are all of the protocol's.
[[nodiscard]] CampaignPlan planOf(const LaunchRequest &request);

} // namespace slipway
