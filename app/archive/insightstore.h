// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/campaign/campaign.h"
#include "models/core/result.h"

namespace slipway {

class Archive;

/// What people wrote about campaigns, each an entry of kInsights. What was written here is a document of its
/// own, which imports leave alone; what was imported is in the document kInsights.
class InsightStore {
public:
    explicit InsightStore(Archive &archive) : m_archive(archive) {}

    /// What was written here, else what was imported; empty when there is neither. Corrupt when another
    /// program changed it.
    Result<QByteArray> load(const QString &campaign);
    /// What was written here; empty when nothing was.
    Result<QByteArray> loadOwn(const QString &campaign);
    /// Every entry that was written here, and every one that an import brought; oldest first.
    Result<QList<QByteArray>> loadOwnRevisions(const QString &campaign);
    Result<QList<QByteArray>> loadImportedRevisions(const QString &campaign);
    /// Into CampaignRecord::insight. What another program changed of it is one of the record's findings, and
    /// is not read.
    Result<void> addTo(CampaignRecord &record);

    /// A new revision; searches find it. `base` is what the writer began with: where another wrote since, the
    /// two are merged, and AlreadyExists names what both changed. Answers with what is stored.
    Result<QByteArray> save(const QString &campaign, const QByteArray &base, const QByteArray &entry);
    /// What a search finds of it, in place of what it found before.
    Result<void> index(const QString &campaign, const Insight &insight);

private:
    struct Entry {
        QByteArray bytes;
        QStringList documents; ///< it was looked for in
    };
    Result<Entry> read(const QString &campaign);
    Result<QList<Finding>> changedDocuments(const QStringList &names);

    Archive &m_archive;
};

} // namespace slipway
