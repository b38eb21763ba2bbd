// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/trends/trendlayer.h"

namespace slipway {

/// Paints the charts and the changes of a layer, on its axis of time. Lives for one painting; owns nothing.
/// GUI thread.
class TrendChartPainter {
public:
    TrendChartPainter(QPainter &painter, const TrendLayer &layer) : m_painter(painter), m_layer(layer) {}

    void paintChart(qsizetype index, const QRectF &plot) const; ///< by its index in the view
    void paintChanges() const;

private:
    [[nodiscard]] std::pair<qsizetype, qsizetype> inSight(const QList<double> &times) const;
    void paintGaps(qsizetype index, const QRectF &plot) const;
    void paintPoints(qsizetype index, const QRectF &plot) const;

    QPainter &m_painter;
    const TrendLayer &m_layer;
};

} // namespace slipway
