// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pages/publish/seriesexport.h"

#include "app/archive/archivethread.h"
#include "app/pages/publish/pagessite.h"
#include "app/pages/series/seriesmanifest.h"
#include "app/pages/write/treefile.h"
#include "app/pages/write/treewriter.h"
#include "app/series/seriesarchive.h"
#include "models/campaign/versionorder.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace slipway {

namespace {

bool isNoted(const SeriesRecord &record) {
    return record.definition || !record.table.isEmpty() || !record.notes.actions.isEmpty() ||
           !record.notes.excuses.isEmpty() || record.drill;
}

// What the archive noted; of a series that was only published, what its report says.
Result<SeriesRecord> recordOf(const QString &name, const QList<EvidenceFile> &place, ArchiveThread &archive) {
    auto record =
        archive.call<SeriesRecord>([&](Archive &store) { return SeriesArchive(store).record(name); });
    if (!record || isNoted(*record))
        return record;
    const EvidenceFile *source = findFile(place, kSeriesSource);
    if (!source)
        return record;
    const auto published = readSource(source->bytes, fileBytes(place, kSeriesTableFile));
    return published ? Result<SeriesRecord>(published->record) : record;
}

// A file that no report made is somebody's.
Result<void> spareStrangers(const QString &name, const QList<EvidenceFile> &place, bool replaceOthers,
                            QStringList &warnings) {
    const auto manifest = readSeriesManifest(fileBytes(place, kSeriesManifest));
    for (const EvidenceFile &file : place) {
        const bool isOurs =
            file.name == kSeriesManifest ||
            (manifest && std::any_of(manifest->files.begin(), manifest->files.end(), [&](const auto &listed) {
                 return listed.name == file.name && listed.sha256 == sha256Of(file.bytes);
             }));
        if (isOurs)
            continue;
        const QString path = QStringLiteral("series/%1/%2").arg(name, file.name);
        if (!replaceOthers)
            return Error{
                ErrorCode::AlreadyExists,
                QStringLiteral("%1 there is not as a report of Slipway wrote it, and the report would "
                               "replace it. Move it away in the repo, or say that the report replaces "
                               "it (--replace).")
                    .arg(path)};
        warnings << QStringLiteral("%1 replaces what somebody else wrote there (%2 bytes).")
                        .arg(path)
                        .arg(file.bytes.size());
    }
    return {};
}

SeriesLink linkOf(const QString &name, const QList<EvidenceFile> &files) {
    const QJsonObject judged = QJsonDocument::fromJson(fileBytes(files, kSeriesJudgement)).object();
    const auto verdict = verdictFromName(judged.value(QLatin1String("verdict")).toString());
    return {name, verdict.value_or(Verdict::InvalidEvidence), judged.value(QLatin1String("head")).toString()};
}

QList<PublishedRun> withPlanned(QList<PublishedRun> runs, const QString &series,
                                const QMap<QString, PublishedRun> &planned) {
    for (const PublishedRun &one : planned) {
        if (seriesOf(one.run.id) != series)
            continue;
        runs.removeIf([&](const PublishedRun &there) { return there.run.id == one.run.id; });
        runs << one;
    }
    std::sort(runs.begin(), runs.end(),
              [](const PublishedRun &a, const PublishedRun &b) { return versionLess(a.run.id, b.run.id); });
    return runs;
}

// What a person put there stays.
Result<void> keepBytes(const QString &tree, TreeWriter *writer, SeriesExported &done) {
    const QString path = kSeriesFolder + QStringLiteral("/.gitattributes");
    const auto before = readTreeFile(tree, path);
    if (!before)
        return before.error();
    if (!before->isEmpty())
        return {};
    done.changes.append({FileChange::Kind::Added, path, 0, plainAttributes().size()});
    done.judged.insert(path.toUtf8(), blobIdOf(plainAttributes()));
    return writer ? writer->replaceFile(QStringLiteral(".gitattributes"), plainAttributes()) : Result<void>();
}

Error named(const QString &name, const Error &error) {
    return {error.code,
            QStringLiteral("The report of series %1 cannot be written: %2").arg(name, error.text)};
}

} // namespace

Result<SeriesExported> exportSeries(const SeriesExport &request, ArchiveThread &archive,
                                    const std::stop_token &stop) {
    SeriesExported done;
    QStringList names = request.requested;
    const QStringList there = reportsIn(request.tree);
    for (const QString &name : there) {
        if (std::any_of(request.exported.begin(), request.exported.end(),
                        [&](const QString &id) { return seriesOf(id) == name; }))
            names << name;
    }
    names.removeDuplicates();
    QMap<QString, SeriesLink> links;
    std::optional<TreeWriter> writer;
    for (const QString &name : std::as_const(names)) {
        const auto place = reportFiles(request.tree, name);
        if (!place)
            return named(name, place.error());
        TRY(spareStrangers(name, *place, request.replaceOthers, done.warnings));
        const auto record = recordOf(name, *place, archive);
        if (!record)
            return named(name, record.error());
        const QList<PublishedRun> runs = withPlanned(
            readPublishedRuns(request.tree + QStringLiteral("/runs"), name, stop), name, request.planned);
        if (stop.stop_requested())
            return Error{ErrorCode::Cancelled,
                         QStringLiteral("The export was stopped; what was written stays.")};
        const auto report =
            planReport(*record, runs, *place, request.redaction, QDateTime::currentDateTimeUtc());
        if (!report)
            return named(name, report.error());
        if (!request.dryRun && anyChange(report->changes)) {
            if (!writer) {
                auto opened = TreeWriter::open(request.tree, kSeriesFolder);
                if (!opened)
                    return opened.error();
                writer.emplace(std::move(*opened));
            }
            TRY(writer->replaceRun(name, report->files));
        }
        for (const EvidenceFile &file : report->files)
            done.judged.insert(QStringLiteral("series/%1/%2").arg(name, file.name).toUtf8(),
                               blobIdOf(file.bytes));
        for (Masked masked : report->masked) {
            masked.file = QStringLiteral("series/%1/%2").arg(name, masked.file);
            done.masked << masked;
        }
        done.changes += report->changes;
        done.verdicts.insert(name, report->judgement.verdict);
        links.insert(name, linkOf(name, report->files));
    }
    if (!names.isEmpty() && (writer || request.dryRun)) {
        TRY(keepBytes(request.tree, writer ? &*writer : nullptr, done));
    }
    for (const QString &name : there) {
        const auto files = links.contains(name) ? Result<QList<EvidenceFile>>(QList<EvidenceFile>())
                                                : reportFiles(request.tree, name);
        if (files && !links.contains(name))
            links.insert(name, linkOf(name, *files));
    }
    done.links = links.values();
    return done;
}

} // namespace slipway
