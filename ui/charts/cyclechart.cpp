// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/cyclechart.h"

#include "models/cycles/downsample.h"
#include "models/evidence/bounds.h"
#include "ui/charts/cycletext.h"
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
constexpr int kPointPitch = 4;      // pixels between two points that are told apart
constexpr size_t kLostPoints = 160; // drawn one by one
constexpr std::array kMarkers{QScatterSeries::MarkerShapeCircle, QScatterSeries::MarkerShapeRectangle,
                              QScatterSeries::MarkerShapeTriangle, QScatterSeries::MarkerShapePentagon};
constexpr std::array kMarkerSigns{u'●', u'■', u'▲', u'⬟'};

double shareOf(qint32 share) {
    return static_cast<double>(share) / kWhole;
}

double middleOf(const PixelColumn &column) {
    return (column.first + column.last) / 2.0;
}

} // namespace

void noteMissing(std::vector<bool> &missing, const std::vector<PixelColumn> &seen, double from, double to) {
    const double scale = static_cast<double>(missing.size()) / (to - from);
    for (const PixelColumn &column : seen) {
        if (!column.extent.missing)
            continue;
        // Whole cells where a cycle is wider than a column.
        const auto first = static_cast<qint64>((column.first - 0.4 - from) * scale);
        const auto last = static_cast<qint64>((column.last + 0.4 - from) * scale);
        for (qint64 at = std::max<qint64>(0, first);
             at <= std::max(first, last) && at < static_cast<qint64>(missing.size()); ++at)
            missing[static_cast<size_t>(at)] = true;
    }
}

