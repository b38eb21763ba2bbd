// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/series/seriesjudgement.h"

#include <QDate>

namespace slipway {

/// A chart of a series over the time of its slots, for every face that draws one. A plain value.
struct SeriesChart {
    struct Point {
        qsizetype run = 0;           ///< index
        QDateTime at;                ///< of its slot, else its moment; valid: a run without a time has none
        std::optional<double> value; ///< nothing: not measured, never 0
        bool isOut = false;          ///< beyond a limit
    };
    struct Limit {
        double value = 0;
        QString name;
        bool isCentre = false;
    };
    QString id; ///< "bound", "evidence", "duration", "ewma"; "latency-p50", "latency-p99", "settle", "cost"
    QString title;  ///< "Lower bound, pooled"
    QString answer; ///< "none yet", "1 of 58 out"
    QString note;   ///< one sentence: what it rests on
    QString unit;   ///< " s"
    int decimals = 0;
    QList<Point> points; ///< ascending in time
    QList<Limit> limits;
    double from = 0; ///< the y axis
    double to = 1;

    /// One whose runs, each at its place on the axis of time, have no value yet.
    [[nodiscard]] static SeriesChart over(const QString &id, const QString &title, const QString &unit,
                                          int decimals, const QList<QDateTime> &places);
    /// Sets the y axis so that all points and limits are in sight, with some room; `fromZero`: it begins
    /// there.
    void fit(bool fromZero = false);
    [[nodiscard]] bool isMeasured() const; ///< some point has a value
};

/// Bound, running sum of missing evidence, duration and its weighted mean, in this order; then latencies,
/// settle time and cost, each where some run measured it. Pure; linear.
[[nodiscard]] QList<SeriesChart> chartsOf(const SeriesJudgement &judged);

/// The slots of one day, UTC: indexes, ascending.
struct SlotDay {
    QDate day;
    QList<qsizetype> slotList;
};

/// Each day from the first slot to the last that has one.
[[nodiscard]] QList<SlotDay> slotDays(const SlotTable &table);

/// When a day begins in UTC, in seconds since 1970.
[[nodiscard]] qint64 dayStart(const QDate &day);

/// What a cell of a slot shows: the verdict of its runs, the worst first; nothing where none is over.
[[nodiscard]] std::optional<Verdict> slotVerdict(const SeriesSlot &slot, const QList<SeriesRun> &runs);
/// "run 21", "runs 3 and 4", "no run".
[[nodiscard]] QString slotRunsText(const SeriesSlot &slot, const QList<SeriesRun> &runs);

} // namespace slipway
