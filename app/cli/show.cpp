// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"

#include "app/cli/asking.h"
#include "app/cli/tables.h"
#include "app/cli/terminal.h"
#include "app/core/paths.h"

#include <QCommandLineParser>
#include <QCoreApplication>

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>
#include <cstdio>

namespace slipway::cli {

namespace {

constexpr OwnWords kListHelp = "slipwayctl [--data-dir DIR] list [--json]\n\n"
                               "Lists the archived campaigns, newest first: verdict, what their summary "
                               "said, whose fault, why, and what "
                               "is claimed.\n";
constexpr OwnWords kShowHelp =
    "slipwayctl [--data-dir DIR] show ID [--json | --file NAME]\n\n"
    "Shows a campaign: verdict and claim, phases, checks, files. --file prints one file's bytes as they "
    "were\n"
    "recorded, on a terminal without what would drive it. Exit code: 0, or 4 when there is no such campaign "
    "or file.\n";

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

int printFile(const CampaignRecord &record, const QString &name) {
    const auto file = std::find_if(record.files.begin(), record.files.end(),
                                   [&](const EvidenceFile &f) { return f.name == name; });
    if (file == record.files.end())
        return fail(QStringLiteral("Campaign %1 has no file %2; show %1 lists what it has.")
                        .arg(record.summary.id, name),
                    kNothing);
    printBytes(file->bytes);
    return 0;
}

} // namespace

int list(const Context &context, const QStringList &arguments) {
    QCommandLineParser parser;
    parser.addOption({QStringLiteral("json"), {}});
    if (const auto code = parse(parser, QStringLiteral("list"), arguments, kListHelp, 0, 0))
        return *code;
    return lookWithServices(context, [json = parser.isSet(QStringLiteral("json"))](Services &services) {
        services.listCampaigns([json](const Result<QList<CampaignSummary>> &campaigns) {
            if (campaigns)
                printList(*campaigns, json);
            QCoreApplication::exit(campaigns ? 0 : fail(campaigns.error().text, kNothing));
        });
    });
}

int show(const Context &context, const QStringList &arguments) {
    QCommandLineParser parser;
    parser.addOptions({{QStringLiteral("json"), {}}, {QStringLiteral("file"), {}, QStringLiteral("name")}});
    if (const auto code = parse(parser, QStringLiteral("show"), arguments, kShowHelp, 1, 1))
        return *code;
    const QString id = parser.positionalArguments().constFirst();
    const bool json = parser.isSet(QStringLiteral("json"));
    const QString file = parser.value(QStringLiteral("file"));
    const auto paths = dataPaths(context.dataDir);
    if (!paths)
        return fail(paths.error().text, kNothing);
    return lookWithServices(context, [=, spoolDir = paths->spoolDir(id)](Services &services) {
        services.loadCampaign(id, [=](const Result<CampaignRecord> &record) {
            if (!record) {
                QCoreApplication::exit(fail(record.error().text, kNothing));
                return;
            }
            int code = 0;
            if (!file.isEmpty())
                code = printFile(*record, file);
            else if (json)
                print(jsonText(QJsonDocument(recordToJson(*record))));
            else
                print(recordToText(*record, spoolDir));
            QCoreApplication::exit(code);
        });
    });
}

} // namespace slipway::cli
