// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/launchagain.h"

#include <algorithm>

namespace slipway {

LaunchChoice choiceLike(const CampaignRecord &record, const Protocol &protocol) {
    LaunchChoice choice;
    choice.fleet = record.summary.fleet;
    choice.ref = record.summary.ref;
    for (const PhaseRun &run : record.phaseRuns) {
        if (protocol.phase(run.phase) && !choice.phases.contains(run.phase))
            choice.phases << run.phase;
    }
    std::sort(choice.phases.begin(), choice.phases.end());
    for (const Parameter &parameter : protocol.parameters) {
        const auto value = record.parameters.constFind(parameter.name);
        if (!parameter.isPlace && value != record.parameters.constEnd() && *value != parameter.defaultValue)
            choice.settings.insert(parameter.name, *value);
    }
    return choice;
}

} // namespace slipway
