// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/campaign/campaign.h"
#include "models/series/seriesrun.h"

#include <QHash>

namespace slipway {

/// What campaigns are as runs of their series, so that a series of ten thousand is read once and not with
/// each new run. A run is read anew when its campaign's state, end or verdict is another. One thread.
class RunCache {
public:
    [[nodiscard]] const SeriesRun *find(const CampaignSummary &campaign) const;
    void insert(const CampaignSummary &campaign, const SeriesRun &run);

private:
    struct Entry {
        CampaignSummary campaign;
        SeriesRun run;
    };
    QHash<QString, Entry> m_entries;
};

} // namespace slipway
