// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pages/series/seriesreport.h"

#include "app/pages/series/seriesmanifest.h"
#include "app/pages/series/seriespage.h"
#include "app/pages/write/treefile.h"
#include "models/core/instant.h"
#include "models/evidence/campaignid.h"
#include "models/evidence/judge.h"
#include "models/series/seriesjson.h"

#include <QDir>
#include <QJsonDocument>
#include <QSet>

#include <algorithm>

namespace slipway {

namespace {

QList<SeriesRun> runsOf(const QList<PublishedRun> &published) {
    QList<SeriesRun> runs;
    for (const PublishedRun &one : published)
        runs << one.run;
    return runs;
}

// The table as it may be published, and the record that is then made of what was masked.
Result<SeriesSource> maskedSource(const SeriesSource &source, const RedactionOptions &redaction,
                                  QList<Masked> &masked) {
    QByteArray table = source.record.table;
    QByteArray bytes = sourceBytes(source);
    for (const auto &[name, text] : {std::pair{kSeriesTableFile, &table}, std::pair{kSeriesSource, &bytes}}) {
        const auto found = mask(name, *text, redaction);
        if (!found)
            return found.error();
        masked += *found;
    }
    return readSource(bytes, table);
}

// The moment of the report that is there, where nothing came of the time since.
Result<QDateTime> momentOf(const SeriesSource &source, const QList<SeriesRun> &runs,
                           const QList<EvidenceFile> &place) {
    const EvidenceFile *was = findFile(place, kSeriesSource);
    if (!was)
        return source.judgedAt;
    const auto before = readSource(was->bytes, {});
    if (!before || before->judgedAt > source.judgedAt)
        return source.judgedAt;
    const auto now = judgeRecord(source.record, runs, source.judgedAt);
    if (!now)
        return now.error();
    const auto then = judgeRecord(source.record, runs, before->judgedAt);
    return then && seriesDetailsToJson(*then) == seriesDetailsToJson(*now) ? before->judgedAt
                                                                           : source.judgedAt;
}

} // namespace

Result<QList<EvidenceFile>> derivedFiles(const SeriesSource &source, const QList<PublishedRun> &runs,
                                         const QString &toolVersion) {
    const auto judged = judgeRecord(source.record, runsOf(runs), source.judgedAt);
    if (!judged)
        return judged.error();
    QSet<QString> withPage;
    QSet<QString> published;
    for (const PublishedRun &one : runs) {
        published.insert(one.run.id);
        if (one.hasPage)
            withPage.insert(one.run.id);
    }
    return QList<EvidenceFile>{{kPage, seriesPage({*judged, source, published, withPage, toolVersion})},
                               {kSeriesJudgement, QJsonDocument(seriesDetailsToJson(*judged)).toJson()}};
}

Result<SeriesReport> planReport(const SeriesRecord &record, const QList<PublishedRun> &runs,
                                const QList<EvidenceFile> &place, const RedactionOptions &redaction,
                                const QDateTime &now) {
    SeriesReport report;
    report.name = record.name;
    const QList<SeriesRun> all = runsOf(runs);
    SeriesSource source{record, utcOfSeconds(now.toSecsSinceEpoch())};
    const auto moment = momentOf(source, all, place);
    if (!moment)
        return moment.error();
    source.judgedAt = *moment;
    const auto masked = maskedSource(source, redaction, report.masked);
    if (!masked)
        return masked.error();
    const auto judged = judgeRecord(masked->record, all, masked->judgedAt);
    if (!judged)
        return judged.error();
    report.judgement = *judged;
    auto derived = derivedFiles(*masked, runs, QStringLiteral(SLIPWAY_VERSION));
    if (!derived)
        return derived.error();
    report.files = *derived;
    report.files.append({kSeriesSource, sourceBytes(*masked)});
    if (!masked->record.table.isEmpty())
        report.files.append({kSeriesTableFile, masked->record.table});
    SeriesManifest manifest{record.name,
                            QStringLiteral(SLIPWAY_VERSION),
                            kReportLayout,
                            kRulesVersion,
                            kAlarmRulesVersion,
                            {},
                            {},
                            report.masked};
    for (const PublishedRun &one : runs)
        manifest.runs.insert(one.run.id, one.evidenceSha256);
    std::sort(report.files.begin(), report.files.end(),
              [](const EvidenceFile &a, const EvidenceFile &b) { return a.name < b.name; });
    for (const EvidenceFile &file : std::as_const(report.files))
        manifest.files.append({file.name, file.bytes.size(), sha256Of(file.bytes)});
    report.files.append({kSeriesManifest, seriesManifestBytes(manifest)});
    report.changes = changesIn(kSeriesFolder + QLatin1Char('/') + record.name, place, report.files);
    return report;
}

Result<QList<EvidenceFile>> reportFiles(const QString &tree, const QString &name) {
    const QString folder = kSeriesFolder + QLatin1Char('/') + name;
    TRY(checkTreePath(tree, folder, TreeEntry::Folder));
    QList<EvidenceFile> files;
    const QStringList names =
        QDir(tree + QLatin1Char('/') + folder)
            .entryList(QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot);
    for (const QString &file : names) {
        const auto bytes = readTreeFile(tree, folder + QLatin1Char('/') + file);
        if (!bytes)
            return bytes.error();
        files.append({file, *bytes});
    }
    return files;
}

QStringList reportsIn(const QString &tree) {
    QStringList names;
    const QStringList folders = QDir(tree + QLatin1Char('/') + kSeriesFolder)
                                    .entryList(QDir::Dirs | QDir::NoDotAndDotDot | QDir::NoSymLinks);
    for (const QString &name : folders) {
        const auto manifest =
            readTreeFile(tree, kSeriesFolder + QLatin1Char('/') + name + QLatin1Char('/') + kSeriesManifest);
        if (campaignIdProblem(name).isEmpty() && manifest && !manifest->isEmpty())
            names << name;
    }
    return names;
}

} // namespace slipway