void paintMissing(QPainter &painter, const QRectF &plot, const std::vector<bool> &missing) {
    constexpr double kHigh = 12;
    const double width = plot.width() / static_cast<double>(std::max<size_t>(1, missing.size()));
    for (size_t at = 0; at < missing.size();) {
        const auto end = static_cast<size_t>(
            std::find(missing.begin() + static_cast<qsizetype>(at), missing.end(), !missing[at]) -
            missing.begin());
        if (missing[at])
            paintHatch(painter, QRectF(plot.left() + static_cast<double>(at) * width, plot.bottom() - kHigh,
                                       std::max(2.0, static_cast<double>(end - at) * width), kHigh));
        at = end;
    }
}

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
        drawn.acked = drawn.converged = 0;
        drawn.seen = 0;
        drawn.lowest = kWhole;
    }
    for (; drawn.seen < series.size(); ++drawn.seen) {
        drawn.last = series.number(drawn.seen);
        const auto acked = series.value(Measure::Acked, drawn.seen);
        const auto converged = series.writesOf(Measure::ConvergedShare, drawn.seen);
        if (const auto rows = series.value(Measure::RowShare, drawn.seen))
            drawn.lowest = std::min(drawn.lowest, static_cast<qint32>(*rows));
        if (!converged)
            continue;
        drawn.lowest = std::min(drawn.lowest, series.column(Measure::ConvergedShare).at(drawn.seen));
        drawn.acked += *acked;
        drawn.converged += *converged;
        if (drawn.bounds.isEmpty() || drawn.last >= drawn.bounds.constLast().x() + drawn.boundEvery)
            drawn.bounds << QPointF(drawn.last, lowerBound(drawn.converged, drawn.acked));
        if (drawn.bounds.size() > kBoundPoints) {
            drawn.boundEvery *= 2;
            for (qsizetype i = 1; i < drawn.bounds.size(); ++i)
                drawn.bounds.removeAt(i);
        }
    }
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
    m_boundWrites = 0;
    QList<QPointF> edge;
    for (size_t index = 0; index < m_data.classes().size(); ++index) {
        Drawn &drawn = drawnOf(index);
        fill(m_data.classes()[index], drawn, columns);
        if (drawn.acked == 0)
            continue;
        const double bound = lowerBound(drawn.converged, drawn.acked);
        if (m_boundWrites > 0 && bound >= m_bound)
            continue;
        m_bound = bound;
        m_boundWrites = drawn.acked;
        edge = drawn.bounds;
        edge << QPointF(m_data.last(), bound);
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

QString CycleChart::description() const {
    if (m_data.last() == 0)
        return tr("No cycle has been measured.");
    QStringList parts;
    for (const CycleSeries &series : m_data.classes()) {
        parts << (series.acked() == 0 ? tr("%1: not measured").arg(series.fault())
                                      : tr("%1: %L2 of %L3 acknowledged writes converged in %L4 cycles")
                                            .arg(series.fault())
                                            .arg(series.converged())
                                            .arg(series.acked())
                                            .arg(series.size()));
    }
    parts << tr("threshold %1").arg(m_threshold);
    if (m_boundWrites > 0)
        parts << tr("95 % bound %1, n = %L2").arg(std::floor(m_bound * 10000) / 10000).arg(m_boundWrites);
    return parts.join(QStringLiteral("; "));
}

void CycleChart::drawTexts(QPainter &painter, const QRectF &plot) const {
    double y = yOf(m_threshold) + 3;
    const auto line = [&](const QColor &color, const QString &text) {
        painter.setPen(color);
        painter.drawText(QRectF(plot.left(), y, plot.width() - 4, 16), Qt::AlignRight | Qt::AlignTop, text);
        y += 16;
    };
    line(theme().fail, tr("threshold %1").arg(m_threshold));
    if (m_boundWrites > 0)
        line(theme().accent,
             tr("95 % bound %1, n = %L2").arg(std::floor(m_bound * 10000) / 10000).arg(m_boundWrites));
    if (m_data.classes().size() > 1) {
        size_t sign = 0;
        for (const CycleSeries &series : m_data.classes()) {
            if (y > plot.bottom() - 32)
                break;
            line(theme().muted, QChar(kMarkerSigns.at(sign++ % kMarkerSigns.size())) + QLatin1Char(' ') +
                                    painter.fontMetrics().elidedText(series.fault(), Qt::ElideRight, 240));
        }
    }
    if (m_data.has(Measure::DurableShare) && y < plot.bottom() - 32)
        line(theme().muted, tr("line: durable"));
    if (m_yFromShown > 0) {
        painter.setPen(theme().muted);
        painter.drawText(QRectF(plot.left() - 40, plot.bottom() + 18, 240, 16), Qt::AlignLeft | Qt::AlignTop,
                         tr("y zoomed: from %1").arg(m_yFromShown));
    }
}

void CycleChart::drawSaturations(QPainter &painter, const QRectF &plot) const {
    for (const Saturation &at : m_saturations) {
        const auto series = std::find_if(m_data.classes().begin(), m_data.classes().end(),
                                         [&](const CycleSeries &one) { return one.fault() == at.fault; });
        if (series == m_data.classes().end() || series->size() == 0)
            continue;
        const Extent acked = series->column(Measure::Acked).extent(0, series->size());
        if (!acked.hasValue() || acked.high == 0)
            continue;
        const double y = yOf(static_cast<double>(at.ceiling) / acked.high);
        painter.setPen(QPen(theme().invalid, 1, Qt::DotLine));
        painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y));
        painter.setPen(theme().invalid);
        painter.setFont(strongFont());
        painter.drawText(QRectF(plot.left(), y - 22, plot.width() - 4, 18), Qt::AlignRight | Qt::AlignBottom,
                         painter.fontMetrics().elidedText(
                             tr("%1: saturated at %2 in all %3 cycles, a limit, not a measurement")
                                 .arg(at.fault)
                                 .arg(at.ceiling)
                                 .arg(at.cycles),
                             Qt::ElideMiddle, static_cast<int>(plot.width())));
        painter.setFont(smallFont());
    }
}

void CycleChart::drawOver(QPainter &painter, const QRectF &plot) {
    paintMissing(painter, plot, m_missing);
    drawSaturations(painter, plot);
    drawTexts(painter, plot);
    paintCursor(painter, plot);
}

} // namespace slipway
