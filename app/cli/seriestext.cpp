// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/seriestext.h"

#include "app/archive/archive.h"
#include "app/cli/tables.h"
#include "app/core/paths.h"
#include "models/core/countof.h"
#include "models/series/seriesjson.h"

#include <QJsonDocument>

namespace slipway::cli {

namespace {

QString timeText(const QDateTime &at) {
    return at.toUTC().toString(QStringLiteral("yyyy-MM-dd hh:mm"));
}

TerminalText alarmLines(const SeriesJudgement &judged) {
    QList<QStringList> rows;
    for (const Alarm &alarm : judged.alarms) {
        QString signature = alarm.first.signature();
        QString reason = alarm.first.text;
        if (alarm.signalList.size() > 1)
            reason += QStringLiteral(" It signalled %1 times.").arg(alarm.signalList.size());
        if (alarm.action)
            reason += QStringLiteral(" %1: %2").arg(alarm.action->by, alarm.action->why);
        rows << QStringList{QStringLiteral("  ") + alarmStateName(alarm.state), signature,
                            QStringLiteral("run %1").arg(alarm.first.run), timeText(alarm.first.at), reason};
    }
    return rows.isEmpty() ? lineText(QStringLiteral("No alarm."))
                          : lineText(QStringLiteral("Alarms:")) + tableText(rows);
}

TerminalText changeLines(const SeriesJudgement &judged) {
    TerminalText text;
    for (const SeriesChange &change : judged.changes)
        text +=
            lineText(QStringLiteral("Changed with run %1: %2 from %3 to %4; %5")
                         .arg(judged.runs.at(change.run).ordinal)
                         .arg(change.measure)
                         .arg(change.point.before, 0, 'g', 4)
                         .arg(change.point.after, 0, 'g', 4)
                         .arg(change.suspects.isEmpty() ? QStringLiteral("no recorded fact changed there")
                                                        : QStringLiteral("suspects: ") +
                                                              change.suspects.join(QStringLiteral("; "))));
    for (const CheckFlips &flips : judged.flips)
        text += lineText(QStringLiteral("%1 flipped %2 in %3")
                             .arg(flips.check, countOf(flips.flips, "time"), countOf(flips.runs, "run")));
    return text;
}

ExitCode withStore(const Context &context, bool writes,
                   const std::function<ExitCode(SeriesArchive &)> &then) {
    const auto paths = dataPaths(context.dataDir);
    if (!paths)
        return fail(paths.error(), ExitCode::NotDone);
    const auto store = writes ? Archive::open(*paths) : Archive::openToRead(*paths);
    if (!store)
        return fail(store.error(), ExitCode::NotDone);
    SeriesArchive archive(**store);
    return then(archive);
}

} // namespace

TerminalText seriesToText(const SeriesJudgement &judged) {
    const SeriesCounts &counts = judged.counts;
    TerminalText text =
        lineText(QStringLiteral("%1: %2, %3")
                     .arg(judged.definition.name, verdictName(judged.verdict.verdict), judged.verdict.head));
    text += tableText(
        {{QStringLiteral("  schedule"), judged.definition.schedule.isValid()
                                            ? judged.definition.schedule.text() + QStringLiteral(" UTC")
                                            : QStringLiteral("-")},
         {QStringLiteral("  slots"),
          QStringLiteral("%1, %2 due, %3 to come: %4 missed, %5 doubled, %6 late, %7 excused")
              .arg(counts.slotsInAll)
              .arg(counts.slotsDue)
              .arg(counts.slotsToCome)
              .arg(counts.missed)
              .arg(counts.doubled)
              .arg(counts.late)
              .arg(counts.excused)},
         {QStringLiteral("  runs"), QStringLiteral("%1: %2 claim a pass, %3 hold no evidence, %4 fail")
                                        .arg(counts.runs)
                                        .arg(counts.claimedPass)
                                        .arg(counts.runsWithoutEvidence)
                                        .arg(counts.reds)},
         {QStringLiteral("  bound"), judged.pools.isEmpty()
                                         ? QStringLiteral("none: no cycle that was observed can be pooled")
                                         : judged.pools.constLast().text(judged.definition.claim)}});
    if (judged.nextSlot.isValid())
        text += lineText(QStringLiteral("Next slot: %1 UTC").arg(timeText(judged.nextSlot)));
    text += lineText(QStringLiteral("Last drill: %1").arg(drillText(judged.lastDrill)));
    for (const QString &note : judged.notes)
        text += lineText(note);
    for (const BurnRate &burn : judged.burn) {
        if (burn.rate)
            text += lineText(QStringLiteral("Budget, %1").arg(burn.text()));
    }
    return text + changeLines(judged) + alarmLines(judged);
}

ExitCode printSeries(const SeriesJudgement &judged, bool json, bool details) {
    if (json)
        print(jsonText(QJsonDocument(details ? seriesDetailsToJson(judged) : seriesToJson(judged))));
    else
        print(seriesToText(judged));
    return exitCodeOf(judged.verdict.verdict);
}

void printNewAlarms(const SeriesAlarms &alarms) {
    for (auto it = alarms.constBegin(); it != alarms.constEnd(); ++it) {
        for (const Alarm &alarm : *it)
            print(lineText(QStringLiteral("Series %1 has a new alarm by rules %2: %3, run %4: %5")
                               .arg(it.key())
                               .arg(kAlarmRulesVersion)
                               .arg(alarm.first.signature())
                               .arg(alarm.first.run)
                               .arg(alarm.first.text)));
    }
}

ExitCode lookAtSeries(const Context &context, const std::function<ExitCode(SeriesArchive &)> &then) {
    return withStore(context, false, then);
}

ExitCode withSeries(const Context &context, const std::function<ExitCode(SeriesArchive &)> &then) {
    return withStore(context, true, then);
}

} // namespace slipway::cli
