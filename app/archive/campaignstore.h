// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/paths.h"
#include "app/core/streamrecord.h"
#include "models/campaign/campaign.h"
#include "models/core/result.h"
#include "models/cycles/cycletrace.h"

#include <functional>
#include <memory>

namespace slipway {

class Database;
class EvidenceChain;
class ObservationStreams;

/// A line that a search should find, and where it stands.
struct SalientLine {
    QString place; ///< "phase2-burst-chaos.log, byte 1024", "phase2.delivery.node-b"
    QString text;
};

struct SearchHit {
    QString campaign;
    QString kind; ///< "reason", "log", "insight"
    QString place;
    QString text;
};

enum class Imported { New, Changed, Unchanged, Own }; ///< Own: a campaign that was run here has this id

struct ImportOutcome {
    Imported what = Imported::Unchanged;
    std::optional<Verdict> before{}; ///< of the campaign, where it was here and was judged
};

/// Campaigns in the archive. Synchronous; owns one connection and is used by one thread.
class CampaignStore {
public:
    /// Opens or makes the archive.
    static Result<std::unique_ptr<CampaignStore>> open(const Paths &paths);
    /// For those who only look: nothing is made, NotFound when there is none, and writing fails.
    static Result<std::unique_ptr<CampaignStore>> openToRead(const Paths &paths);
    /// The rows alone, whatever their state.
    static Result<std::unique_ptr<Database>> openDatabaseToRead(const Paths &paths);
    ~CampaignStore();
    CampaignStore(const CampaignStore &) = delete;
    CampaignStore &operator=(const CampaignStore &) = delete;
    CampaignStore(CampaignStore &&) = delete;
    CampaignStore &operator=(CampaignStore &&) = delete;

    Result<void> createCampaign(const CampaignRecord &record); ///< AlreadyExists names the id
    Result<void> updateCampaign(const CampaignSummary &summary);
    Result<void> savePhaseRun(const QString &campaign, const PhaseRun &run);
    /// A stream of observations that has ended, which is read back and compared with what came. The same
    /// again changes nothing; another one takes its place until the campaign has ended.
    Result<void> saveObservations(const QString &campaign, const EndedStream &stream);
    /// A new revision when the bytes differ; true when there is one.
    Result<bool> saveFile(const QString &campaign, const EvidenceFile &file);
    Result<void> removeFile(const QString &campaign, const QString &name); ///< as a revision; the others stay
    /// Every revision's bytes, oldest first; none of a file that never was here.
    Result<QList<QByteArray>> loadFileRevisions(const QString &campaign, const QString &name);
    Result<void> saveJudgement(const QString &campaign,
                               const Judgement &judgement); ///< beside the older ones
    /// Beside the older ones, of which it takes the place; now, unless it says when. NotFound names the id.
    Result<void> saveTriage(const QString &campaign, const Triage &triage);
    /// Takes one change back at each of `campaigns` (none: wherever it was made), by a new entry that repeats
    /// the one before; where something was changed after it, it is left. NotFound when it was made nowhere.
    Result<TriageUndo> undoTriage(const QString &change, const QStringList &campaigns);
    /// Takes a campaign out of lists and searches, or back into them; all that is recorded of it stays.
    /// NotFound names the id, also when it is removed (or not) already.
    Result<void> setRemoved(const QString &campaign, bool removed);
    Result<void> saveStream(const QString &campaign, const QString &name, qint64 bytes,
                            const QString &sha256);
    Result<qint64> loadStreamBytes(const QString &campaign, const QString &name); ///< -1: not noted
    /// What a search finds of this kind, in place of what it found before.
    Result<void> saveSalient(const QString &campaign, const QString &kind, const QList<SalientLine> &lines);

