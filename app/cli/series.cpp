// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"
#include "app/cli/seriestext.h"
#include "app/core/inputfile.h"
#include "app/series/noticebook.h"
#include "models/core/countof.h"
#include "models/evidence/campaignid.h"
#include "models/series/seriesjson.h"

#include <QCommandLineParser>
#include <QDateTime>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>

namespace slipway::cli {

namespace {

constexpr qint64 kMaxTable = 16LL * 1024 * 1024;

QString originText(const SeriesSummary &series) {
    return series.origin == SeriesOrigin::Created ? QStringLiteral("created") : QStringLiteral("inferred");
}

QJsonObject summaryJson(const SeriesSummary &series) {
    return {{QStringLiteral("series"), series.name},
            {QStringLiteral("origin"), originText(series)},
            {QStringLiteral("schedule"), orNull(series.schedule)},
            {QStringLiteral("runs"), series.runs},
            {QStringLiteral("claimed_pass"), series.claimedPass},
            {QStringLiteral("evidence_missing"), series.withoutEvidence},
            {QStringLiteral("reds"), series.reds}};
}

// What could not be sent is no part of the judgement.
Result<TerminalText> unsentLine(SeriesArchive &archive, const QString &name) {
    const auto notices = NoticeBook(archive.entries(), name).all();
    if (!notices)
        return notices.error();
    const auto unsent = std::count_if(notices->begin(), notices->end(),
                                      [](const SeriesMessage &notice) { return !notice.isSent; });
    return unsent > 0 ? lineText(QStringLiteral("%1 not sent yet: \"series messages %2\" says why.")
                                     .arg(countOf(unsent, "message"), name))
                      : TerminalText();
}

} // namespace

ExitCode seriesList(const Context &context, const QCommandLineParser &parser) {
    return lookAtSeries(context, [&](SeriesArchive &archive) {
        const auto all = archive.list();
        if (!all)
            return fail(all.error(), ExitCode::NotDone);
        QJsonArray json;
        QList<QStringList> rows;
        for (const SeriesSummary &series : *all) {
            json << summaryJson(series);
            rows << QStringList{series.name,
                                originText(series),
                                countOf(series.runs, "run"),
                                QStringLiteral("%1 claim a pass").arg(series.claimedPass),
                                QStringLiteral("%1 without evidence").arg(series.withoutEvidence),
                                QStringLiteral("%1 FAIL").arg(series.reds),
                                series.schedule};
        }
        print(parser.isSet(QStringLiteral("json")) ? jsonText(QJsonDocument(json)) : tableText(rows));
        return ExitCode::Done;
    });
}

ExitCode seriesShow(const Context &context, const QCommandLineParser &parser) {
    const QString name = parser.positionalArguments().constFirst();
    const bool json = parser.isSet(QStringLiteral("json"));
    return lookAtSeries(context, [&](SeriesArchive &archive) {
        const auto judged = archive.judge(name, QDateTime::currentDateTimeUtc());
        if (!judged)
            return fail(judged.error(), ExitCode::NotDone);
        const auto unsent = unsentLine(archive, name);
        if (!unsent)
            return fail(unsent.error(), ExitCode::NotDone);
        const ExitCode code = printSeries(*judged, json, parser.isSet(QStringLiteral("details")));
        if (!json)
            print(*unsent);
        return code;
    });
}

ExitCode seriesImport(const Context &context, const QCommandLineParser &parser) {
    const QString path = parser.positionalArguments().constFirst();
    const auto bytes = readInput(path, kMaxTable);
    if (!bytes)
        return fail(bytes.error(), ExitCode::NotDone);
    const auto table = readSeriesTable(*bytes, path);
    if (!table)
        return fail(table.error(), ExitCode::NotDone);
    QString name = parser.value(QStringLiteral("name"));
    if (name.isEmpty())
        name = table->name.isEmpty() ? QFileInfo(path).completeBaseName() : table->name;
    if (const QString problem = campaignIdProblem(name); !problem.isEmpty())
        return failUsage(context, QStringLiteral("--name: \"%1\" %2").arg(name, problem));
    return withSeries(context, [&](SeriesArchive &archive) {
        const auto added = archive.importTable(name, *bytes);
        if (!added)
            return fail(added.error(), ExitCode::NotDone);
        if (parser.isSet(QStringLiteral("json"))) {
            print(jsonText(QJsonDocument(
                QJsonObject{{QStringLiteral("series"), name},
                            {QStringLiteral("runs"), table->runs.size()},
                            {QStringLiteral("changed"), *added},
                            {QStringLiteral("notes"), QJsonArray::fromStringList(table->notes)}})));
            return ExitCode::Done;
        }
        TerminalText text = lineText(QStringLiteral("Series %1: %2%3")
                                         .arg(name, countOf(table->runs.size(), "run"),
                                              *added ? QString() : QStringLiteral(", unchanged")));
        for (const QString &note : table->notes)
            text += lineText(QStringLiteral("  ") + note);
        print(text);
        return ExitCode::Done;
    });
}

} // namespace slipway::cli
