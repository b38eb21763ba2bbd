// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/boundtrail.h"

#include <algorithm>

namespace slipway {

namespace {

constexpr int kMaxPoints = 400; // then every second goes

} // namespace

void BoundTrail::follow(const CycleSeries &series) {
    if (m_seen > series.size() || (m_seen > 0 && series.number(m_seen - 1) != m_last))
        *this = {};
    if (m_seen == series.size())
        return;
    if (m_seen == 0) // not more of them than are kept, when many come at once
        m_every = std::max(m_every, series.number(series.size() - 1) / kMaxPoints);
    for (; m_seen < series.size(); ++m_seen)
        add(series, m_seen);
    m_lower = m_bound.lower();
}

void BoundTrail::add(const CycleSeries &series, qsizetype index) {
    m_last = series.number(index);
    const auto acked = series.value(Measure::Acked, index);
    const auto converged = series.writesOf(Measure::ConvergedShare, index);
    if (const auto rows = series.value(Measure::RowShare, index))
        m_lowest = std::min(m_lowest, static_cast<qint32>(*rows));
    if (!converged)
        return;
    m_lowest = std::min(m_lowest, series.column(Measure::ConvergedShare).at(index));
    if (!series.value(Measure::StruckShare, index))
        return;
    m_bound.add(*converged, *acked);
    if (m_points.isEmpty() || m_last >= m_points.constLast().x() + m_every)
        m_points << QPointF(m_last, m_bound.lower());
    if (m_points.size() > kMaxPoints) {
        m_every *= 2;
        for (qsizetype i = 1; i < m_points.size(); ++i)
            m_points.removeAt(i);
    }
}

} // namespace slipway
