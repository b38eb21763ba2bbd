// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"
#include "app/cli/publishing.h"
#include "app/cli/seriestext.h"
#include "app/cli/tables.h"
#include "app/pages/series/seriescheck.h"

#include <QCommandLineParser>
#include <QJsonArray>
#include <QJsonDocument>

namespace slipway::cli {

namespace {

QString outcomeText(const Check &check) {
    return check.outcome == Check::Outcome::Pass    ? QStringLiteral("pass")
           : check.flaw == Check::Flaw::Unsupported ? QStringLiteral("not compared")
                                                    : QStringLiteral("invalid");
}

QJsonObject checkJson(const SeriesCheck &result) {
    QJsonArray checks;
    for (const Check &check : result.checks)
        checks << QJsonObject{{QStringLiteral("id"), check.id},
                              {QStringLiteral("proves"), check.proves},
                              {QStringLiteral("outcome"), outcomeText(check)},
                              {QStringLiteral("expected"), check.expected},
                              {QStringLiteral("actual"), check.actual},
                              {QStringLiteral("reason"), check.reason},
                              {QStringLiteral("file"), check.source.file}};
    return {{QStringLiteral("series"), result.series},
            {QStringLiteral("verdict"), verdictName(result.verdict)},
            {QStringLiteral("reason"), result.reason},
            {QStringLiteral("checks"), checks}};
}

} // namespace

ExitCode seriesReport(const Context &context, const QCommandLineParser &parser) {
    const QString name = parser.positionalArguments().constFirst();
    PagesRequest request;
    if (const QString problem = takePublishOptions(parser, request); !problem.isEmpty())
        return failUsage(context, problem);
    request.series = {name};
    // A series that is not there is told before a repo is touched.
    const ExitCode known = lookAtSeries(context, [&](SeriesArchive &archive) {
        const auto definition = archive.definition(name);
        return definition ? ExitCode::Done : fail(definition.error(), ExitCode::NotDone);
    });
    return known == ExitCode::Done ? publishAndExit(context, parser, request) : known;
}

ExitCode verifyReport(const QString &path, bool json) {
    const auto result = checkReport(path);
    if (!result)
        return fail(result.error(), ExitCode::NotDone);
    if (json) {
        print(jsonText(QJsonDocument(checkJson(*result))));
        return exitCodeOf(result->verdict);
    }
    QList<QStringList> rows;
    for (const Check &check : result->checks)
        rows << QStringList{QStringLiteral("  ") + outcomeText(check), check.id,
                            check.reason.isEmpty() ? check.proves : check.reason};
    print(lineText(QStringLiteral("Series %1: %2, %3")
                       .arg(result->series, verdictName(result->verdict), result->reason)) +
          tableText(rows));
    return exitCodeOf(result->verdict);
}

} // namespace slipway::cli
