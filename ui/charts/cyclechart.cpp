// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/cyclechart.h"

#include "ui/charts/cycletext.h"
#include "ui/charts/missingmarks.h"
#include "ui/common/theme.h"

#include <QAreaSeries>
#include <QChart>
#include <QLineSeries>

#include <algorithm>
#include <array>
#include <cmath>

namespace slipway {

namespace {

constexpr double kNear = 0.9; // where the y axis begins when no cycle lies below
constexpr std::array kMarkers{QScatterSeries::MarkerShapeCircle, QScatterSeries::MarkerShapeRectangle,
                              QScatterSeries::MarkerShapeTriangle, QScatterSeries::MarkerShapePentagon};
constexpr std::array kMarkerSigns{u'●', u'■', u'▲', u'⬟'}; // the same, in words

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
    for (FaultClass &one : m_classes)
        one.plot.restyle();
}

CycleChart::FaultClass &CycleChart::classAt(size_t index) {
    while (m_classes.size() <= index)
        m_classes.push_back({ClassPlot(kMarkers.at(m_classes.size() % kMarkers.size()),
                                       [this](QAbstractSeries *series) { attach(series); }),
                             {}});
    return m_classes[index];
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
    for (const FaultClass &one : m_classes) {
        for (QAbstractSeries *series : one.plot.all()) {
            chart()->removeSeries(series);
            delete series;
        }
    }
    m_classes.clear();
    m_saturations.clear();
    showAll();
    grew();
}

void CycleChart::grew() {
    size_t index = 0;
    for (const CycleSeries &series : m_data.classes())
        classAt(index++).trail.follow(series);
    setWhole(0.5, std::max({m_data.planned(), m_data.last(), 2}) + 0.5, 8);
    scheduleRedraw();
}

void CycleChart::fitHeight() {
    // Close to the threshold is where the question lies, unless a cycle lost more than a tenth.
    const bool near =
        m_threshold > kNear && std::all_of(m_classes.begin(), m_classes.end(), [](const FaultClass &one) {
            return one.trail.lowestShare() >= kNear * kWhole;
        });
    m_yFromShown = near ? kNear : 0;
    setHeight(near ? kNear : -0.03, near ? 1.006 : 1.06,
              near ? QStringLiteral("%.2f") : QStringLiteral("%.1f"));
}

void CycleChart::redraw(int columns) {
    fitHeight();
    m_missing.assign(static_cast<size_t>(columns), false);
    m_boundCycles = 0;
    QList<QPointF> edge;
    for (size_t index = 0; index < m_data.classes().size(); ++index) {
        FaultClass &one = classAt(index);
        one.plot.fill(m_data.classes()[index], viewFrom(), viewTo(), m_missing);
        if (one.trail.cycles() == 0)
            continue;
        if (m_boundCycles > 0 && one.trail.lower() >= m_bound)
            continue;
        m_bound = one.trail.lower();
        m_boundCycles = one.trail.cycles();
        edge = one.trail.points();
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

QString CycleChart::boundText() const {
    return tr("95 % bound %1 at every look, of %L2 cycles")
        .arg(std::floor(m_bound * 10000) / 10000)
        .arg(m_boundCycles);
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
    if (m_boundCycles > 0)
        parts << boundText();
    return parts.join(QStringLiteral("; "));
}

void CycleChart::drawTexts(QPainter &painter, const QRectF &plot) const {
    double y = yOf(m_threshold) + 3;
    const auto line = [&](const QColor &color, const QString &text) {
        const QRectF row(plot.left(), y, plot.width() - 4, 16);
        painter.fillRect(painter.boundingRect(row, Qt::AlignRight | Qt::AlignTop, text), theme().surface);
        painter.setPen(color);
        painter.drawText(row, Qt::AlignRight | Qt::AlignTop, text);
        y += 16;
    };
    line(theme().fail, tr("threshold %1").arg(m_threshold));
    if (m_boundCycles > 0)
        line(theme().accent, boundText());
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
                             tr("%1: saturated at %2 in each of %3 cycles, a limit, not a measurement")
                                 .arg(at.fault)
                                 .arg(at.ceiling)
                                 .arg(at.cycles),
                             Qt::ElideMiddle, static_cast<int>(plot.width())));
        painter.setFont(smallFont());
    }
}

} // namespace slipway
