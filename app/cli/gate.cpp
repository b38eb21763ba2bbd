// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/asking.h"
#include "app/cli/cireport.h"
#include "app/cli/commands.h"
#include "app/cli/tables.h"
#include "app/session/campaignqueries.h"
#include "app/session/session.h"

#include <QCommandLineParser>
#include <QJsonDocument>

#include <algorithm>

namespace slipway::cli {

namespace {

ExitCode answer(const CampaignRecord &record, const CiReport &report, bool json) {
    if (const auto written = report.write(record); !written)
        return fail(written.error(), ExitCode::NotDone);
    if (json)
        print(jsonText(QJsonDocument(recordToJson(record))));
    else
        print(lineText(QStringLiteral("%1: %2. %3")
                           .arg(record.summary.id, verdictText(record.summary), record.summary.reason)));
    return record.judgement ? exitCodeOf(record.judgement->verdict) : ExitCode::NotDone;
}

} // namespace

ExitCode gate(const Context &context, const QCommandLineParser &parser) {
    const QString tag = parser.value(QStringLiteral("tag"));
    if (tag.isEmpty())
        return failUsage(context, QStringLiteral("--tag TAG is missing"));
    const auto report = CiReport::fromOptions(parser);
    if (!report)
        return fail(report.error(), ExitCode::Usage);
    const bool json = parser.isSet(QStringLiteral("json"));
    return lookWithSession(context, [=, report = *report](Session &session) {
        session.queries().list([=, &queries =
                                       session.queries()](const Result<QList<CampaignSummary>> &campaigns) {
            if (!campaigns) {
                exitWith(fail(campaigns.error(), ExitCode::NotDone));
                return;
            }
            // The list has the newest first. An older one that was proven says nothing once a newer one was
            // begun.
            const auto newest =
                std::find_if(campaigns->begin(), campaigns->end(),
                             [&](const CampaignSummary &summary) { return summary.ref == tag; });
            if (newest == campaigns->end()) {
                exitWith(fail(
                    QStringLiteral("No campaign judges %1: none in the archive has it as its ref. Run one "
                                   "with --ref %1, or import the runs that were published.")
                        .arg(tag),
                    ExitCode::NotDone));
                return;
            }
            queries.judge(newest->id, [=](const Result<CampaignRecord> &record) {
                exitWith(record ? answer(*record, report, json) : fail(record.error(), ExitCode::NotDone));
            });
        });
    });
}

} // namespace slipway::cli
