// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/cyclechart.h"

#include "ui/common/theme.h"

#include <QChart>
#include <QLegend>
#include <QLineSeries>
#include <QMouseEvent>
#include <QScatterSeries>
#include <QValueAxis>

#include <algorithm>
#include <cmath>

namespace slipway {

CycleChart::CycleChart(QWidget *parent)
    : QChartView(parent), m_x(new QValueAxis), m_y(new QValueAxis), m_thresholdLine(new QLineSeries) {
    setAccessibleName(tr("Convergence per cycle"));
    setRenderHint(QPainter::Antialiasing);
    setFrameShape(QFrame::NoFrame);
    setMinimumHeight(150);
    setBackgroundBrush(theme().surface);
    chart()->setBackgroundVisible(false);
    chart()->setMargins({0, 8, 8, 0});
    chart()->legend()->hide();
    chart()->addAxis(m_x, Qt::AlignBottom);
    chart()->addAxis(m_y, Qt::AlignLeft);
    for (QValueAxis *axis : {m_x, m_y}) {
        axis->setLabelsColor(theme().muted);
        axis->setLabelsFont(smallFont());
        axis->setGridLineColor(theme().line);
        axis->setLinePenColor(theme().line);
    }
    m_x->setGridLineVisible(false);
    m_x->setLabelFormat(QStringLiteral("%d"));
    m_y->setLabelFormat(QStringLiteral("%.2f"));
    m_thresholdLine->setPen(QPen(theme().fail, 1, Qt::DashLine));
    chart()->addSeries(m_thresholdLine);
    m_thresholdLine->attachAxis(m_x);
    m_thresholdLine->attachAxis(m_y);
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

QScatterSeries *CycleChart::seriesOf(const QString &fault) {
    if (QScatterSeries *known = m_series.value(fault))
        return known;
    auto *series = new QScatterSeries;
    series->setName(fault);
    series->setMarkerSize(7);
    // Outline or disc tell classes apart beside the direct label in the strip; colour stays for verdicts.
    series->setMarkerShape(m_series.size() % 2 == 0 ? QScatterSeries::MarkerShapeCircle
                                                    : QScatterSeries::MarkerShapeRectangle);
    series->setBorderColor(Qt::transparent);
    series->setColor(theme().proven);
    chart()->addSeries(series);
    series->attachAxis(m_x);
    series->attachAxis(m_y);
    m_series.insert(fault, series);
    return series;
}

void CycleChart::setCycles(const QList<Cycle> &cycles) {
    for (QScatterSeries *series : std::as_const(m_series)) {
        chart()->removeSeries(series);
        delete series;
    }
    m_series.clear();
    m_lowest = 1;
    m_last = 0;
    append(cycles);
}

void CycleChart::append(const QList<Cycle> &cycles) {
    QHash<QString, QList<QPointF>> points;
    for (const Cycle &cycle : cycles) {
        m_last = std::max(m_last, cycle.number);
        if (!cycle.ok || !cycle.converged || *cycle.ok == 0)
            continue;
        const double share = static_cast<double>(*cycle.converged) / static_cast<double>(*cycle.ok);
        m_lowest = std::min(m_lowest, share);
        points[cycle.fault].append({static_cast<double>(cycle.number), share});
    }
    for (auto it = points.constBegin(); it != points.constEnd(); ++it) {
        QScatterSeries *series = seriesOf(it.key());
        series->append(it.value());
        if (std::any_of(it.value().begin(), it.value().end(),
                        [](const QPointF &point) { return point.y() < 1; }))
            series->setColor(theme().fail);
    }
    fitAxes();
}

void CycleChart::fitAxes() {
    const int last = std::max({m_planned, m_last, 2});
    m_x->setRange(0.5, last + 0.5);
    m_x->setTickType(QValueAxis::TicksDynamic);
    m_x->setTickAnchor(0);
    m_x->setTickInterval(std::max(1.0, std::round(last / 10.0)));
    m_y->setRange(0, 1.06);
    m_y->setTickType(QValueAxis::TicksDynamic);
    m_y->setTickAnchor(0);
    m_y->setTickInterval(0.2);
    m_thresholdLine->replace(QList<QPointF>{{0.5, m_threshold}, {last + 0.5, m_threshold}});
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

void CycleChart::drawForeground(QPainter *painter, const QRectF &) {
    const QRectF plot = chart()->plotArea();
    painter->setFont(smallFont());
    painter->setPen(theme().fail);
    const double y = chart()->mapToPosition({1, m_threshold}, m_thresholdLine).y();
    painter->drawText(QRectF(plot.left(), y + 3, plot.width() - 4, 16), Qt::AlignRight | Qt::AlignTop,
                      tr("threshold %1").arg(m_threshold));
    if (m_last == 0) {
        painter->setPen(theme().muted);
        painter->drawText(plot, Qt::AlignCenter, tr("No cycle has been measured."));
    }
    if (m_selected > 0) {
        const double x = chart()->mapToPosition({static_cast<double>(m_selected), 0}, m_thresholdLine).x();
        painter->setPen(QPen(theme().accent, 1.5));
        painter->drawLine(QPointF(x, plot.top()), QPointF(x, plot.bottom()));
    }
}

} // namespace slipway
