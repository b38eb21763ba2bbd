// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/series/runcache.h"

namespace slipway {

const SeriesRun *RunCache::find(const CampaignSummary &campaign) const {
    const auto it = m_entries.constFind(campaign.id);
    if (it == m_entries.constEnd())
        return nullptr;
    const CampaignSummary &was = it->campaign;
    const bool isSame = was.state == campaign.state && was.finishedAt == campaign.finishedAt &&
                        was.verdict == campaign.verdict && was.reason == campaign.reason &&
                        was.startedAt == campaign.startedAt && was.ref == campaign.ref;
    return isSame ? &it->run : nullptr;
}

void RunCache::insert(const CampaignSummary &campaign, const SeriesRun &run) {
    m_entries.insert(campaign.id, {campaign, run});
}

} // namespace slipway
