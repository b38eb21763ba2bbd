// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/series/alarm.h"
#include "models/series/budgetburn.h"
#include "models/series/changepoints.h"
#include "models/series/drillnote.h"
#include "models/series/pooledbound.h"

namespace slipway {

/// What a series is judged from, and counted for its verdict.
struct SeriesCounts {
    qsizetype slotsInAll = 0; ///< whose time has come or will, as far as the definition says
    qsizetype slotsDue = 0;   ///< whose grace is over, or that are done; excused ones are not among them
    qsizetype slotsToCome = 0;
    qsizetype withoutEvidence = 0; ///< of the due slots; missed ones among them
    qsizetype missed = 0;
    qsizetype doubled = 0;
    qsizetype late = 0;
    qsizetype excused = 0;
    qsizetype runs = 0;        ///< that are over or under way
    qsizetype claimedPass = 0; ///< runs
    qsizetype runsWithoutEvidence = 0;
    qsizetype reds = 0;       ///< runs that FAIL
    qsizetype invalid = 0;    ///< runs with INVALID EVIDENCE
    qsizetype incomplete = 0; ///< runs that are INCOMPLETE
    double cost = 0;
    bool hasCost = false;
};

struct SeriesVerdict {
    Verdict verdict = Verdict::NoEvidence;
    QString head; ///< "26 of 84 slots hold no evidence"
};

/// The one verdict of a series, for every face. In this order: FAIL when more runs fail than the budget
/// allows or the pooled bound excludes the claim; NO EVIDENCE when more slots whose time has come hold none
/// than the budget allows, or there is none at all; INVALID EVIDENCE and INCOMPLETE when runs are that;
/// INCOMPLETE while slots are to come; PROVEN when the pooled bound supports the claim; else UNPROVEN PASS.
/// `pool`: the last one, null where there is none.
[[nodiscard]] SeriesVerdict seriesVerdict(const SeriesCounts &counts, const SeriesDefinition &definition,
                                          const BoundPool *pool);

/// How often a check changed between passed and not.
struct CheckFlips {
    QString check;
    int flips = 0;
    int runs = 0; ///< of the last 20, those that have it
};

/// Everything that is derived of a series. A plain value.
struct SeriesJudgement {
    SeriesDefinition definition;
    QList<SeriesRun> runs; ///< in their order, each with an ordinal
    SlotTable table;
    SeriesCounts counts;
    SeriesVerdict verdict;
    QList<BoundPool> pools;
    QList<Alarm> alarms;
    QList<SeriesChange> changes;
    QList<CheckFlips> flips;                  ///< those that flipped, the most first
    QList<BurnRate> burn;                     ///< of each budget
    QStringList removed;                      ///< SeriesNotes::removed
    QDateTime nextSlot;                       ///< invalid: none comes
    std::optional<SeriesDrillNote> lastDrill; ///< nothing: never drilled
    QStringList notes;                        ///< what was inferred or left out, for a person
};

/// What people noted about a series.
struct SeriesNotes {
    QList<SlotExcuse> excuses;
    QList<AlarmAction> actions;
    QStringList removed; ///< ids of its runs that somebody took out of the archive
};

/// Runs in the order of their time, those without one by ordinal; one without an ordinal gets its place.
[[nodiscard]] QList<SeriesRun> orderRuns(QList<SeriesRun> runs);

/// The definition that runs tell, for a series that nobody defined: schedule from their slots or ends, end
/// with the last run, half a distance of grace. Where no schedule can be told each run is a slot of its own.
[[nodiscard]] SeriesDefinition inferDefinition(const QString &name, const QList<SeriesRun> &runs);

/// Judges a series. Pure: the same runs, notes and moment give the same judgement.
[[nodiscard]] SeriesJudgement judgeSeries(const SeriesDefinition &definition, const QList<SeriesRun> &runs,
                                          const SeriesNotes &notes, const QDateTime &now);

} // namespace slipway
