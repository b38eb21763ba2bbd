// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/series/seriesrun.h"

#include <QStringList>

namespace slipway {

/// Where values changed for good.
struct ChangePoint {
    qsizetype index = 0; ///< of the first value after the change
    double before = 0;   ///< mean of the part before, back to the change before it
    double after = 0;
    double pValue = 1;
};

/// Change points of a sequence by E-divisive: the split of the largest energy distance (absolute
/// differences), tested by 199 permutations of its part with a fixed seed, again in each half until no split
/// has p ≤ 0.05; parts of at least five. Source: Matteson and James, J. American Statistical Association 109,
/// 2014. Assumes that values are independent of each other; anything that changes their distribution is
/// found. Looks at the last 1,000 values. The same values give the same answer. Pure.
[[nodiscard]] QList<ChangePoint> changePointsOf(const QList<double> &values);

/// A change of a series: what changed, from when on, and every fact that changed with it.
struct SeriesChange {
    QString measure;   ///< "run", "phase 2", "evidence"
    qsizetype run = 0; ///< index of the first run after it
    ChangePoint point;
    QStringList suspects; ///< "server: 7c1e04… → a907c3…"
};

/// Of each duration, and of the share of runs with evidence. A fact is a suspect where the nearest run before
/// that has it tells another value than the nearest from the change on, at most two runs away on either side:
/// the place of a change is not known to the run.
[[nodiscard]] QList<SeriesChange> changesOf(const QList<SeriesRun> &runs);

} // namespace slipway
