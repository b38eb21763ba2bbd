// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"

#include "app/cli/asking.h"
#include "app/cli/tables.h"
#include "app/cli/terminal.h"
#include "app/core/paths.h"
#include "app/session/campaignqueries.h"
#include "app/session/session.h"

#include <QCommandLineParser>
#include <QFileInfo>

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>
#include <cstdio>

namespace slipway::cli {

namespace {

// "2026-04-20 18:05", UTC; empty when it is not known. Not by a format: a list has thousands.
QString minuteText(const QDateTime &time) {
    QString text = time.toString(Qt::ISODate).left(16);
    return text.replace(QLatin1Char('T'), QLatin1Char(' '));
}

void printList(const QList<CampaignSummary> &campaigns, bool json) {
    if (json) {
        QJsonArray array;
        for (const CampaignSummary &summary : campaigns)
            array.append(summaryToJson(summary));
        print(jsonText(QJsonDocument(array)));
        return;
    }
    if (campaigns.isEmpty()) {
        printNote(QStringLiteral("No campaign yet; slipwayctl run --help, or slipwayctl import --help."));
        return;
    }
    QList<QStringList> rows{{QStringLiteral("CAMPAIGN"), QStringLiteral("VERDICT"),
                             QStringLiteral("SUMMARY SAYS"), QStringLiteral("CLASS"), QStringLiteral("WHEN"),
                             QStringLiteral("WHY")}};
    for (const CampaignSummary &summary : campaigns) {
        rows.append({summary.id, verdictText(summary),
                     !summary.claimedPass   ? QStringLiteral("-")
                     : *summary.claimedPass ? QStringLiteral("pass")
                                            : QStringLiteral("fail"),
                     summary.triage.failureClass ? failureClassName(*summary.triage.failureClass)
                                                 : QStringLiteral("-"),
                     minuteText(summary.startedAt.isValid() ? summary.startedAt : summary.finishedAt),
                     reasonAndClaimText(summary)});
    }
    print(tableText(rows));
}

ExitCode printFile(const CampaignRecord &record, const QString &name) {
    const auto file = std::find_if(record.files.begin(), record.files.end(),
                                   [&](const EvidenceFile &f) { return f.name == name; });
    if (file == record.files.end())
        return fail(QStringLiteral("Campaign %1 has no file %2; show %1 lists what it has.")
                        .arg(record.summary.id, name),
                    ExitCode::NotDone);
    printBytes(file->bytes);
    return ExitCode::Done;
}

} // namespace

ExitCode list(const Context &context, const QCommandLineParser &parser) {
    const bool json = parser.isSet(QStringLiteral("json"));
    const auto paths = dataPaths(context.dataDir);
    // Where nothing was run or imported yet, the list is empty; but a folder that was named and is not there
    // is a slip.
    const bool isNamed = !context.dataDir.isEmpty() || !qEnvironmentVariableIsEmpty("SLIPWAY_DATA_DIR");
    const bool isNew =
        paths && !QFileInfo::exists(paths->archiveFile()) && (!isNamed || QFileInfo(paths->dataDir).isDir());
    return (isNew ? withSession : lookWithSession)(context, [json](Session &session) {
        session.queries().list([json](const Result<QList<CampaignSummary>> &campaigns) {
            if (campaigns)
                printList(*campaigns, json);
            exitWith(campaigns ? ExitCode::Done : fail(campaigns.error(), ExitCode::NotDone));
        });
    });
}

ExitCode show(const Context &context, const QCommandLineParser &parser) {
    const QString id = parser.positionalArguments().constFirst();
    const bool json = parser.isSet(QStringLiteral("json"));
    const QString file = parser.value(QStringLiteral("file"));
    const auto paths = dataPaths(context.dataDir);
    if (!paths)
        return fail(paths.error(), ExitCode::NotDone);
    return lookWithSession(context, [=, spoolDir = paths->spoolDir(id)](Session &session) {
        session.queries().load(id, [=](const Result<CampaignRecord> &record) {
            if (!record) {
                exitWith(fail(record.error(), ExitCode::NotDone));
                return;
            }
            ExitCode code = ExitCode::Done;
            if (!file.isEmpty())
                code = printFile(*record, file);
            else if (json)
                print(jsonText(QJsonDocument(recordToJson(*record))));
            else
                print(recordToText(*record, spoolDir));
            exitWith(code);
        });
    });
}

} // namespace slipway::cli
