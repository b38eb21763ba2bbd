// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/campaign/campaign.h"
#include "models/core/result.h"

namespace slipway {

class Archive;

/// Campaigns as people see them, put together from all stores of an archive.
class CampaignReader {
public:
    explicit CampaignReader(Archive &archive) : m_archive(archive) {}

    /// Newest first; ids in version order where times are equal. Without those that are removed.
    Result<QList<CampaignSummary>> list();
    /// NotFound names the id. Its rows are compared with the chain: what another program changed, added or
    /// removed of them is in CampaignRecord::findings and in its judgement. Not within a transaction that
    /// writes.
    Result<CampaignRecord> load(const QString &id);
    /// The same with CampaignRecord::observations: all that a judgement or an export rests on. What runs, or
    /// was cut off, is read from its spools.
    Result<CampaignRecord> loadEvidence(const QString &id);

private:
    Result<void> loadParts(CampaignRecord &record);
    Result<void> loadFiles(CampaignRecord &record);
    Result<void> loadCycles(CampaignRecord &record);
    Result<void> loadTriage(CampaignRecord &record);

    Archive &m_archive;
};

} // namespace slipway
