// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/cycles/series.h"
#include "models/evidence/convergencebound.h"

#include <QList>
#include <QPointF>

namespace slipway {

/// The 95 % bound of all cycles of a fault class up to each one, thinned out as it grows, and the lowest
/// share. A value; follows a series that grows.
class BoundTrail {
public:
    /// Takes in the cycles that are new. One that came late and took its place among those that were seen
    /// moves them, and all is gone through again.
    void follow(const CycleSeries &series);

    [[nodiscard]] qint64 cycles() const { return m_bound.cycles(); }
    [[nodiscard]] double lower() const { return m_lower; }                  ///< as of the last cycle
    [[nodiscard]] const QList<QPointF> &points() const { return m_points; } ///< cycle, bound
    [[nodiscard]] qint32 lowestShare() const { return m_lowest; }           ///< of kWhole

private:
    void add(const CycleSeries &series, qsizetype index);

    ConvergenceBound m_bound;
    double m_lower = 0;
    QList<QPointF> m_points;
    int m_every = 4; ///< cycles between two points
    qsizetype m_seen = 0;
    int m_last = 0; ///< number of the cycle that was seen last
    qint32 m_lowest = kWhole;
};

} // namespace slipway
