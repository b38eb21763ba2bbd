// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pages/import/pagesimport.h"

#include "app/archive/archivethread.h"
#include "app/archive/campaignimport.h"
#include "app/archive/documentstore.h"
#include "app/archive/insightstore.h"
#include "app/core/inparallel.h"
#include "app/importer/folderjudge.h"
#include "app/importer/pagesreader.h"
#include "app/pages/import/importsource.h"
#include "models/campaign/judgerecord.h"
#include "models/campaign/publishedsummary.h"

#include <algorithm>
#include <future>

namespace slipway {

namespace {

constexpr qint64 kBatchBytes = 64LL * 1024 * 1024;
constexpr qsizetype kBatchFolders = 32;
constexpr qsizetype kAnomalies = 1000;
constexpr qsizetype kLeftOut = 3000;

CampaignRecord recordOf(const QString &runsPath, const PagesFolder &folder) {
    CampaignRecord record;
    record.files = readFolder(runsPath, folder);
    const PublishedSummary published = readPublishedSummary(record.files);
    record.summary.id = folder.id;
    record.summary.ref = published.ref;
    record.summary.finishedAt = published.completedAt;
    record.summary.source = kImported;
    setJudgement(record, judgeFolder(runsPath, folder, record.files));
    record.summary.state = record.summary.claimedPass.value_or(false) ? RunState::Passed : RunState::Failed;
    return record;
}

QList<PagesFolder> batchFrom(const QList<PagesFolder> &folders, qsizetype first) {
    qsizetype end = first;
    for (qint64 bytes = 0; end < folders.size() && end - first < kBatchFolders && bytes < kBatchBytes; ++end)
        bytes += folders.at(end).bytes;
    return folders.mid(first, end - first);
}

using Judging = std::future<QList<CampaignRecord>>;

// While the batch before it is written.
Judging beginJudging(const QString &runsPath, const QList<PagesFolder> &batch) {
    return std::async(std::launch::async, [=] {
        QList<CampaignRecord> records(batch.size());
        CampaignRecord *const places = records.data(); // each call fills a place of its own
        inParallel(batch.size(), [&](qsizetype i) { places[i] = recordOf(runsPath, batch.at(i)); });
        return records;
    });
}

void note(const CampaignRecord &record, Imported outcome, ImportCount &count) {
    ++count.folders;
    switch (outcome) {
    case Imported::New:
        ++count.created;
        break;
    case Imported::Changed:
        ++count.changed;
        break;
    case Imported::Unchanged:
        ++count.unchanged;
        break;
    case Imported::Own:
        ++count.own;
        return; // its verdict is not the folder's
    }
    ++count.verdicts[*record.summary.verdict];
    for (const EvidenceFile &file : record.files) {
        if (!file.problem.isEmpty() && count.anomalies.size() < kAnomalies)
            count.anomalies << QStringLiteral("%1/%2: %3").arg(record.summary.id, file.name, file.problem);
    }
}

// Whoever imports a folder that somebody else changed learns what it made of the campaign.
void noteVerdict(std::optional<Verdict> before, const CampaignSummary &now, ImportCount &count) {
    if (before && before != now.verdict && count.rejudged.size() < kAnomalies)
        count.rejudged << QStringLiteral("%1: %2 before, %3 now")
                              .arg(now.id, verdictName(*before), verdictName(*now.verdict));
}

Result<void> importDocuments(const QList<EvidenceFile> &documents, Archive &opened, ImportCount &count) {
    for (const EvidenceFile &document : documents) {
        const auto saved = DocumentStore(opened).save(document);
        if (!saved)
            return saved.error();
        count.documents += *saved ? 1 : 0;
        if (!document.problem.isEmpty())
            count.anomalies << QStringLiteral("%1: %2").arg(document.name, document.problem);
        if (document.name != kInsights || !document.problem.isEmpty())
            continue;
        const auto insights = readInsights(document.bytes);
        if (!insights)
            count.anomalies << QStringLiteral("%1: %2").arg(document.name, insights.error().text);
        else if (*saved)
            for (auto it = insights->constBegin(); it != insights->constEnd(); ++it) {
                const auto own = InsightStore(opened).loadOwn(it.key());
                if (!own)
                    return own.error();
                if (!own->isEmpty())
                    continue;
                TRY(InsightStore(opened).index(it.key(), *it));
            }
    }
    return {};
}

Result<void> importBatch(const QList<CampaignRecord> &records, Archive &opened, ImportCount &count) {
    return opened.transaction([&]() -> Result<void> {
        for (const CampaignRecord &record : records) {
            const auto outcome = importCampaign(opened, record);
            if (!outcome && outcome.error().code == ErrorCode::InvalidInput) {
                ++count.folders;
                ++count.unchanged;
                if (count.leftOut.size() < kLeftOut)
                    count.leftOut << QStringLiteral("%1: %2").arg(record.summary.id, outcome.error().text);
                continue;
            }
            if (!outcome)
                return outcome.error();
            note(record, outcome->what, count);
            if (outcome->what == Imported::Changed)
                noteVerdict(outcome->before, record.summary, count);
        }
        return {};
    });
}

} // namespace

Result<ImportCount> importPages(const QString &path, ArchiveThread &archive, const std::stop_token &stop,
                                const std::function<void(const ImportCount &)> &progress) {
    const auto source = ImportSource::open(path, stop);
    if (!source)
        return source.error();
    const auto tree = readTree(source->path());
    if (!tree)
        return tree.error();
    ImportCount count;
    for (const QString &name : source->leftOut())
        count.leftOut << QStringLiteral("%1: a link, a device or a name that leads elsewhere").arg(name);
    for (const QString &name : tree->leftOut.mid(0, kAnomalies))
        count.leftOut << QStringLiteral("%1: it holds nothing of a campaign").arg(name);
    for (const QString &name : tree->hidden.mid(0, kAnomalies))
        count.leftOut << QStringLiteral("%1: its name begins with a dot").arg(name);
    for (const PagesFolder &folder : tree->campaigns) {
        if (const QString text = renameText(folder); !text.isEmpty() && count.renamed.size() < kAnomalies)
            count.renamed << text;
    }
    count.total = tree->campaigns.size();
    const auto write =
        [&](const std::function<Result<void>(Archive &, ImportCount &)> &body) -> Result<void> {
        // Counted into a copy, so that a batch that is rolled back is not counted.
        const auto written = archive.call<ImportCount>([&](Archive &opened) -> Result<ImportCount> {
            ImportCount after = count;
            TRY(body(opened, after));
            return after;
        });
        if (!written)
            return written.error();
        count = *written;
        progress(count);
        return {};
    };
    if (auto done = write([&](Archive &opened, ImportCount &after) {
            return opened.transaction([&] { return importDocuments(tree->documents, opened, after); });
        });
        !done)
        return done.error();

    QList<PagesFolder> batch = batchFrom(tree->campaigns, 0);
    Judging judging = beginJudging(tree->runsPath, batch);
    for (qsizetype done = 0; done < tree->campaigns.size();) {
        const QList<CampaignRecord> records = judging.get();
        done += batch.size();
        if (stop.stop_requested())
            return Error{
                ErrorCode::Cancelled,
                QStringLiteral("The import was stopped after %1 of %2 folders; importing again goes on from "
                               "there.")
                    .arg(count.folders)
                    .arg(count.total)};
        batch = batchFrom(tree->campaigns, done);
        judging = beginJudging(tree->runsPath, batch);
        if (auto written = write(
                [&](Archive &opened, ImportCount &after) { return importBatch(records, opened, after); });
            !written)
            return written.error();
    }
    return count;
}

} // namespace slipway
