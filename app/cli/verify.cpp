// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/asking.h"
#include "app/cli/commands.h"
#include "app/cli/subject.h"
#include "app/cli/tables.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QJsonDocument>
#include <QJsonObject>

namespace slipway::cli {

namespace {

const char *const kVerifyHelp =
    "slipwayctl [--data-dir DIR] verify ID | FOLDER [--json]\n\n"
    "Judges a campaign from its evidence alone, by the rules of this version: one in the archive, or a "
    "published\n"
    "folder as it lies there (a path with a slash in it). Nothing is stored.\n"
    "Exit code: 0 PROVEN, 1 FAIL, 3 UNPROVEN PASS, 4 NO EVIDENCE, INVALID EVIDENCE or INCOMPLETE.\n";
const char *const kRejudgeHelp = "slipwayctl [--data-dir DIR] rejudge [ID …]\n\n"
                                 "Judges archived evidence by the rules of this version and keeps the "
                                 "judgement beside the older ones. With\n"
                                 "no ID: every campaign that only older rules have judged.\n";
const char *const kDiffHelp = "slipwayctl [--data-dir DIR] diff A B [--json]\n\n"
                              "Aligns two campaigns check by check and cycle by cycle and prints what "
                              "changed from A to B. Each is an ID\n"
                              "in the archive or a folder. Exit code: 0 nothing changed, 1 something did.\n";

void printVerdict(const CampaignRecord &record, bool json) {
    if (json) {
        print(QString::fromUtf8(QJsonDocument(recordToJson(record)).toJson()));
        return;
    }
    print(recordToText(record, QString()));
}

} // namespace

int verify(const Context &context, const QStringList &arguments) {
    QCommandLineParser parser;
    parser.addOption({QStringLiteral("json"), {}});
    if (const auto code = parse(parser, QStringLiteral("verify"), arguments, kVerifyHelp, 1, 1))
        return *code;
    const bool json = parser.isSet(QStringLiteral("json"));
    return withSubjects(context, parser.positionalArguments(), [json](const QList<CampaignRecord> &records) {
        printVerdict(records.constFirst(), json);
        return verdictExitCode(records.constFirst().judgement->verdict);
    });
}

int rejudge(const Context &context, const QStringList &arguments) {
    QCommandLineParser parser;
    if (const auto code =
            parse(parser, QStringLiteral("rejudge"), arguments, kRejudgeHelp, 0, arguments.size()))
        return *code;
    return withServices(context, [ids = parser.positionalArguments()](Services &services) {
        services.rejudge(ids, [](const Result<qint64> &judged) {
            if (judged)
                print(QStringLiteral("%1 campaigns judged anew\n").arg(*judged));
            QCoreApplication::exit(judged ? 0 : fail(judged.error().text, kNothing));
        });
    });
}

int diff(const Context &context, const QStringList &arguments) {
    QCommandLineParser parser;
    parser.addOption({QStringLiteral("json"), {}});
    if (const auto code = parse(parser, QStringLiteral("diff"), arguments, kDiffHelp, 2, 2))
        return *code;
    const bool json = parser.isSet(QStringLiteral("json"));
    return withSubjects(context, parser.positionalArguments(), [json](const QList<CampaignRecord> &records) {
        const CampaignRecord &before = records.at(0);
        const CampaignRecord &after = records.at(1);
        const QList<Difference> differences = diffChecks(before.judgement->checks, after.judgement->checks) +
                                              diffCycles(before.cycles, after.cycles);
        print(json ? diffToJson(before, after, differences) : diffToText(before, after, differences));
        return differences.isEmpty() ? 0 : 1;
    });
}

} // namespace slipway::cli
