// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pages/publish/pagespublish.h"

#include "app/archive/archivethread.h"
#include "app/archive/campaignreader.h"
#include "app/archive/campaignstore.h"
#include "app/archive/insightstore.h"
#include "app/importer/folderjudge.h"
#include "app/pages/write/treefile.h"
#include "models/campaign/judgerecord.h"
#include "models/campaign/publishedsummary.h"
#include "models/insight/insightentry.h"
#include "models/insight/insightmerge.h"
#include "models/insight/jsonsplice.h"

#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>

namespace slipway {

namespace {

struct OwnInsight {
    QByteArray entry;
    bool isOwn = false;
    InsightHistory history;
};

Result<OwnInsight> insightOf(const QString &campaign, ArchiveThread &archive) {
    return archive.call<OwnInsight>([&](Archive &opened) -> Result<OwnInsight> {
        TRY(CampaignStore(opened).loadSummary(campaign));
        const auto own = InsightStore(opened).loadOwnRevisions(campaign);
        if (!own)
            return own.error();
        const auto imported = InsightStore(opened).loadImportedRevisions(campaign);
        if (!imported)
            return imported.error();
        if (!own->isEmpty())
            return OwnInsight{own->constLast(), true, {*own + *imported, *imported}};
        return OwnInsight{imported->isEmpty() ? QByteArray() : imported->constLast(), false, {}};
    });
}

// As it is published: texts are compared with what an earlier export masked.
Result<void> maskAll(QList<QByteArray> &entries, const RedactionOptions &options) {
    for (QByteArray &entry : entries) {
        TRY(mask(kInsights, entry, options));
    }
    return {};
}

// What the tree has of somebody else's words stays, but for those that were seen here and changed.
Result<QByteArray> mergedInsight(const QString &campaign, OwnInsight own, const QByteArray &there,
                                 const ExportOptions &options) {
    for (QList<QByteArray> *entries : {&own.history.seen, &own.history.unedited}) {
        TRY(maskAll(*entries, options.redaction));
    }
    auto merged = mergeInsight(own.history, own.entry, there,
                               options.replaceOthers ? InsightConflict::Mine : InsightConflict::Refuse);
    if (merged || merged.error().code != ErrorCode::AlreadyExists)
        return merged;
    return Error{ErrorCode::AlreadyExists,
                 QStringLiteral("%1 there says otherwise of %2 than what was seen here, in: %3. Import it "
                                "(slipwayctl import) and look, or say that yours replaces it (--replace).")
                     .arg(kInsights, campaign, merged.error().text)};
}

Result<void> put(const QString &tree, const QString &name, const QByteArray &before, const QByteArray &after,
                 bool withDiff, bool dryRun, PagesCount &count) {
    if (!after.isEmpty()) // empty stands for a file that is not there
        count.exported.judged.insert(name.toUtf8(), blobIdOf(after));
    if (before == after)
        return {};
    FileChange change{before.isEmpty() ? FileChange::Kind::Added : FileChange::Kind::Changed, name,
                      before.size(), after.size()};
    if (withDiff && !before.isEmpty())
        change.diff = lineDiff(before, after);
    count.others.append(change);
    if (dryRun)
        return {};
    const auto written = writeTreeFile(tree, name, after);
    return written ? Result<void>() : written.error();
}

Result<void> writeInsights(const PagesRequest &request, const QString &tree, bool dryRun,
                           ArchiveThread &archive, PagesCount &count) {
    const auto before = readTreeFile(tree, kInsights);
    if (!before)
        return before.error();
    QByteArray after = *before;
    for (const QString &campaign : request.insights) {
        const auto insight = insightOf(campaign, archive);
        if (!insight)
            return insight.error();
        const QByteArray there = insightEntry(after, campaign);
        if (insight->entry.isEmpty() || (!insight->isOwn && !there.isEmpty()))
            continue;
        if (there.isEmpty() && !memberValue(after, campaign).isEmpty() && !request.options.replaceOthers)
            return Error{
                ErrorCode::AlreadyExists,
                QStringLiteral("%1 there has something of %2 that is not an entry; look at it, or say that "
                               "yours replaces it (--replace).")
                    .arg(kInsights, campaign)};
        OwnInsight own = *insight;
        const auto masked = mask(kInsights, own.entry, request.options.redaction);
        if (!masked)
            return masked.error();
        count.exported.masked += *masked;
        const auto entry = mergedInsight(campaign, own, there, request.options);
        if (!entry)
            return entry.error();
        const auto changed = withInsightEntry(after, campaign, *entry);
        if (!changed)
            return Error{ErrorCode::InvalidInput,
                         QStringLiteral("%1: %2").arg(kInsights, changed.error().text)};
        after = *changed;
    }
    return put(tree, kInsights, *before, after, request.options.withDiffs, dryRun, count);
}

bool isReleaseOf(const QByteArray &summary, const QString &campaign) {
    const QJsonObject object = QJsonDocument::fromJson(summary).object();
    return object.value(QLatin1String("campaign_run_id")).toString() == campaign ||
           object.value(QLatin1String("evidence"))[QLatin1String("campaign_dir")].toString() ==
               QStringLiteral("runs/") + campaign;
}

// ", but of r3: its headline", as far as it says.
QString standingRelease(const QByteArray &summary) {
    const QJsonObject object = QJsonDocument::fromJson(summary).object();
    const QString campaign = object.value(QLatin1String("campaign_run_id")).toString().left(64);
    const QString headline = object.value(QLatin1String("headline")).toString().simplified().left(200);
    return (campaign.isEmpty() ? QString() : QStringLiteral(", but of ") + campaign) +
           (headline.isEmpty() ? QString() : QStringLiteral(" (\"%1\")").arg(headline));
}

// What a release stands on is the published folder, judged as everybody will judge it. The archive knows when
// the campaign ran.
Result<CampaignRecord> publishedRecord(const PagesRequest &request, const QString &tree,
                                       ArchiveThread &archive, const PagesCount &count) {
    auto record = archive.call<CampaignRecord>(
        [&](Archive &opened) { return CampaignReader(opened).load(request.releaseOf); });
    if (!record)
        return record;
    const QString path = QStringLiteral("%1/runs/%2").arg(tree, request.releaseOf);
    if (const auto planned = count.exported.judgements.constFind(request.releaseOf);
        planned != count.exported.judgements.constEnd()) {
        setJudgement(*record, *planned); // just written, or as it would be
        return record;
    }
    const auto files = readCampaignFolder(path);
    if (!files)
        return Error{ErrorCode::NotFound,
                     QStringLiteral(
                         "runs/%1 is not published in this repo, so nothing can be released on it. Publish "
                         "it first: slipwayctl export %1 --to REPO. In a bare repository, or at an address, "
                         "it is found with --push.")
                         .arg(request.releaseOf)};
    record->files = *files;
    setJudgement(*record, judgeFolder(path, request.releaseOf, *files));
    record->summary.ref = readPublishedSummary(*files).ref;
    return record;
}

Result<void> writeRelease(const PagesRequest &request, const QString &tree, bool dryRun,
                          ArchiveThread &archive, PagesCount &count) {
    const auto record = publishedRecord(request, tree, archive, count);
    if (!record)
        return record.error();
    const auto schema = readTreeFile(tree, kReleaseSchema);
    if (!schema)
        return schema.error();
    if (schema->isEmpty())
        return Error{
            ErrorCode::NotFound,
            QStringLiteral("The repo has no %1, which a release is checked against. Add your JSON Schema of "
                           "releases there first.")
                .arg(kReleaseSchema)};
    const QString name = releaseFile(request.release.version);
    // The version is checked before it becomes a path.
    const auto isPublished = [&](const QString &path) {
        return count.exported.judged.contains(path.toUtf8()) ||
               QFileInfo(tree + QLatin1Char('/') + path).isFile();
    };
    TRY(releaseSummary(*record, request.release, {}, *schema, isPublished));
    const auto before = readTreeFile(tree, name);
    if (!before)
        return before.error();
    const auto after = releaseSummary(*record, request.release, *before, *schema, isPublished);
    if (!after)
        return after.error();
    if (!before->isEmpty() && !isReleaseOf(*before, request.releaseOf) && !request.options.replaceOthers)
        return Error{ErrorCode::AlreadyExists,
                     QStringLiteral("%1 is there already and is not a release of %2%3. It stays as it is; "
                                    "--replace writes over it.")
                         .arg(name, request.releaseOf, standingRelease(*before))};
    for (const QString &replaced : after->replaced)
        count.exported.warnings << QStringLiteral("%1 replaces %2").arg(name, replaced);
    return put(tree, name, *before, after->bytes, request.options.withDiffs, dryRun, count);
}

QString subjectOf(const PagesRequest &request) {
    if (!request.releaseOf.isEmpty())
        return QStringLiteral("Release %1, proven by %2").arg(request.release.version, request.releaseOf);
    if (!request.series.isEmpty())
        return QStringLiteral("Report on series ") + request.series.join(QStringLiteral(", "));
    if (request.refresh)
        return QStringLiteral("Write older pages by the layout of Slipway %1")
            .arg(QStringLiteral(SLIPWAY_VERSION));
    if (request.everyRun)
        return QStringLiteral("Publish all campaigns");
    if (request.runs.size() == 1)
        return QStringLiteral("Publish ") + request.runs.constFirst();
    if (!request.runs.isEmpty())
        return QStringLiteral("Publish %1 campaigns").arg(request.runs.size());
    return QStringLiteral("Describe ") + request.insights.join(QStringLiteral(", "));
}

} // namespace

Result<PagesCount> writePages(const PagesRequest &request, const QString &tree, bool dryRun,
                              ArchiveThread &archive, const std::stop_token &stop) {
    PagesCount count;
    if (request.everyRun || request.refresh || !request.runs.isEmpty() || !request.series.isEmpty()) {
        const ExportRequest runs{request.runs, tree,           request.options,
                                 dryRun,       request.series, request.refresh};
        const auto exported = exportPages(runs, archive, stop, [](const ExportProgress &) {});
        if (!exported)
            return exported.error();
        if (!exported->failures.isEmpty())
            return Error{exported->othersInTheWay ? ErrorCode::AlreadyExists : ErrorCode::InvalidInput,
                         exported->failures.join(QLatin1Char('\n'))};
        count.exported = *exported;
    }
    if (!request.insights.isEmpty()) {
        TRY(writeInsights(request, tree, dryRun, archive, count));
    }
    if (!request.releaseOf.isEmpty()) {
        TRY(writeRelease(request, tree, dryRun, archive, count));
    }
    return count;
}

PagesPublished publishPages(const PagesRequest &request, ArchiveThread &archive, GitPublisher publisher,
                            const std::stop_token &stop, const GitPublisher::Progress &progress) {
    PagesPublished published;
    bool isFirst = true;
    const Publication publication{request.repo,
                                  request.branch,
                                  subjectOf(request),
                                  [&](const QString &tree) -> Result<JudgedFiles> {
                                      const auto count = writePages(request, tree, false, archive, stop);
                                      if (!count)
                                          return count.error();
                                      if (isFirst) // what a second writing changes is what others brought
                                          published.count = *count;
                                      isFirst = false;
                                      return count->exported.judged;
                                  },
                                  {QStringLiteral("runs/index.html"), QStringLiteral("runs/index.json"),
                                   QStringLiteral("runs/feed.xml"), kInsights}};
    published.report = publisher.publish(publication, stop, progress);
    return published;
}

PagesPublished previewPages(const PagesRequest &request, ArchiveThread &archive, GitPublisher publisher,
                            const std::stop_token &stop) {
    PagesPublished preview;
    preview.last = publisher.last(request.repo);
    preview.report =
        publisher.look(request.repo, request.branch, stop, [&](const QString &tree) -> Result<void> {
            const auto count = writePages(request, tree, true, archive, stop);
            if (!count)
                return count.error();
            preview.count = *count;
            return {};
        });
    return preview;
}

} // namespace slipway
