// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/plotaxes.h"

#include "ui/charts/plotrange.h"
#include "ui/common/theme.h"

#include <QChart>
#include <QLineSeries>
#include <QValueAxis>

#include <algorithm>
#include <cmath>

namespace slipway {

namespace {

constexpr QMarginsF kRoom(44, 8, 14, 34); // around the plot: labels of y, nothing, half a label of x, x

// 1, 2 or 5 times a power of ten, so that there are at most `most` ticks.
double niceStep(double span, double max) {
    const double min = span / max;
    const double power = std::pow(10, std::floor(std::log10(min)));
    for (const double factor : {1.0, 2.0, 5.0}) {
        if (factor * power >= min)
            return factor * power;
    }
    return 10 * power;
}

// Never more ticks in between than before or after: a million of them would hold the window for seconds.
void setTicks(QValueAxis &axis, double from, double to, double step) {
    axis.setTickInterval(std::max({step, axis.tickInterval(), (to - from) / 20}));
    axis.setRange(from, to);
    axis.setTickInterval(step);
}

} // namespace

PlotAxes::PlotAxes(QChart &chart, const PlotRange &range)
    : m_chart(chart), m_range(range), m_x(new QValueAxis), m_y(new QValueAxis) {
    m_chart.addAxis(m_x, Qt::AlignBottom);
    m_chart.addAxis(m_y, Qt::AlignLeft);
    for (QValueAxis *axis : {m_x, m_y}) {
        axis->setLineVisible(false);
        axis->setTickType(QValueAxis::TicksDynamic);
        axis->setTickAnchor(0);
    }
    m_x->setGridLineVisible(false);
    m_x->setLabelFormat(QStringLiteral("%d"));
    attach(new QLineSeries); // an axis follows its range by a series, also while there is nothing to draw
}

void PlotAxes::attach(QAbstractSeries *series) {
    m_chart.addSeries(series);
    series->attachAxis(m_x);
    series->attachAxis(m_y);
}

void PlotAxes::applyTheme() {
    for (QValueAxis *axis : {m_x, m_y}) {
        axis->setLabelsColor(theme().muted);
        axis->setLabelsFont(smallFont());
        axis->setGridLineColor(theme().line);
    }
}

void PlotAxes::setSize(const QSizeF &size) {
    if (size == m_size)
        return;
    m_size = size;
    m_chart.setPlotArea(QRectF(QPointF(), size).marginsRemoved(kRoom));
}

void PlotAxes::fitX() {
    // Labels of seven digits need more room than those of two.
    const double digits = std::max(1.0, std::floor(std::log10(std::max(1.0, m_range.to()))) + 1);
    const double max = std::clamp(columns() / (digits * 8 + 24), 2.0, 12.0);
    const double step = niceStep(m_range.to() - m_range.from(), max);
    setTicks(*m_x, m_range.from(), m_range.to(), std::max(step, m_range.min() >= 1 ? 1.0 : 0.001));
}

void PlotAxes::setY(double from, double to, const QString &format) {
    m_yFrom = from;
    m_yTo = to;
    m_y->setLabelFormat(format);
    setTicks(*m_y, from, to, niceStep(to - from, std::clamp(m_size.height() / 36, 2.0, 6.0)));
}

QRectF PlotAxes::plot() const {
    return m_chart.plotArea();
}

int PlotAxes::columns() const {
    return std::max(1, static_cast<int>(m_size.width() - kRoom.left() - kRoom.right()));
}

double PlotAxes::xOf(double value) const {
    return plot().left() + (value - m_range.from()) / (m_range.to() - m_range.from()) * plot().width();
}

double PlotAxes::yOf(double value) const {
    return plot().bottom() - (value - m_yFrom) / (m_yTo - m_yFrom) * plot().height();
}

double PlotAxes::valueAt(double x) const {
    return m_range.from() +
           (x - plot().left()) / std::max(1.0, plot().width()) * (m_range.to() - m_range.from());
}

} // namespace slipway
