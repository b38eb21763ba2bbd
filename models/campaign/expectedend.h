// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/campaign/campaign.h"
#include "models/protocol/protocol.h"

namespace slipway {

inline constexpr int kChaosPhase = 4; ///< the phase that has cycles

/// Of all fault classes; 0 when the parameters do not say.
[[nodiscard]] int plannedCycles(const CampaignRecord &record);

/// How long a phase usually takes: what its protocol says for default parameters, and of the phase that has
/// cycles so much more as there are more of them.
[[nodiscard]] qint64 defaultSeconds(const Protocol &protocol, const Phase &phase,
                                    const QMap<QString, QString> &parameters);

/// What a running campaign does now, in a line; empty when no phase runs.
[[nodiscard]] QString progressText(const CampaignRecord &record, const Protocol &protocol);

/// Milliseconds until a running campaign is expected to end: of the phase that runs what its pace says where
/// it is countable, else its usual time; of those to come their usual time. Nothing when no phase runs, or
/// when a phase has taken longer than it should and nothing can be said.
[[nodiscard]] std::optional<qint64> remainingMs(const CampaignRecord &record, const Protocol &protocol,
                                                const QDateTime &now);

/// "4:10", "1:02:03"
[[nodiscard]] QString clockText(qint64 milliseconds);

} // namespace slipway
