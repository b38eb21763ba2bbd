// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/trends/trendlayer.h"

namespace slipway {

/// Paints the charts and the changes of a layer, on its axis of time. Lives for one painting; owns nothing.
/// GUI thread.
class TrendChartPainter {
public:
    TrendChartPainter(QPainter &painter, const TrendLayer &layer) : m_painter(painter), m_layer(layer) {}

    void paintChart(const SeriesChart &chart, const QRectF &plot) const;
    void paintChanges() const;

private:
    void paintGaps(const SeriesChart &chart, const QRectF &plot) const;
    void paintPoints(const SeriesChart &chart, const QRectF &plot) const;

    QPainter &m_painter;
    const TrendLayer &m_layer;
};

} // namespace slipway
