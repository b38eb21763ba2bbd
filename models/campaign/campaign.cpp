// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/campaign/campaign.h"

#include <algorithm>
#include <array>
#include <utility>

namespace slipway {

namespace {

const std::array<std::pair<RunState, QLatin1String>, 6> kStateNames{{
    {RunState::Waiting, QLatin1String("waiting")},
    {RunState::Running, QLatin1String("running")},
    {RunState::Passed, QLatin1String("passed")},
    {RunState::Failed, QLatin1String("failed")},
    {RunState::Stopped, QLatin1String("stopped")},
    {RunState::Lost, QLatin1String("lost")},
}};

} // namespace

QString runStateName(RunState state) {
    const auto it =
        std::find_if(kStateNames.begin(), kStateNames.end(), [&](const auto &e) { return e.first == state; });
    return it == kStateNames.end() ? QString() : QString(it->second);
}

std::optional<RunState> runStateFromName(const QString &name) {
    const auto it =
        std::find_if(kStateNames.begin(), kStateNames.end(), [&](const auto &e) { return e.second == name; });
    return it == kStateNames.end() ? std::nullopt : std::optional(it->first);
}

QString PhaseRun::streamName() const {
    return QStringLiteral("phase%1-%2-%3").arg(phase).arg(step, host);
}

} // namespace slipway
