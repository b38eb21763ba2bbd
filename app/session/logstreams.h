// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/paths.h"
#include "models/campaign/campaign.h"
#include "models/log/logsource.h"

#include <memory>

namespace slipway {

/// One stream of a campaign that can be shown: a step's stderr log on a host, live or archived.
struct LogStream {
    PhaseRun run;
    std::shared_ptr<const LogSource> source;
};

/// The spools of a campaign that are there, in the order the steps were run. Any thread.
[[nodiscard]] QList<LogStream> archivedStreams(const Paths &paths, const CampaignRecord &record);

} // namespace slipway
