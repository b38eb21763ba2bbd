// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/cyclechart.h"

#include "models/cycles/downsample.h"
#include "ui/charts/cycletext.h"
#include "ui/charts/missingmarks.h"
#include "ui/common/theme.h"

#include <QAreaSeries>
#include <QChart>
#include <QLineSeries>
#include <QScatterSeries>

#include <algorithm>
#include <array>
#include <cmath>

namespace slipway {

namespace {

constexpr int kBoundPoints = 400;   // of the band's edge at most; then every second goes
constexpr double kNear = 0.9;       // where the y axis begins when no cycle lies below
constexpr int kPointPitch = 6;      // pixels between two points that are told apart
constexpr size_t kLostPoints = 160; // drawn one by one
constexpr std::array kMarkers{QScatterSeries::MarkerShapeCircle, QScatterSeries::MarkerShapeRectangle,
                              QScatterSeries::MarkerShapeTriangle, QScatterSeries::MarkerShapePentagon};

double shareOf(qint32 share) {
    return static_cast<double>(share) / kWhole;
}

double middleOf(const PixelColumn &column) {
    return (column.first + column.last) / 2.0;
}

} // namespace

CycleChart::CycleChart(const CycleData &cycles, QWidget *parent)
    : PlotView(tr("Convergence per cycle"), tr("cycle"), parent), m_data(cycles),
      m_thresholdLine(new QLineSeries), m_bandTop(new QLineSeries(this)), m_bandBottom(new QLineSeries(this)),
      m_band(new QAreaSeries(m_bandTop, m_bandBottom)) {
    attach(m_band);
    attach(m_thresholdLine);
    restyle();
    grew();
}

void CycleChart::restyle() {
    m_thresholdLine->setPen(QPen(theme().fail, 1, Qt::DashLine));
    QColor light = theme().accent;
    light.setAlphaF(0.16F);
    m_band->setColor(light);
    m_band->setBorderColor(Qt::transparent);
    size_t index = 0;
    for (const Drawn &drawn : m_drawn) {
        const auto shape = kMarkers.at(index++ % kMarkers.size());
        for (QScatterSeries *series : {drawn.kept, drawn.lost, drawn.counted})
            series->setMarkerShape(shape);
        drawn.kept->setMarkerSize(7);
        drawn.kept->setColor(theme().proven);
        drawn.kept->setPen(Qt::NoPen);
        drawn.lost->setMarkerSize(8);
        drawn.lost->setColor(theme().surface);
        drawn.lost->setPen(QPen(theme().fail, 1.8));
        drawn.counted->setMarkerSize(5);
        drawn.counted->setColor(theme().surface);
        drawn.counted->setPen(QPen(theme().muted, 1.4));
        drawn.lostLine->setPen(QPen(theme().fail, 1));
        drawn.durable->setPen(QPen(theme().muted, 1));
    }
}

CycleChart::Drawn &CycleChart::drawnOf(size_t index) {
    while (m_drawn.size() <= index) {
        Drawn drawn;
        drawn.durable = new QLineSeries;
        drawn.kept = new QScatterSeries;
        drawn.counted = new QScatterSeries;
        drawn.lostLine = new QLineSeries;
        drawn.lost = new QScatterSeries;
        for (QAbstractSeries *series :
             {static_cast<QAbstractSeries *>(drawn.durable), static_cast<QAbstractSeries *>(drawn.kept),
              static_cast<QAbstractSeries *>(drawn.counted), static_cast<QAbstractSeries *>(drawn.lostLine),
              static_cast<QAbstractSeries *>(drawn.lost)})
            attach(series);
        m_drawn.push_back(std::move(drawn));
        restyle();
    }
    return m_drawn[index];
}

void CycleChart::setThreshold(double threshold) {
    m_threshold = threshold;
    grew();
}

void CycleChart::setSaturations(const QList<Saturation> &saturations) {
    m_saturations = saturations;
    scheduleRedraw();
}

void CycleChart::reset() {
    for (const Drawn &drawn : m_drawn) {
        for (QAbstractSeries *series :
             {static_cast<QAbstractSeries *>(drawn.durable), static_cast<QAbstractSeries *>(drawn.kept),
              static_cast<QAbstractSeries *>(drawn.counted), static_cast<QAbstractSeries *>(drawn.lostLine),
              static_cast<QAbstractSeries *>(drawn.lost)}) {
            chart()->removeSeries(series);
            delete series;
        }
    }
    m_drawn.clear();
    m_saturations.clear();
    showAll();
    grew();
}

// The band's edge and the lowest share, of the cycles that are new. One that came late and took its place
// among those that were seen moves them, and all is gone through again.
void CycleChart::follow(const CycleSeries &series, Drawn &drawn) {
    if (drawn.seen > series.size() || (drawn.seen > 0 && series.number(drawn.seen - 1) != drawn.last)) {
        drawn.bounds.clear();
        drawn.boundEvery = 4;
        drawn.bound = {};
        drawn.seen = 0;
        drawn.lowest = kWhole;
    }
    if (drawn.seen == series.size())
        return;
    if (drawn.seen == 0) // not more of them than are kept, when many come at once
        drawn.boundEvery = std::max(drawn.boundEvery, series.number(series.size() - 1) / kBoundPoints);
    for (; drawn.seen < series.size(); ++drawn.seen) {
        drawn.last = series.number(drawn.seen);
        const auto acked = series.value(Measure::Acked, drawn.seen);
        const auto converged = series.writesOf(Measure::ConvergedShare, drawn.seen);
        if (const auto rows = series.value(Measure::RowShare, drawn.seen))
            drawn.lowest = std::min(drawn.lowest, static_cast<qint32>(*rows));
        if (!converged)
            continue;
        drawn.lowest = std::min(drawn.lowest, series.column(Measure::ConvergedShare).at(drawn.seen));
        if (!series.value(Measure::StruckShare, drawn.seen))
            continue;
        drawn.bound.add(*converged, *acked);
        if (drawn.bounds.isEmpty() || drawn.last >= drawn.bounds.constLast().x() + drawn.boundEvery)
            drawn.bounds << QPointF(drawn.last, drawn.bound.lower());
        if (drawn.bounds.size() > kBoundPoints) {
            drawn.boundEvery *= 2;
            for (qsizetype i = 1; i < drawn.bounds.size(); ++i)
                drawn.bounds.removeAt(i);
        }
    }
    drawn.lower = drawn.bound.lower();
}

void CycleChart::grew() {
    size_t index = 0;
    for (const CycleSeries &series : m_data.classes())
        follow(series, drawnOf(index++));
    setWhole(0.5, std::max({m_data.planned(), m_data.last(), 2}) + 0.5, 8);
    scheduleRedraw();
}

void CycleChart::fitHeight() {
    // Close to the threshold is where the question lies, unless a cycle lost more than a tenth.
    const bool near =
        m_threshold > kNear && std::all_of(m_drawn.begin(), m_drawn.end(),
                                           [](const Drawn &drawn) { return shareOf(drawn.lowest) >= kNear; });
    m_yFromShown = near ? kNear : 0;
    setHeight(near ? kNear : -0.03, near ? 1.006 : 1.06,
              near ? QStringLiteral("%.2f") : QStringLiteral("%.1f"));
}

void CycleChart::fillLost(const std::vector<PixelColumn> &seen, bool dense, Drawn &drawn) {
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
    drawn.lost->replace(asLine ? QList<QPointF>() : points);
    drawn.lostLine->replace(asLine ? points : QList<QPointF>());
}

void CycleChart::fill(const CycleSeries &series, Drawn &drawn, int columns) {
    const double from = viewFrom();
    const double to = viewTo();
    const auto seen = downsample(series, Measure::ConvergedShare, from, to, columns);
    const auto coarse =
        downsample(series, Measure::ConvergedShare, from, to, std::max(1, columns / kPointPitch));
    QList<QPointF> kept;
    for (const PixelColumn &column : coarse) {
        if (column.extent.high == kWhole)
            kept << QPointF(middleOf(column), 1);
    }
    drawn.kept->replace(kept);
    fillLost(seen, coarse.size() < seen.size(), drawn);
    QList<QPointF> durable;
    for (const PixelColumn &column : downsample(series, Measure::DurableShare, from, to, columns)) {
        if (!column.extent.hasValue())
            continue;
        durable << QPointF(column.first, shareOf(column.extent.low));
        if (column.extent.high != column.extent.low)
            durable << QPointF(column.last, shareOf(column.extent.high));
    }
    drawn.durable->replace(durable);
    QList<QPointF> counted;
    for (const PixelColumn &column :
         downsample(series, Measure::RowShare, from, to, std::max(1, columns / kPointPitch))) {
        if (column.extent.hasValue())
            counted << QPointF(middleOf(column), shareOf(column.extent.low));
    }
    drawn.counted->replace(counted);
    noteMissing(m_missing, seen, from, to);
}

void CycleChart::redraw(int columns) {
    fitHeight();
    m_missing.assign(static_cast<size_t>(columns), false);
    m_boundCycles = 0;
    QList<QPointF> edge;
    for (size_t index = 0; index < m_data.classes().size(); ++index) {
        Drawn &drawn = drawnOf(index);
        fill(m_data.classes()[index], drawn, columns);
        if (drawn.bound.cycles() == 0)
            continue;
        if (m_boundCycles > 0 && drawn.lower >= m_bound)
            continue;
        m_bound = drawn.lower;
        m_boundCycles = drawn.bound.cycles();
        edge = drawn.bounds;
        edge << QPointF(m_data.last(), m_bound);
    }
    m_bandTop->replace(
        edge.isEmpty() ? edge : QList<QPointF>{{edge.constFirst().x(), 1}, {edge.constLast().x(), 1}});
    m_bandBottom->replace(edge);
    m_thresholdLine->replace(QList<QPointF>{{viewFrom(), m_threshold}, {viewTo(), m_threshold}});
    keepOut(m_data.last() == 0 && m_data.planned() > 0,
            m_data.last() == 0 ? tr("No cycle has been measured.") : QString());
}

void CycleChart::clicked(double x) {
    const int cycle = static_cast<int>(std::lround(x));
    if (cycle >= 1 && cycle <= m_data.last())
        Q_EMIT cycleClicked(cycle);
}

int CycleChart::moved(int from, int side) const {
    return std::clamp(from + side, 1, std::max(1, m_data.last()));
}

QString CycleChart::hoverText(double x) const {
    const auto number = std::lround(x);
    return number >= 1 && number <= m_data.last() ? cycleText(m_data, static_cast<int>(number)) : QString();
}

void CycleChart::drawOver(QPainter &painter, const QRectF &plot) {
    paintMissing(painter, plot, m_missing);
    drawSaturations(painter, plot);
    drawTexts(painter, plot);
    paintCursor(painter, plot);
}

} // namespace slipway
