// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/campaign/campaign.h"
#include "models/core/result.h"

namespace slipway {

class Archive;
class Database;

/// The judgements of campaigns. The last one counts, and the older ones stay.
class JudgementStore {
public:
    explicit JudgementStore(Archive &archive);

    /// Added to the older ones; searches find why it is not a plain pass.
    Result<void> save(const QString &campaign, const Judgement &judgement);
    /// The last one and all that there were, into CampaignRecord::judgement and CampaignRecord::history.
    Result<void> addTo(CampaignRecord &record);
    Result<int> lastRules(const QString &campaign); ///< Judgement::rulesVersion; 0 when there is none

private:
    Archive &m_archive;
    Database &m_database;
};

} // namespace slipway
