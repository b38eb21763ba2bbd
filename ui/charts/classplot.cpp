// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/classplot.h"

#include "models/cycles/downsample.h"
#include "ui/charts/missingmarks.h"
#include "ui/common/theme.h"

#include <QLineSeries>

#include <algorithm>

namespace slipway {

namespace {

constexpr int kPointPitch = 6;      // pixels between two points that can be distinguished
constexpr size_t kLostPoints = 160; // drawn one by one

double shareOf(qint32 share) {
    return static_cast<double>(share) / kWhole;
}

double middleOf(const PixelColumn &column) {
    return (column.first + column.last) / 2.0;
}

} // namespace

ClassPlot::ClassPlot(QScatterSeries::MarkerShape shape, const std::function<void(QAbstractSeries *)> &attach)
    : m_kept(new QScatterSeries), m_lost(new QScatterSeries), m_lostLine(new QLineSeries),
      m_counted(new QScatterSeries), m_durable(new QLineSeries) {
    for (QScatterSeries *series : {m_kept, m_lost, m_counted})
        series->setMarkerShape(shape);
    m_kept->setMarkerSize(7);
    m_lost->setMarkerSize(8);
    m_counted->setMarkerSize(5);
    for (QAbstractSeries *series : all())
        attach(series);
    restyle();
}

// From the back to the front.
QList<QAbstractSeries *> ClassPlot::all() const {
    return {m_durable, m_kept, m_counted, m_lostLine, m_lost};
}

void ClassPlot::restyle() {
    m_kept->setColor(theme().proven);
    m_kept->setPen(Qt::NoPen);
    m_lost->setColor(theme().surface);
    m_lost->setPen(QPen(theme().fail, 1.8));
    m_counted->setColor(theme().surface);
    m_counted->setPen(QPen(theme().muted, 1.4));
    m_lostLine->setPen(QPen(theme().fail, 1));
    m_durable->setPen(QPen(theme().muted, 1));
}

void ClassPlot::fillLost(const std::vector<PixelColumn> &seen, bool dense) {
    QList<QPointF> points;
    size_t columns = 0;
    for (const PixelColumn &column : seen) {
        const Extent &extent = column.extent;
        if (!extent.hasValue() || extent.low == kWhole)
            continue;
        ++columns;
        points << QPointF(middleOf(column), shareOf(extent.low));
        if (extent.high != extent.low && (dense || extent.high < kWhole))
            points << QPointF(middleOf(column), shareOf(extent.high));
    }
    const bool asLine = dense && columns > kLostPoints;
    if (!asLine)
        points.removeIf([](const QPointF &point) { return point.y() >= 1; });
    m_lost->replace(asLine ? QList<QPointF>() : points);
    m_lostLine->replace(asLine ? points : QList<QPointF>());
}

void ClassPlot::fill(const CycleSeries &series, double from, double to, std::vector<bool> &missing) {
    const int columns = static_cast<int>(missing.size());
    const int coarseColumns = std::max(1, columns / kPointPitch);
    const auto seen = downsample(series, Measure::ConvergedShare, from, to, columns);
    const auto coarse = downsample(series, Measure::ConvergedShare, from, to, coarseColumns);
    QList<QPointF> kept;
    for (const PixelColumn &column : coarse) {
        if (column.extent.high == kWhole)
            kept << QPointF(middleOf(column), 1);
    }
    m_kept->replace(kept);
    fillLost(seen, coarse.size() < seen.size());
    QList<QPointF> durable;
    for (const PixelColumn &column : downsample(series, Measure::DurableShare, from, to, columns)) {
        if (!column.extent.hasValue())
            continue;
        durable << QPointF(column.first, shareOf(column.extent.low));
        if (column.extent.high != column.extent.low)
            durable << QPointF(column.last, shareOf(column.extent.high));
    }
    m_durable->replace(durable);
    QList<QPointF> counted;
    for (const PixelColumn &column : downsample(series, Measure::RowShare, from, to, coarseColumns)) {
        if (column.extent.hasValue())
            counted << QPointF(middleOf(column), shareOf(column.extent.low));
    }
    m_counted->replace(counted);
    noteMissing(missing, seen, from, to);
}

} // namespace slipway
