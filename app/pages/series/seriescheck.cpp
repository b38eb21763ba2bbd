// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pages/series/seriescheck.h"

#include "app/pages/series/seriesmanifest.h"
#include "app/pages/series/seriesreport.h"
#include "models/evidence/judge.h"
#include "models/series/seriesjson.h"

#include <QDir>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace slipway {

namespace {

Check passed(const QString &id, const QString &proves, const QString &file) {
    Check check;
    check.id = id;
    check.proves = proves;
    check.outcome = Check::Outcome::Pass;
    check.source.file = file;
    return check;
}

Check invalid(Check check, const QString &expected, const QString &actual, const QString &reason) {
    check.outcome = Check::Outcome::Unknown;
    check.flaw = Check::Flaw::Invalid;
    check.expected = expected;
    check.actual = actual;
    check.reason = reason;
    return check;
}

// Of another version of this program: neither confirmed nor refuted.
Check unsupported(Check check, const QString &why) {
    check.outcome = Check::Outcome::Unknown;
    check.flaw = Check::Flaw::Unsupported;
    check.reason = why + QStringLiteral(": \"series report\" writes it anew.");
    return check;
}

Check checkFiles(const SeriesManifest &manifest, const QList<EvidenceFile> &files) {
    Check check =
        passed(QStringLiteral("series.manifest"),
               QStringLiteral("No file was changed, removed or added since the report was written."),
               kSeriesManifest);
    for (const ManifestFile &listed : manifest.files) {
        const EvidenceFile *file = findFile(files, listed.name);
        if (!file)
            return invalid(check, listed.name, QStringLiteral("missing"),
                           QStringLiteral("%1 is missing.").arg(listed.name));
        if (sha256Of(file->bytes) != listed.sha256)
            return invalid(check, listed.sha256, sha256Of(file->bytes),
                           QStringLiteral("%1 was changed after the report was written.").arg(listed.name));
    }
    for (const EvidenceFile &file : files) {
        const bool isListed = file.name == kSeriesManifest ||
                              std::any_of(manifest.files.begin(), manifest.files.end(),
                                          [&](const ManifestFile &one) { return one.name == file.name; });
        if (!isListed)
            return invalid(check, QStringLiteral("no other file"), file.name,
                           QStringLiteral("%1 is not of this report.").arg(file.name));
    }
    return check;
}

Check checkRuns(const SeriesManifest &manifest, const QList<PublishedRun> &runs) {
    Check check = passed(QStringLiteral("series.runs"),
                         QStringLiteral("The report is of the runs that are published, and of all of them."),
                         kSeriesManifest);
    check.actual = QStringLiteral("%1 published").arg(runs.size());
    QMap<QString, QString> there;
    for (const PublishedRun &one : runs)
        there.insert(one.run.id, one.evidenceSha256);
    for (auto it = manifest.runs.constBegin(); it != manifest.runs.constEnd(); ++it) {
        if (!there.contains(it.key()))
            return invalid(
                check, it.key(), QStringLiteral("not there"),
                QStringLiteral("runs/%1, which the report is of, is not published there.").arg(it.key()));
        if (there.value(it.key()) != *it)
            return invalid(check, *it, there.value(it.key()),
                           QStringLiteral("The evidence of runs/%1 is not the one that the report is of.")
                               .arg(it.key()));
    }
    for (auto it = there.constBegin(); it != there.constEnd(); ++it) {
        if (!manifest.runs.contains(it.key()))
            return invalid(
                check, QStringLiteral("no other run"), it.key(),
                QStringLiteral("runs/%1 is published and the report is without it: \"series report\" "
                               "writes it anew.")
                    .arg(it.key()));
    }
    return check;
}

// The first member of two judgements that differs, for a person.
QString firstDifference(const QByteArray &published, const QByteArray &made, QString &expected,
                        QString &actual) {
    const QJsonObject was = QJsonDocument::fromJson(published).object();
    const QJsonObject is = QJsonDocument::fromJson(made).object();
    const auto shown = [](const QJsonValue &value) {
        return value.isArray() || value.isObject() ? QStringLiteral("another value")
                                                   : value.toVariant().toString().left(200);
    };
    for (auto it = is.constBegin(); it != is.constEnd(); ++it) {
        if (was.value(it.key()) == *it)
            continue;
        expected = shown(*it);
        actual = shown(was.value(it.key()));
        return it.key();
    }
    return {};
}

Check checkDerived(const SeriesManifest &manifest, const SeriesSource &source,
                   const QList<PublishedRun> &runs, const QList<EvidenceFile> &files) {
    Check check =
        passed(QStringLiteral("series.judgement"),
               QStringLiteral("Judgement and page follow from the published runs."), kSeriesJudgement);
    if (manifest.layout != kReportLayout || manifest.rulesVersion != kRulesVersion ||
        manifest.alarmRulesVersion != kAlarmRulesVersion)
        return unsupported(check,
                           QStringLiteral("The report is of layout %1 and of rules %2 and %3, and this "
                                          "version writes layout %4 by rules %5 and %6")
                               .arg(manifest.layout)
                               .arg(manifest.rulesVersion)
                               .arg(manifest.alarmRulesVersion)
                               .arg(kReportLayout)
                               .arg(kRulesVersion)
                               .arg(kAlarmRulesVersion));
    const auto derived = derivedFiles(source, runs, manifest.toolVersion);
    if (!derived)
        return invalid(check, {}, {}, derived.error().text);
    for (const EvidenceFile &made : *derived) {
        const QByteArray published = fileBytes(files, made.name);
        if (published == made.bytes)
            continue;
        check.source.file = made.name;
        if (made.name != kSeriesJudgement)
            return invalid(
                check, sha256Of(made.bytes), sha256Of(published),
                QStringLiteral("%1 says something else than the published runs give.").arg(made.name));
        QString expected;
        QString actual;
        const QString member = firstDifference(published, made.bytes, expected, actual);
        return invalid(check, expected, actual,
                       member.isEmpty()
                           ? QStringLiteral("%1 is not what the published runs give.").arg(made.name)
                           : QStringLiteral("%1: \"%2\" is %3, and the published runs give %4.")
                                 .arg(made.name, member, actual, expected));
    }
    return check;
}

} // namespace

