// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/archive/archivethread.h"
#include "app/archive/observationstore.h"
#include "app/archive/searchindex.h"
#include "models/campaign/campaignentry.h"

namespace slipway {

/// What can be asked of the archive about campaigns without changing it. Answers come on the owner's thread.
class CampaignQueries final {
public:
    template <typename T>
    using Done = std::function<void(Result<T>)>;

    CampaignQueries(Paths paths, ArchiveThread &archive) : m_paths(std::move(paths)), m_archive(archive) {}

    void list(Done<QList<CampaignSummary>> done) const;
    /// As list(), each with its standing among the others.
    void listEntries(Done<QList<CampaignEntry>> done) const;
    void load(const QString &id, Done<CampaignRecord> done) const;
    /// The same with its judgement made anew from its evidence, by the rules of this version.
    void judge(const QString &id, Done<CampaignRecord> done) const;
    /// What one cycle's clients saw, and how phase 2 settled; of a running campaign what is recorded so far.
    void loadTrace(const QString &id, const QString &fault, int cycle, Done<CycleTrace> done) const;
    void loadSettling(const QString &id, Done<Settling> done) const;
    /// The folder of its logs on this machine; empty when there is none.
    [[nodiscard]] QString folder(const QString &id) const;
    /// The best hits first, at most 100.
    void search(const QString &words, Done<QList<SearchHit>> done) const;

private:
    Paths m_paths;
    ArchiveThread &m_archive;
};

} // namespace slipway
