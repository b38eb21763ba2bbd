// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"

#include "app/cli/tables.h"
#include "app/services.h"

#include <QCommandLineParser>
#include <QCoreApplication>

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>
#include <cstdio>

namespace slipway::cli {

namespace {

constexpr int kNothing = 4;

const char *const kListHelp = "slipwayctl [--data-dir DIR] list [--json]\n\n"
                              "Lists the archived campaigns, newest first: verdict, what was claimed, why.\n";
const char *const kShowHelp =
    "slipwayctl [--data-dir DIR] show ID [--json | --file NAME]\n\n"
    "Shows a campaign: verdict, phases, checks, files. --file prints one file's bytes as they were\n"
    "recorded. Exit code: 0, or 4 when there is no such campaign or file.\n";

// Opens the archive, lets `ask` put its question, and runs until it is answered.
int withServices(const Context &context, const std::function<void(Services &)> &ask) {
    const auto paths = openPaths(context.dataDir);
    if (!paths)
        return fail(paths.error().text, kNothing);
    const auto services = Services::open(*paths);
    if (!services)
        return fail(services.error().text, kNothing);
    ask(**services);
    return QCoreApplication::exec();
}

void printList(const QList<CampaignSummary> &campaigns, bool json) {
    if (json) {
        QJsonArray array;
        for (const CampaignSummary &summary : campaigns)
            array.append(summaryToJson(summary));
        print(QString::fromUtf8(QJsonDocument(array).toJson()));
        return;
    }
    QList<QStringList> rows{{QStringLiteral("CAMPAIGN"), QStringLiteral("VERDICT"), QStringLiteral("CLAIMED"),
                             QStringLiteral("STARTED"), QStringLiteral("WHY")}};
    for (const CampaignSummary &summary : campaigns) {
        rows.append({summary.id, verdictText(summary),
                     !summary.claimedPass   ? QStringLiteral("-")
                     : *summary.claimedPass ? QStringLiteral("pass")
                                            : QStringLiteral("fail"),
                     summary.startedAt.toString(QStringLiteral("yyyy-MM-dd HH:mm")), summary.reason});
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
    std::fwrite(file->bytes.constData(), 1, static_cast<size_t>(file->bytes.size()), stdout);
    std::fflush(stdout);
    return 0;
}

} // namespace

int list(const Context &context, const QStringList &arguments) {
    QCommandLineParser parser;
    parser.addOptions({{QStringLiteral("json"), {}}, {QStringLiteral("help"), {}}});
    if (!parser.parse(QStringList{QStringLiteral("list")} + arguments) ||
        !parser.positionalArguments().isEmpty())
        return failUsage(QStringLiteral("list"), QStringLiteral("unexpected arguments"));
    if (parser.isSet(QStringLiteral("help"))) {
        print(QString::fromUtf8(kListHelp));
        return 0;
    }
    return withServices(context, [json = parser.isSet(QStringLiteral("json"))](Services &services) {
        services.listCampaigns([json](const Result<QList<CampaignSummary>> &campaigns) {
            if (campaigns)
                printList(*campaigns, json);
            QCoreApplication::exit(campaigns ? 0 : fail(campaigns.error().text, kNothing));
        });
    });
}

int show(const Context &context, const QStringList &arguments) {
    QCommandLineParser parser;
    parser.addOptions({{QStringLiteral("json"), {}},
                       {QStringLiteral("help"), {}},
                       {QStringLiteral("file"), {}, QStringLiteral("name")}});
    if (!parser.parse(QStringList{QStringLiteral("show")} + arguments))
        return failUsage(QStringLiteral("show"), parser.errorText());
    if (parser.isSet(QStringLiteral("help"))) {
        print(QString::fromUtf8(kShowHelp));
        return 0;
    }
    if (parser.positionalArguments().size() != 1)
        return failUsage(QStringLiteral("show"), QStringLiteral("name one campaign"));
    const QString id = parser.positionalArguments().constFirst();
    const bool json = parser.isSet(QStringLiteral("json"));
    const QString file = parser.value(QStringLiteral("file"));
    const auto paths = openPaths(context.dataDir);
    if (!paths)
        return fail(paths.error().text, kNothing);
    return withServices(context, [=, spoolDir = paths->spoolDir(id)](Services &services) {
        services.loadCampaign(id, [=](const Result<CampaignRecord> &record) {
            if (!record) {
                QCoreApplication::exit(fail(record.error().text, kNothing));
                return;
            }
            int code = 0;
            if (!file.isEmpty())
                code = printFile(*record, file);
            else if (json)
                print(QString::fromUtf8(QJsonDocument(recordToJson(*record)).toJson()));
            else
                print(recordToText(*record, spoolDir));
            QCoreApplication::exit(code);
        });
    });
}

} // namespace slipway::cli
