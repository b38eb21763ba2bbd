// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/campaign/campaign.h"
#include "models/core/result.h"

namespace slipway {

class Archive;
class Database;

/// The rows of campaigns: what each set out to do, its state, its phase runs, and whether it is in lists.
class CampaignStore {
public:
    explicit CampaignStore(Archive &archive);

    /// With its parameters, peers and required phases. AlreadyExists names the id.
    Result<void> create(const CampaignRecord &record);
    /// State, end, verdict, claim and reason.
    Result<void> update(const CampaignSummary &summary);
    Result<void> savePhaseRun(const QString &campaign, const PhaseRun &run);
    /// Takes a campaign out of lists and searches, or back into them; all that is recorded of it stays.
    /// NotFound names the id, also when it is removed (or not) already.
    Result<void> setRemoved(const QString &campaign, bool removed);

    /// Without triage. NotFound names the id.
    Result<CampaignSummary> loadSummary(const QString &id);
    /// Of all but those that are removed, in no order, without triage.
    Result<QList<CampaignSummary>> loadSummaries();
    Result<QStringList> removedIds(); ///< in no order
    /// Parameters, peers and required phases of CampaignRecord::summary's id.
    Result<void> loadPlan(CampaignRecord &record);
    Result<QList<PhaseRun>> loadPhaseRuns(const QString &campaign); ///< in the order in which they began

private:
    Result<bool> isRemoved(const QString &campaign);

    Database &m_database;
};

[[nodiscard]] Error noSuchCampaign(const QString &id); ///< NotFound
[[nodiscard]] Error idIsTaken(const QString &id);      ///< what create() says of one that is there

} // namespace slipway