    /// A published folder: its files, new ones and changed ones as revisions, those that are gone as removed,
    /// and its judgement when anything changed. All or nothing.
    Result<ImportOutcome> importCampaign(const CampaignRecord &record);
    Result<bool> saveDocument(const EvidenceFile &document); ///< true when there is a new revision
    Result<QByteArray> loadDocument(const QString &name);    ///< the latest; empty when there is none
    Result<QList<QByteArray>> loadDocumentRevisions(const QString &name); ///< oldest first
    /// What is written about a campaign, an entry of kInsights: what was written here, else what was
    /// imported; empty when there is neither. Corrupt when another program changed it.
    Result<QByteArray> loadInsightEntry(const QString &campaign);
    /// What was written here; empty when nothing was.
    Result<QByteArray> loadOwnInsight(const QString &campaign);
    /// Every entry that was written here, and every one that an import brought; oldest first.
    Result<QList<QByteArray>> loadOwnInsights(const QString &campaign);
    Result<QList<QByteArray>> loadImportedInsights(const QString &campaign);
    /// A new revision, which imports leave alone; searches find it. `base` is what the writer began with:
    /// where another wrote since, the two are merged, and AlreadyExists names what both changed. Answers with
    /// what is stored.
    Result<QByteArray> saveInsight(const QString &campaign, const QByteArray &base, const QByteArray &entry);
    /// Makes one transaction of many calls.
    Result<void> together(const std::function<Result<void>()> &body);

    Result<QList<CampaignSummary>>
    listCampaigns(); ///< newest first; ids in version order where times are equal
    Result<CampaignSummary> loadSummary(const QString &id); ///< NotFound names the id
    /// Likewise. Its rows are compared with the chain: what another program changed, added or removed of them
    /// is in CampaignRecord::findings and in its judgement. Not within a transaction that writes.
    Result<CampaignRecord> loadCampaign(const QString &id);
    /// The same with CampaignRecord::observations: all that a judgement or an export rests on. What runs, or
    /// was cut off, is read from its spools.
    Result<CampaignRecord> loadEvidence(const QString &id);
    /// The streams of observations that the archive keeps, of the runs that have ended.
    Result<QList<EndedStream>> loadKeptStreams(const QString &campaign);
    /// Of the observations, also while they arrive; empty when there are none, as of what was imported.
    Result<CycleTrace> loadTrace(const QString &campaign, const QString &fault, int cycle);
    Result<Settling> loadSettling(const QString &campaign);
    /// Every word or part of one, in any order. The best hits first, at most `most`.
    Result<QList<SearchHit>> search(const QString &words, int most);

    /// The rows of a campaign's observations are gone, since its streams are kept.
    Result<void> noteCompacted(const QString &campaign);
    /// The archive as it is at one moment, with the end of its chain, into a folder that has none.
    Result<void> copyTo(const Paths &paths,
                        const std::function<void(const QString &, qint64, qint64)> &progress);
    [[nodiscard]] Database &database() const { return *m_database; }

private:
    CampaignStore(std::unique_ptr<Database> database, Paths paths);
    [[nodiscard]] ObservationStreams streamsOf(const QString &campaign);
    Result<void> loadParts(CampaignRecord &record);
    Result<void> loadPlan(CampaignRecord &record);
    Result<void> loadRuns(CampaignRecord &record);
    Result<void> loadFiles(CampaignRecord &record);
    Result<void> loadClones(CampaignRecord &record);
    Result<void> loadJudgements(CampaignRecord &record);
    Result<void> loadCycles(CampaignRecord &record);
    Result<void> loadInsight(CampaignRecord &record);
    struct InsightEntry {
        QByteArray entry;
        QStringList documents; ///< it was looked for in
    };
    Result<InsightEntry> readInsightEntry(const QString &campaign);
    Result<QList<Finding>> changedDocuments(const QStringList &names);
    Result<void> loadTriage(CampaignRecord &record);
    Result<QMap<QString, QList<Triage>>> loadTriageChanges();
    Result<void> addTriage(QList<CampaignSummary> &list);
    Result<void> removeSalient(const QString &campaign, const QString &kind);
    Result<bool> removeFilesNotIn(const CampaignRecord &record);
    Result<bool> isRemoved(const QString &campaign);
    Result<int> judgedBy(const QString &campaign);

    Paths m_paths;
    std::unique_ptr<Database> m_database;
    std::unique_ptr<EvidenceChain> m_chain;
};

[[nodiscard]] Error noSuchCampaign(const QString &id); ///< NotFound
[[nodiscard]] Error idIsTaken(const QString &id);      ///< what createCampaign() says of one that is there

} // namespace slipway
