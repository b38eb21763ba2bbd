// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/series/seriesrun.h"

namespace slipway {

enum class SlotState {
    Expected, ///< its time has not come, or its grace still runs
    Running,  ///< a run of it is under way
    Done,
    Late,   ///< done, or still running, after its grace
    Missed, ///< its grace is over and nothing ran
    Excused ///< nothing ran, and somebody said why that is all right
};

[[nodiscard]] QString slotStateName(SlotState state); ///< "expected", "running", …; printed

/// A person's word that a slot without a run does not count as missed.
struct SlotExcuse {
    QDateTime slot;
    QString by;
    QString why;
};

struct SeriesSlot {
    int number = 0; ///< from 1, counted by time: a lost run leaves a hole
    QDateTime at;   ///< UTC
    SlotState state = SlotState::Expected;
    QList<qsizetype> runs; ///< indexes; two or more: it was doubled
    SlotExcuse excuse;     ///< of Excused

    /// Something can be said of it: nothing is to come, and nobody excused it.
    [[nodiscard]] bool isDue() const {
        return state != SlotState::Expected && state != SlotState::Running && state != SlotState::Excused;
    }
    [[nodiscard]] bool isDoubled() const { return runs.size() > 1; }
    /// One of its runs does; `all` are those that `runs` are indexes of.
    [[nodiscard]] bool holdsEvidence(const QList<SeriesRun> &all) const;
};

/// Every slot of a series with its runs.
struct SlotTable {
    QList<SeriesSlot> slotList; ///< ascending
    QList<qsizetype> extra;     ///< runs that belong to no slot

    [[nodiscard]] qsizetype count(SlotState state) const;
    [[nodiscard]] qsizetype doubled() const;
};

/// Places runs into slots by time. A run belongs to the slot that it names, where that is one (a minute more
/// or less: a clock that was set); one that names another time is extra. One that names none belongs to the
/// last slot at or before its start (where that is not known: its end), whatever its ordinal is and however
/// many slots it lasts: so a run that spans two slots is late in the first and leaves the second to its own
/// run. A run before the first slot, or a whole distance after the last, is extra.
/// `now` decides what is missed; excuses name slots to the minute. Linear but for sorting; pure.
[[nodiscard]] SlotTable placeRuns(const QList<QDateTime> &expected, qint64 graceSeconds,
                                  const QList<SeriesRun> &runs, const QDateTime &now,
                                  const QList<SlotExcuse> &excuses);

} // namespace slipway