bool isReportFolder(const QString &path) {
    return QFileInfo(path + QLatin1Char('/') + kSeriesManifest).isFile();
}

Result<SeriesCheck> checkReport(const QString &path) {
    const QDir folder(QDir(path).absolutePath());
    SeriesCheck result;
    result.series = folder.dirName();
    const QString tree = QDir::cleanPath(folder.absoluteFilePath(QStringLiteral("../..")));
    if (QDir::cleanPath(folder.absoluteFilePath(QStringLiteral(".."))) !=
        tree + QLatin1Char('/') + kSeriesFolder)
        return Error{ErrorCode::InvalidInput,
                     QStringLiteral("%1 holds a series' report and does not lie in series/ of a Pages repo, "
                                    "next to the runs that it is verified from.")
                         .arg(path)};
    const auto files = reportFiles(tree, result.series);
    if (!files)
        return files.error();
    const auto conclude = [&](const Check &check) {
        result.checks << check;
        if (check.flaw == Check::Flaw::Invalid && result.verdict != Verdict::InvalidEvidence) {
            result.verdict = Verdict::InvalidEvidence;
            result.reason = check.reason;
        } else if (check.flaw == Check::Flaw::Unsupported && result.reason.isEmpty()) {
            result.verdict = Verdict::Incomplete;
            result.reason = check.reason;
        }
    };
    const auto manifest = readSeriesManifest(fileBytes(*files, kSeriesManifest));
    const auto source = readSource(fileBytes(*files, kSeriesSource), fileBytes(*files, kSeriesTableFile));
    Check readable =
        passed(QStringLiteral("series.readable"),
               QStringLiteral("Manifest and source of the report can be read."), kSeriesManifest);
    if (!manifest && manifest.error().code == ErrorCode::Unsupported)
        readable = unsupported(readable, manifest.error().text.chopped(1));
    else if (!manifest)
        readable = invalid(readable, {}, {}, manifest.error().text);
    else if (!source)
        readable = invalid(readable, {}, {}, source.error().text);
    else if (manifest->series != result.series || source->record.name != result.series)
        readable = invalid(readable, result.series, manifest->series,
                           QStringLiteral("The report is of series %1 and lies in the folder of %2.")
                               .arg(manifest->series, result.series));
    conclude(readable);
    if (!result.reason.isEmpty())
        return result;
    const QList<PublishedRun> runs = readPublishedRuns(tree + QStringLiteral("/runs"), result.series, {});
    conclude(checkFiles(*manifest, *files));
    conclude(checkRuns(*manifest, runs));
    conclude(checkDerived(*manifest, *source, runs, *files));
    if (!result.reason.isEmpty())
        return result;
    QList<SeriesRun> all;
    for (const PublishedRun &one : runs)
        all << one.run;
    const auto judged = judgeRecord(source->record, all, source->judgedAt);
    if (!judged)
        return judged.error();
    result.verdict = judged->verdict.verdict;
    result.reason = judged->verdict.head;
    return result;
}

} // namespace slipway
