// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/campaign/campaign.h"
#include "models/core/result.h"

#include <memory>

namespace slipway {

class Database;

/// A line of a stream of observations: where it began, and its bytes.
struct ObservationRow {
    QString stream;
    qint64 offset = 0;
    QByteArray line;
};

/// Campaigns in the archive. Synchronous; owns one connection and is used by one thread.
class CampaignStore {
public:
    static Result<std::unique_ptr<CampaignStore>> open(const QString &file, const QString &lockFile);
    ~CampaignStore();
    CampaignStore(const CampaignStore &) = delete;
    CampaignStore &operator=(const CampaignStore &) = delete;
    CampaignStore(CampaignStore &&) = delete;
    CampaignStore &operator=(CampaignStore &&) = delete;

    Result<void> createCampaign(const CampaignRecord &record); ///< AlreadyExists names the id
    Result<void> updateCampaign(const CampaignSummary &summary);
    Result<void> savePhaseRun(const QString &campaign, const PhaseRun &run);
    Result<void> appendObservations(const QString &campaign, const QList<ObservationRow> &rows);
    Result<void> saveFile(const QString &campaign,
                          const EvidenceFile &file); ///< a new revision when the bytes differ
    Result<void> saveJudgement(const QString &campaign,
                               const Judgement &judgement); ///< beside the older ones
    Result<void> saveStream(const QString &campaign, const QString &name, qint64 bytes,
                            const QString &sha256);

    Result<QList<CampaignSummary>>
    listCampaigns(); ///< newest first; ids in version order where times are equal
    Result<CampaignRecord> loadCampaign(const QString &id); ///< NotFound names the id

private:
    explicit CampaignStore(std::unique_ptr<Database> database);
    Result<CampaignSummary> loadSummary(const QString &id);
    Result<void> loadRuns(CampaignRecord &record);
    Result<void> loadFiles(CampaignRecord &record);
    Result<void> loadJudgement(CampaignRecord &record);
    Result<void> loadCycles(CampaignRecord &record);

    std::unique_ptr<Database> m_database;
};

} // namespace slipway
