// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/series/pooledbound.h"

#include "models/core/countof.h"
#include "models/evidence/bounds.h"

#include <algorithm>

namespace slipway {

qint64 BoundPool::cycles() const {
    qint64 sum = 0;
    for (const ConvergenceBound &bound : classes)
        sum += bound.cycles();
    return sum;
}

std::optional<double> BoundPool::lower() const {
    std::optional<double> weakest;
    for (const ConvergenceBound &bound : classes) {
        const double lower = bound.lower();
        weakest = weakest ? std::min(*weakest, lower) : lower;
    }
    return weakest;
}

bool BoundPool::supports(double claim) const {
    return !classes.isEmpty() &&
           std::all_of(classes.begin(), classes.end(),
                       [claim](const ConvergenceBound &bound) { return bound.supports(claim); });
}

bool BoundPool::excludes(double claim) const {
    return std::any_of(classes.begin(), classes.end(),
                       [claim](const ConvergenceBound &bound) { return bound.excludes(claim); });
}

std::optional<qint64> BoundPool::moreCleanCycles(double claim) const {
    qint64 sum = 0;
    for (const ConvergenceBound &bound : classes) {
        const auto more = bound.moreCleanCycles(claim);
        if (!more)
            return std::nullopt;
        sum += *more;
    }
    return sum;
}

QString BoundPool::text(double claim) const {
    const auto bound = lower();
    if (!bound)
        return QStringLiteral("no cycle to pool");
    const QString soFar = QStringLiteral("%1 so far").arg(shareText(*bound));
    if (supports(claim))
        return QStringLiteral("%1, of %2 claimed").arg(soFar, shareText(claim));
    const auto more = moreCleanCycles(claim);
    if (!more || excludes(claim))
        return QStringLiteral("%1; %2 is out of reach").arg(soFar, shareText(claim));
    const qint64 perRun = std::max<qint64>(1, cycles() / std::max(1, runs));
    return QStringLiteral("%1; %2, about %3, to %4")
        .arg(soFar, countOf(*more, "more clean cycle"), countOf((*more + perRun - 1) / perRun, "run"),
             shareText(claim));
}

QList<BoundPool> poolRuns(const QList<SeriesRun> &runs) {
    QList<BoundPool> pools;
    for (qsizetype i = 0; i < runs.size(); ++i) {
        const SeriesRun &run = runs.at(i);
        if (run.pool.isEmpty() || run.cycles.isEmpty())
            continue;
        if (pools.isEmpty() || pools.constLast().name != run.pool) {
            BoundPool pool;
            pool.name = run.pool;
            pool.firstRun = i;
            pools << pool;
        }
        BoundPool &pool = pools.last();
        pool.lastRun = i;
        ++pool.runs;
        for (const RunCycles &cycles : run.cycles) {
            ConvergenceBound &bound = pool.classes[cycles.fault];
            bound.addClean(cycles.clean);
            for (const auto &[held, acked] : cycles.lossy)
                bound.add(held, acked);
        }
        pool.looks << BoundLook{i, *pool.lower()};
    }
    return pools;
}

} // namespace slipway
