// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/cyclechart.h"

#include "models/cycles/cycletablemodel.h"
#include "models/cycles/downsample.h"
#include "models/evidence/bounds.h"
#include "ui/common/theme.h"

#include <QAreaSeries>
#include <QChart>
#include <QGraphicsLayout>
#include <QLegend>
#include <QLineSeries>
#include <QMouseEvent>
#include <QScatterSeries>
#include <QValueAxis>

#include <algorithm>
#include <array>
#include <cmath>

namespace slipway {

namespace {

constexpr int kBoundPoints = 400;   // of the band's edge at most; then every second goes
constexpr double kNear = 0.9;       // where the y axis begins when no cycle lies below
constexpr int kHatchedAtMost = 500; // columns; more would be a grey plane
constexpr std::array kMarkers{QScatterSeries::MarkerShapeCircle, QScatterSeries::MarkerShapeRectangle,
                              QScatterSeries::MarkerShapeTriangle, QScatterSeries::MarkerShapePentagon};
constexpr std::array kMarkerSigns{u'●', u'■', u'▲', u'⬟'};

} // namespace

CycleChart::CycleChart(QWidget *parent)
    : QChartView(parent), m_x(new QValueAxis), m_y(new QValueAxis), m_thresholdLine(new QLineSeries),
      m_bandTop(new QLineSeries(this)), m_bandBottom(new QLineSeries(this)),
      m_band(new QAreaSeries(m_bandTop, m_bandBottom)) {
    setAccessibleName(tr("Convergence per cycle"));
    setRenderHint(QPainter::Antialiasing);
    setFrameShape(QFrame::NoFrame);
    setMinimumHeight(150);
    setBackgroundBrush(theme().surface);
    chart()->setBackgroundVisible(false);
    chart()->setMargins({0, 0, 8, 0});
    chart()->layout()->setContentsMargins(0, 0, 0, 0);
    chart()->legend()->hide();
    chart()->addAxis(m_x, Qt::AlignBottom);
    chart()->addAxis(m_y, Qt::AlignLeft);
    for (QValueAxis *axis : {m_x, m_y}) {
        axis->setLabelsColor(theme().muted);
        axis->setLabelsFont(smallFont());
        axis->setGridLineColor(theme().line);
        axis->setLineVisible(false);
        axis->setTickType(QValueAxis::TicksDynamic);
        axis->setTickAnchor(0);
    }
    m_x->setGridLineVisible(false);
    m_x->setLabelFormat(QStringLiteral("%d"));
    m_thresholdLine->setPen(QPen(theme().fail, 1, Qt::DashLine));
    QColor light = theme().accent;
    light.setAlphaF(0.16F);
    m_band->setColor(light);
    m_band->setBorderColor(Qt::transparent);
    for (QAbstractSeries *series :
         {static_cast<QAbstractSeries *>(m_band), static_cast<QAbstractSeries *>(m_thresholdLine)}) {
        chart()->addSeries(series);
        series->attachAxis(m_x);
        series->attachAxis(m_y);
    }
    m_redraw.setSingleShot(true);
    m_redraw.setInterval(0);
    connect(&m_redraw, &QTimer::timeout, this, &CycleChart::redraw);
    fitAxes();
}

void CycleChart::setThreshold(double threshold) {
    m_threshold = threshold;
    fitAxes();
}

void CycleChart::setPlanned(int cycles) {
    m_planned = cycles;
    fitAxes();
}

QScatterSeries *CycleChart::makePoints(bool whole) {
    auto *series = new QScatterSeries;
    series->setMarkerSize(whole ? 7 : 8);
    series->setMarkerShape(kMarkers.at(static_cast<size_t>(m_classes.size() - 1) % kMarkers.size()));
    series->setColor(whole ? theme().proven : theme().surface);
    series->setPen(whole ? QPen(Qt::NoPen) : QPen(theme().fail, 1.8));
    chart()->addSeries(series);
    series->attachAxis(m_x);
    series->attachAxis(m_y);
    return series;
}

CycleChart::FaultClass &CycleChart::faultClass(const QString &fault) {
    FaultClass &made = m_classes[fault];
    if (!made.keptSeries) {
        made.keptSeries = makePoints(true);
        made.lostSeries = makePoints(false);
    }
    return made;
}

void CycleChart::setCycles(const QList<Cycle> &cycles) {
    for (const FaultClass &old : std::as_const(m_classes)) {
        for (QScatterSeries *series : {old.keptSeries, old.lostSeries}) {
            chart()->removeSeries(series);
            delete series;
        }
    }
    m_classes.clear();
    m_unmeasured.clear();
    m_last = 0;
    m_lowest = 1;
    append(cycles);
}

void CycleChart::append(const QList<Cycle> &cycles) {
    for (const Cycle &cycle : cycles) {
        m_last = std::max(m_last, cycle.number);
        FaultClass &of = faultClass(cycle.fault);
        const CycleOutcome outcome = outcomeOf(cycle);
        if (outcome == CycleOutcome::Unknown) {
            m_unmeasured << cycle.number;
            continue;
        }
        const double share = static_cast<double>(*cycle.converged) / static_cast<double>(*cycle.ok);
        m_lowest = std::min(m_lowest, share);
        (outcome == CycleOutcome::Kept ? of.kept : of.lost) << QPointF(cycle.number, share);
        of.acked += *cycle.ok;
        of.converged += *cycle.converged;
        if (of.bounds.isEmpty() || cycle.number >= of.bounds.constLast().x() + of.boundEvery)
            of.bounds << QPointF(cycle.number, lowerBound(of.converged, of.acked));
        if (of.bounds.size() > kBoundPoints) {
            of.boundEvery *= 2;
            for (qsizetype i = 1; i < of.bounds.size(); ++i)
                of.bounds.removeAt(i);
        }
    }
    fitAxes();
}

void CycleChart::fitAxes() {
    const int last = std::max({m_planned, m_last, 2});
    m_x->setRange(0.5, last + 0.5);
    m_x->setTickInterval(std::max(1.0, std::round(last / 10.0)));
    // Close to the threshold is where the question lies, unless a cycle lost more than a tenth.
    const bool near = m_lowest >= kNear && m_threshold > kNear;
    m_y->setRange(near ? kNear : -0.03, near ? 1.006 : 1.06);
    m_y->setLabelFormat(near ? QStringLiteral("%.2f") : QStringLiteral("%.1f"));
    m_y->setTickInterval((near ? 0.1 : 1) * (height() < 220 ? 0.5 : 0.2));
    m_thresholdLine->replace(QList<QPointF>{{0.5, m_threshold}, {last + 0.5, m_threshold}});
    m_redraw.start();
}

void CycleChart::redraw() {
    const int columns = std::max(1, viewport()->width());
    QList<QPointF> edge;
    m_boundWrites = 0;
    for (const FaultClass &of : std::as_const(m_classes)) {
        of.keptSeries->replace(downsample(of.kept, m_x->min(), m_x->max(), columns));
        of.lostSeries->replace(downsample(of.lost, m_x->min(), m_x->max(), columns));
        const double bound = lowerBound(of.converged, of.acked);
        if (of.acked == 0 || (m_boundWrites > 0 && bound >= m_bound))
            continue;
        m_bound = bound;
        m_boundWrites = of.acked;
        edge = of.bounds;
        edge << QPointF(m_last, bound);
    }
    m_bandTop->replace(edge.isEmpty() ? edge
                                      : QList<QPointF>{{edge.constFirst().x(), 1}, {double(m_last), 1}});
    m_bandBottom->replace(edge);
    viewport()->update();
}

void CycleChart::setSelected(int cycle) {
    m_selected = cycle;
    viewport()->update();
}

void CycleChart::mousePressEvent(QMouseEvent *event) {
    const double value = chart()->mapToValue(event->position(), m_thresholdLine).x();
    const int cycle = static_cast<int>(std::lround(value));
    if (cycle >= 1 && cycle <= m_last)
        Q_EMIT cycleClicked(cycle);
}

void CycleChart::resizeEvent(QResizeEvent *event) {
    QChartView::resizeEvent(event);
    fitAxes();
}

void CycleChart::drawTexts(QPainter &painter, const QRectF &plot) const {
    double y = chart()->mapToPosition({1, m_threshold}, m_thresholdLine).y() + 3;
    const auto line = [&](const QColor &color, const QString &text) {
        painter.setPen(color);
        painter.drawText(QRectF(plot.left(), y, plot.width() - 4, 16), Qt::AlignRight | Qt::AlignTop, text);
        y += 16;
    };
    line(theme().fail, tr("threshold %1").arg(m_threshold));
    if (m_boundWrites > 0)
        line(theme().accent,
             tr("95 % bound %1, n = %L2").arg(std::floor(m_bound * 10000) / 10000).arg(m_boundWrites));
    if (m_classes.size() < 2)
        return;
    size_t sign = 0;
    for (auto it = m_classes.constBegin(); it != m_classes.constEnd(); ++it)
        line(theme().muted,
             QChar(kMarkerSigns.at(sign++ % kMarkerSigns.size())) + QLatin1Char(' ') + it.key());
}

void CycleChart::drawForeground(QPainter *painter, const QRectF &) {
    const QRectF plot = chart()->plotArea();
    const auto xOf = [this](double cycle) { return chart()->mapToPosition({cycle, 0}, m_thresholdLine).x(); };
    painter->setFont(smallFont());
    if (m_unmeasured.size() <= kHatchedAtMost) {
        for (const int cycle : std::as_const(m_unmeasured))
            paintHatch(*painter,
                       QRectF(QPointF(xOf(cycle - 0.4), plot.bottom() - 12),
                              QPointF(std::max(xOf(cycle + 0.4), xOf(cycle - 0.4) + 2), plot.bottom())));
    }
    drawTexts(*painter, plot);
    if (m_last == 0) {
        painter->setPen(theme().muted);
        painter->drawText(plot, Qt::AlignCenter, tr("No cycle has been measured."));
    }
    if (m_selected > 0) {
        const double x = xOf(m_selected);
        painter->setPen(QPen(theme().accent, 1.5));
        painter->drawLine(QPointF(x, plot.top()), QPointF(x, plot.bottom()));
        painter->drawText(QRectF(x + 4, plot.bottom() - 18, 120, 16), Qt::AlignLeft | Qt::AlignTop,
                          tr("cycle %1").arg(m_selected));
    }
}

} // namespace slipway
