// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/evidence/convergencebound.h"
#include "models/series/seriesrun.h"

namespace slipway {

/// What a bound said after a run.
struct BoundLook {
    qsizetype run = 0; ///< index
    double lower = 0;  ///< of the weakest fault class
};

/// The cycles of runs one after the other, by fault class, as one sample: the bound of models/evidence holds
/// at every look, so also at each run's end and for cycles of several runs. For one hash of the server and
/// one protocol; another one begins another pool. A plain value.
struct BoundPool {
    QString name; ///< SeriesRun::pool
    qsizetype firstRun = 0;
    qsizetype lastRun = 0;
    int runs = 0;
    QMap<QString, ConvergenceBound> classes;
    QList<BoundLook> looks; ///< after each of its runs

    [[nodiscard]] qint64 cycles() const;
    /// Of the weakest class; nothing without a cycle.
    [[nodiscard]] std::optional<double> lower() const;
    [[nodiscard]] bool supports(double claim) const; ///< every class does
    [[nodiscard]] bool excludes(double claim) const; ///< some class does
    /// Clean cycles until every class supports the claim: the sum of what each needs. Nothing when no number
    /// does.
    [[nodiscard]] std::optional<qint64> moreCleanCycles(double claim) const;
    /// "0.9931 so far; 214 more clean cycles, about 4 runs, to 0.995"
    [[nodiscard]] QString text(double claim) const;
};

/// The pools of runs in their order. Runs whose `pool` is empty, or that have no cycle that struck, add
/// nothing. A run of the server before the current one begins a pool of its own again: which server a series
/// is about is said by its last pool.
[[nodiscard]] QList<BoundPool> poolRuns(const QList<SeriesRun> &runs);

} // namespace slipway
