// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/series/seriesjudgement.h"

#include "models/core/countof.h"
#include "models/series/copiedruns.h"

#include <algorithm>
#include <utility>

namespace slipway {

namespace {

constexpr qsizetype kFlipRuns = 20;
constexpr qsizetype kNamed = 10; // runs in a note

SeriesCounts countAll(const SeriesJudgement &judged, const QDateTime &now) {
    SeriesCounts counts;
    const SlotTable &table = judged.table;
    counts.slotsInAll = table.slotList.size();
    for (const SeriesSlot &slot : table.slotList) {
        counts.slotsDue += slot.isDue() ? 1 : 0;
        counts.withoutEvidence += slot.isDue() && !slot.holdsEvidence(judged.runs) ? 1 : 0;
        counts.slotsToCome += slot.state == SlotState::Expected || slot.state == SlotState::Running ? 1 : 0;
    }
    if (!judged.definition.isOver(now) && counts.slotsToCome == 0)
        counts.slotsToCome = 1; // a series without an end always has a next one
    counts.missed = table.count(SlotState::Missed);
    counts.late = table.count(SlotState::Late);
    counts.excused = table.count(SlotState::Excused);
    counts.doubled = table.doubled();
    counts.runs = judged.runs.size();
    for (const SeriesRun &run : judged.runs) {
        counts.claimedPass += run.claimedPass == true ? 1 : 0;
        counts.runsWithoutEvidence += !run.hasEvidence && !run.isRunning ? 1 : 0;
        counts.reds += run.verdict == Verdict::Fail ? 1 : 0;
        counts.invalid += run.hasEvidence && run.verdict == Verdict::InvalidEvidence ? 1 : 0;
        counts.incomplete += run.hasEvidence && run.verdict == Verdict::Incomplete ? 1 : 0;
        counts.cost += run.cost.value_or(0);
        counts.hasCost = counts.hasCost || run.cost;
    }
    return counts;
}

QList<CheckFlips> flipsOf(const QList<SeriesRun> &runs) {
    QMap<QString, CheckFlips> byCheck;
    QMap<QString, bool> last;
    for (qsizetype i = std::max<qsizetype>(0, runs.size() - kFlipRuns); i < runs.size(); ++i) {
        const QMap<QString, bool> &checks = runs.at(i).checks;
        for (auto it = checks.constBegin(); it != checks.constEnd(); ++it) {
            CheckFlips &flips = byCheck[it.key()];
            flips.check = it.key();
            ++flips.runs;
            if (const auto before = last.constFind(it.key()); before != last.constEnd() && *before != *it)
                ++flips.flips;
            last.insert(it.key(), *it);
        }
    }
    QList<CheckFlips> flips;
    for (const CheckFlips &one : std::as_const(byCheck)) {
        if (one.flips > 0)
            flips << one;
    }
    std::stable_sort(flips.begin(), flips.end(),
                     [](const CheckFlips &a, const CheckFlips &b) { return a.flips > b.flips; });
    return flips;
}

// Of a series without a schedule each run is a slot of its own.
QList<QDateTime> momentsOf(const QList<SeriesRun> &runs) {
    QList<QDateTime> moments;
    for (const SeriesRun &run : runs) {
        const QDateTime at = run.slot.isValid()        ? run.slot
                             : run.startedAt.isValid() ? run.startedAt
                                                       : run.completedAt;
        if (at.isValid())
            moments << at;
    }
    std::sort(moments.begin(), moments.end());
    moments.erase(std::unique(moments.begin(), moments.end()), moments.end());
    return moments;
}

QStringList notesOf(const SeriesJudgement &judged) {
    QStringList notes;
    if (!judged.definition.schedule.isValid())
        notes << QStringLiteral("The runs follow no schedule that can be told: each is a slot of its own.");
    else if (judged.definition.isScheduleInferred)
        notes << QStringLiteral(
                     "The schedule is inferred from the runs: %1. \"series edit\" confirms or corrects it.")
                     .arg(judged.definition.schedule.text());
    if (const qsizetype removed = judged.removed.size(); removed > 0)
        notes << QStringLiteral(
                     "%1 removed from the archive; neither counts nor bound rest on what they held: %2")
                     .arg(countOf(removed, "run was", "runs were"),
                          judged.removed.mid(0, kNamed).join(QStringLiteral(", ")) +
                              (removed > kNamed ? QStringLiteral(" and %1 more").arg(removed - kNamed)
                                                : QString()));
    if (!judged.table.extra.isEmpty())
        notes << QStringLiteral("%1 in no slot").arg(countOf(judged.table.extra.size(), "run"));
    for (qsizetype i = 1; i < judged.pools.size(); ++i)
        notes << QStringLiteral("Run %1 is of another server or protocol: its cycles begin another pool.")
                     .arg(judged.runs.at(judged.pools.at(i).firstRun).ordinal);
    const auto back = std::count_if(judged.runs.begin(), judged.runs.end(), [](const SeriesRun &run) {
        const QDateTime begin = run.startedAt.isValid() ? run.startedAt : run.slot;
        return begin.isValid() && run.completedAt.isValid() && run.completedAt < begin;
    });
    if (back > 0)
        notes << QStringLiteral("%1 ended before its begin: a clock was set back.").arg(countOf(back, "run"));
    return notes;
}

} // namespace

QList<SeriesRun> orderRuns(QList<SeriesRun> runs) {
    std::stable_sort(runs.begin(), runs.end(), [](const SeriesRun &a, const SeriesRun &b) {
        const QDateTime atA = a.slot.isValid() ? a.slot : a.moment();
        const QDateTime atB = b.slot.isValid() ? b.slot : b.moment();
        if (atA.isValid() && atB.isValid() && atA != atB)
            return atA < atB;
        return a.ordinal < b.ordinal;
    });
    for (qsizetype i = 0; i < runs.size(); ++i) {
        if (runs.at(i).ordinal < 1)
            runs[i].ordinal = static_cast<int>(i) + 1;
    }
    return runs;
}

SeriesDefinition inferDefinition(const QString &name, const QList<SeriesRun> &runs) {
    SeriesDefinition definition;
    definition.name = name;
    definition.origin = SeriesOrigin::Inferred;
    definition.isScheduleInferred = true;
    QList<QDateTime> named;
    QList<QDateTime> moments;
    for (const SeriesRun &run : runs) {
        if (run.slot.isValid())
            named << run.slot;
        if (const QDateTime at = run.startedAt.isValid() ? run.startedAt : run.completedAt; at.isValid())
            moments << at;
    }
    const bool areSlots = named.size() * 2 > runs.size();
    QList<QDateTime> &times = areSlots ? named : moments;
    std::sort(times.begin(), times.end());
    if (times.isEmpty())
        return definition;
    if (const auto schedule = inferSchedule(times, areSlots)) {
        definition.schedule = *schedule;
        const QDateTime next = schedule->after(times.constFirst());
        const qint64 distance = std::max<qint64>(60, next.secsTo(schedule->after(next)));
        // The slot of the first run, which is at most one distance before it; the last is that of the last
        // run.
        definition.begin = schedule->after(times.constFirst().addSecs(areSlots ? -1 : -distance));
        definition.graceSeconds = std::clamp<qint64>(distance / 2, 60, SeriesDefinition::kMaxGraceSeconds);
    } else {
        definition.begin = times.constFirst();
    }
    definition.end = times.constLast();
    return definition;
}

SeriesJudgement judgeSeries(const SeriesDefinition &definition, const QList<SeriesRun> &runs,
                            const SeriesNotes &notes, const QDateTime &now) {
    SeriesJudgement judged;
    judged.definition = definition;
    judged.runs = orderRuns(runs);
    judged.notes = takeOutCopies(judged.runs);
    judged.removed = notes.removed;
    const QList<QDateTime> times =
        definition.schedule.isValid() ? definition.slotTimes(now) : momentsOf(judged.runs);
    judged.table = placeRuns(times, definition.graceSeconds, judged.runs, now, notes.excuses);
    judged.pools = poolRuns(judged.runs);
    judged.counts = countAll(judged, now);
    judged.verdict = seriesVerdict(judged.counts, definition,
                                   judged.pools.isEmpty() ? nullptr : &judged.pools.constLast());
    judged.alarms = alarmsOf(alarmSignals(judged.runs, judged.table, definition), notes.actions, now);
    judged.changes = changesOf(judged.runs);
    judged.flips = flipsOf(judged.runs);
    judged.burn = burnOf(judged.table, judged.runs, definition.budgets);
    if (!definition.isOver(now)) {
        const QDateTime next = definition.schedule.isValid() ? definition.schedule.after(now) : QDateTime();
        judged.nextSlot = definition.end.isValid() && next > definition.end ? QDateTime() : next;
    }
    judged.notes += notesOf(judged);
    return judged;
}

} // namespace slipway
