// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pages/series/seriespage.h"
#include "app/pages/write/checktables.h"
#include "app/pages/write/htmlwriter.h"
#include "models/core/countof.h"
#include "models/core/quantitytext.h"
#include "models/evidence/bounds.h"
#include "models/series/seriescharts.h"
#include "models/series/seriescriteria.h"

#include <algorithm>

namespace slipway {

namespace {

constexpr qsizetype kRows = 1'000; // of a table of runs; judgement.json has all

QString stateClass(SeriesCriterion::State state) {
    switch (state) {
    case SeriesCriterion::State::Holds:
        return QStringLiteral("state holds");
    case SeriesCriterion::State::Broken:
        return QStringLiteral("state broken");
    case SeriesCriterion::State::Open:
    case SeriesCriterion::State::NotMeasured:
        break;
    }
    return QStringLiteral("state open");
}

void openSection(HtmlWriter &html, const char *id, const QString &title) {
    html.open("section", {{"id", QString::fromLatin1(id)}, {"class", QStringLiteral("card")}});
    html.element("h2", title);
}

const SeriesRun *runOf(const SeriesJudgement &judged, const AlarmSignal &signal) {
    if (signal.rule == QLatin1String("schedule-missed"))
        return nullptr; // it has none: the number is the slot's
    const auto it = std::find_if(judged.runs.begin(), judged.runs.end(),
                                 [&](const SeriesRun &run) { return run.ordinal == signal.run; });
    return it == judged.runs.end() ? nullptr : &*it;
}

// What became of an alarm, in words.
QString becameText(const Alarm &alarm) {
    QString text = alarm.signalList.size() > 1
                       ? QStringLiteral("It signalled %1 times. ").arg(alarm.signalList.size())
                       : QString();
    if (!alarm.action)
        return text + QStringLiteral("Nobody has seen to it.");
    text += QStringLiteral("%1, %2 UTC: %3")
                .arg(alarm.action->by, dayTimeText(alarm.action->at), alarm.action->why);
    if (alarm.action->until.isValid())
        text += QStringLiteral(" (quiet until %1 UTC)").arg(dayTimeText(alarm.action->until));
    return text;
}

// How fast budgets are used, by short and long windows.
void writeBurn(HtmlWriter &html, const SeriesJudgement &judged) {
    QList<QStringList> rows;
    for (const BurnRate &burn : judged.burn)
        rows << QStringList{
            burn.budget, burn.window, QString::number(burn.used), QString::number(burn.slotCount),
            burn.rate ? QString::number(*burn.rate, 'f', 1) : QStringLiteral("none is allowed")};
    if (rows.isEmpty())
        return;
    html.open("details");
    html.element("summary", QStringLiteral("How fast the budgets are used"));
    writeTable(html, QStringLiteral("Budgets by window"),
               {QStringLiteral("Budget"), QStringLiteral("Window"), QStringLiteral("Used"),
                QStringLiteral("Slots"), QStringLiteral("Times the allowed rate")},
               rows);
    html.close();
}

} // namespace

void writeCriteria(HtmlWriter &html, const SeriesPageContent &content) {
    html.open("section", {{"id", QStringLiteral("criteria")}, {"class", QStringLiteral("card")}});
    html.element("h2", QStringLiteral("Criteria, and what came"));
    openTable(html, QStringLiteral("Criteria, and what came"), "plain",
              {QStringLiteral("Criterion"), QStringLiteral("Allowed"), QStringLiteral("Came"),
               QStringLiteral("State")});
    for (const SeriesCriterion &criterion : criteriaOf(content.judged)) {
        html.open("tr");
        html.element("th", criterion.name, {{"scope", QStringLiteral("row")}});
        html.element("td", criterion.allowed);
        html.element("td", criterion.came);
        html.open("td");
        html.element("span", criterionStateName(criterion.state), {{"class", stateClass(criterion.state)}});
        html.close();
        html.close();
    }
    closeTable(html);
    writeBurn(html, content.judged);
    for (const QString &note : content.judged.notes)
        html.element("p", note, {{"class", QStringLiteral("muted")}});
    html.close();
}

void writeHoles(HtmlWriter &html, const SeriesPageContent &content) {
    const SeriesJudgement &judged = content.judged;
    const QList<SeriesHole> holes = holesOf(judged);
    QList<QStringList> excused;
    for (const SeriesSlot &slot : judged.table.slotList) {
        if (slot.state == SlotState::Excused)
            excused << QStringList{dayTimeText(slot.at), slot.excuse.by, slot.excuse.why};
    }
    if (holes.isEmpty() && excused.isEmpty())
        return;
    openSection(html, "holes", QStringLiteral("Holes: slots without evidence"));
    QList<QStringList> rows;
    for (const SeriesHole &hole : holes) {
        const SeriesSlot &first = judged.table.slotList.at(hole.first);
        const SeriesSlot &last = judged.table.slotList.at(hole.last);
        QString runs = hole.isMissed ? QStringLiteral("nothing ran") : slotRunsText(first, judged.runs);
        if (!hole.isMissed && hole.first != hole.last)
            runs += QStringLiteral(" to ") + slotRunsText(last, judged.runs);
        rows << QStringList{dayTimeText(first.at), dayTimeText(last.at),
                            QString::number(hole.last - hole.first + 1), runs};
    }
    if (!rows.isEmpty())
        writeTable(html, QStringLiteral("Holes"),
                   {QStringLiteral("From, UTC"), QStringLiteral("To"), QStringLiteral("Slots"),
                    QStringLiteral("What is there")},
                   rows);
    if (!excused.isEmpty()) {
        html.element("h3", QStringLiteral("Excused"));
        writeTable(html, QStringLiteral("Excused slots"),
                   {QStringLiteral("Slot, UTC"), QStringLiteral("By"), QStringLiteral("Why")}, excused);
    }
    html.close();
}

void writeAlarms(HtmlWriter &html, const SeriesPageContent &content) {
    const SeriesJudgement &judged = content.judged;
    openSection(html, "alarms", QStringLiteral("Alarms, and what became of them"));
    if (judged.alarms.isEmpty()) {
        html.element("p", QStringLiteral("No rule alarmed."));
        html.close();
        return;
    }
    openTable(html, QStringLiteral("Alarms, and what became of them"), "plain",
              {QStringLiteral("Alarm"), QStringLiteral("State"), QStringLiteral("At run"),
               QStringLiteral("When, UTC"), QStringLiteral("Why"), QStringLiteral("What became of it")});
    for (const Alarm &alarm : judged.alarms) {
        html.open("tr");
        html.element("th", alarm.first.signature(), {{"scope", QStringLiteral("row")}});
        html.open("td");
        html.element(
            "span", alarmStateName(alarm.state),
            {{"class", alarm.isLoud() ? QStringLiteral("state broken") : QStringLiteral("state open")}});
        html.close();
        html.open("td");
        if (const SeriesRun *run = runOf(judged, alarm.first))
            writeRunLink(html, content, *run, QString::number(run->ordinal));
        else
            html.text(QStringLiteral("slot %1").arg(alarm.first.run));
        html.close();
        html.element("td", dayTimeText(alarm.first.at));
        html.element("td", alarm.first.text);
        html.element("td", becameText(alarm));
        html.close();
    }
    closeTable(html);
    html.open("details");
    html.element("summary", QStringLiteral("What each rule watches and assumes"));
    QList<QStringList> rules;
    for (const AlarmRule &rule : alarmRules())
        rules << QStringList{QString::fromLatin1(rule.name), QString::fromLatin1(rule.watches),
                             QString::fromLatin1(rule.assumes),
                             rule.falsePerThousand > 0 ? QString::number(rule.falsePerThousand)
                                                       : QStringLiteral("0, it looks at facts")};
    writeTable(html, QStringLiteral("Rules"),
               {QStringLiteral("Rule"), QStringLiteral("Watches"), QStringLiteral("Assumes"),
                QStringLiteral("False alarms in 1,000 runs")},
               rules);
    html.close();
    html.close();
}

void writePools(HtmlWriter &html, const SeriesPageContent &content) {
    const SeriesJudgement &judged = content.judged;
    openSection(html, "bound", QStringLiteral("Bound by server and fault class"));
    if (judged.pools.isEmpty())
        html.element("p", QStringLiteral("No cycle that was observed can be pooled, so no bound is shown."));
    for (const BoundPool &pool : judged.pools) {
        html.element("h3", pool.name);
        html.element("p",
                     QStringLiteral("Runs %1 to %2: %3")
                         .arg(judged.runs.at(pool.firstRun).ordinal)
                         .arg(judged.runs.at(pool.lastRun).ordinal)
                         .arg(pool.text(judged.definition.claim)),
                     {{"class", QStringLiteral("muted")}});
        QList<QStringList> rows;
        for (auto it = pool.classes.constBegin(); it != pool.classes.constEnd(); ++it)
            rows << QStringList{it.key(), QString::number(it->cycles()), QString::number(it->clean()),
                                boundText(it->lower())};
        writeTable(html, QStringLiteral("Bound by fault class, ") + pool.name,
                   {QStringLiteral("Fault class"), QStringLiteral("Cycles"),
                    QStringLiteral("That lost nothing"), QStringLiteral("Lower bound, 95 %")},
                   rows);
    }
    html.close();
}

void writeChanges(HtmlWriter &html, const SeriesPageContent &content) {
    const SeriesJudgement &judged = content.judged;
    if (judged.changes.isEmpty() && judged.flips.isEmpty())
        return;
    openSection(html, "changes", QStringLiteral("What changed for good"));
    QList<QStringList> rows;
    for (const SeriesChange &change : judged.changes)
        rows << QStringList{change.measure,
                            QString::number(judged.runs.at(change.run).ordinal),
                            dayTimeText(judged.runs.at(change.run).moment()),
                            QString::number(change.point.before, 'g', 4),
                            QString::number(change.point.after, 'g', 4),
                            change.suspects.isEmpty() ? QStringLiteral("no recorded fact changed there")
                                                      : change.suspects.join(QStringLiteral("; "))};
    if (!rows.isEmpty())
        writeTable(html, QStringLiteral("Changes"),
                   {QStringLiteral("Measure"), QStringLiteral("From run"), QStringLiteral("When, UTC"),
                    QStringLiteral("Before"), QStringLiteral("After"), QStringLiteral("Suspects")},
                   rows);
    QList<QStringList> flips;
    for (const CheckFlips &flip : judged.flips)
        flips << QStringList{flip.check, QString::number(flip.flips), QString::number(flip.runs)};
    if (!flips.isEmpty())
        writeTable(html, QStringLiteral("Checks that flipped"),
                   {QStringLiteral("Check that flipped"), QStringLiteral("Times"), QStringLiteral("In runs")},
                   flips);
    html.close();
}

void writeRuns(HtmlWriter &html, const SeriesPageContent &content) {
    const SeriesJudgement &judged = content.judged;
    openSection(html, "runs", QStringLiteral("Runs"));
    const qsizetype from = std::max<qsizetype>(0, judged.runs.size() - kRows);
    if (from > 0)
        html.element(
            "p",
            QStringLiteral("The last %1 of %2; judgement.json has all.").arg(kRows).arg(judged.runs.size()),
            {{"class", QStringLiteral("muted")}});
    html.open("details");
    html.element("summary", countOf(judged.runs.size() - from, "run") + QStringLiteral(", one a line"));
    openTable(html, QStringLiteral("Runs"), "plain",
              {QStringLiteral("Run"), QStringLiteral("Verdict"), QStringLiteral("Its summary"),
               QStringLiteral("Completed, UTC"), QStringLiteral("Took"), QStringLiteral("Lost writes"),
               QStringLiteral("Cost")});
    for (qsizetype i = from; i < judged.runs.size(); ++i) {
        const SeriesRun &run = judged.runs.at(i);
        const auto seconds = run.seconds.constFind(kWholeRun);
        html.open("tr");
        html.open("th", {{"scope", QStringLiteral("row")}});
        writeRunLink(html, content, run, run.id);
        html.close();
        html.open("td");
        if (run.verdict)
            html.verdict(*run.verdict);
        else
            html.text(QStringLiteral("under way"));
        html.close();
        html.element("td", !run.claimedPass   ? QStringLiteral("says nothing")
                           : *run.claimedPass ? QStringLiteral("claims a pass")
                                              : QStringLiteral("claims a fail"));
        html.element("td", dayTimeText(run.completedAt));
        html.element("td", seconds == run.seconds.constEnd()
                               ? QStringLiteral("not measured")
                               : durationText(qRound64(*seconds * 1000), SpanTo::Second));
        html.element("td", run.lost ? QString::number(*run.lost) : QStringLiteral("not measured"));
        html.element("td", run.cost ? QString::number(*run.cost, 'f', 2) : QStringLiteral("not recorded"));
        html.close();
    }
    closeTable(html);
    html.close();
    html.close();
}

} // namespace slipway
