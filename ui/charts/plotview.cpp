// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/plotview.h"

#include "ui/common/theme.h"

#include <QChart>
#include <QGraphicsLayout>
#include <QLegend>
#include <QLineSeries>
#include <QValueAxis>

#include <algorithm>
#include <cmath>

namespace slipway {

namespace {

constexpr QMarginsF kRoom(44, 8, 14, 34); // around the plot: labels of y, nothing, half a label of x, x

// 1, 2 or 5 times a power of ten, so that there are at most `most` ticks.
double niceStep(double span, double most) {
    const double least = span / most;
    const double power = std::pow(10, std::floor(std::log10(least)));
    for (const double factor : {1.0, 2.0, 5.0}) {
        if (factor * power >= least)
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

PlotView::PlotView(const QString &name, const QString &xLabel, QWidget *parent)
    : QChartView(parent), m_xLabel(xLabel), m_x(new QValueAxis), m_y(new QValueAxis),
      m_frame(new QLineSeries) {
    setAccessibleName(name);
    setRenderHint(QPainter::Antialiasing);
    setFrameShape(QFrame::NoFrame);
    setMinimumHeight(130);
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    viewport()->setMouseTracking(true);
    setViewportUpdateMode(QGraphicsView::FullViewportUpdate); // the texts over it move with the rest
    chart()->setBackgroundVisible(false);
    chart()->setMargins({0, 0, 0, 0});
    chart()->layout()->setContentsMargins(0, 0, 0, 0);
    chart()->legend()->hide();
    chart()->addAxis(m_x, Qt::AlignBottom);
    chart()->addAxis(m_y, Qt::AlignLeft);
    for (QValueAxis *axis : {m_x, m_y}) {
        axis->setLineVisible(false);
        axis->setTickType(QValueAxis::TicksDynamic);
        axis->setTickAnchor(0);
    }
    m_x->setGridLineVisible(false);
    m_x->setLabelFormat(QStringLiteral("%d"));
    attach(m_frame);
    m_redraw.setSingleShot(true);
    connect(&m_redraw, &QTimer::timeout, this, &PlotView::redrawNow);
    m_since.start();
    applyTheme();
}

void PlotView::attach(QAbstractSeries *series) {
    chart()->addSeries(series);
    series->attachAxis(m_x);
    series->attachAxis(m_y);
}

void PlotView::applyTheme() {
    setBackgroundBrush(theme().surface);
    for (QValueAxis *axis : {m_x, m_y}) {
        axis->setLabelsColor(theme().muted);
        axis->setLabelsFont(smallFont());
        axis->setGridLineColor(theme().line);
    }
}

bool PlotView::isZoomed() const {
    return m_to - m_from < (m_wholeTo - m_wholeFrom) * (1 - 1e-9);
}

void PlotView::setWhole(double from, double to, double least) {
    const bool zoomed = isZoomed();
    m_wholeFrom = from;
    m_wholeTo = std::max(to, from + least);
    m_least = least;
    if (zoomed)
        setView(m_from, m_to);
    else
        setView(m_wholeFrom, m_wholeTo);
}

void PlotView::setView(double from, double to) {
    const double span = std::clamp(to - from, m_least, m_wholeTo - m_wholeFrom);
    m_from = std::clamp(from, m_wholeFrom, m_wholeTo - span);
    m_to = m_from + span;
    scheduleRedraw();
}

void PlotView::zoom(double factor, double around) {
    setView(around - (around - m_from) * factor, around + (m_to - around) * factor);
}

void PlotView::pan(double by) {
    setView(m_from + by, m_to + by);
}

void PlotView::showAll() {
    setView(m_wholeFrom, m_wholeTo);
}

void PlotView::setSelected(int x) {
    m_selected = x;
    if (x > 0 && isZoomed() && (x < m_from || x > m_to))
        pan(x - (m_from + m_to) / 2);
    scheduleRedraw();
}

void PlotView::setHeight(double from, double to, const QString &format) {
    m_yFrom = from;
    m_yTo = to;
    m_y->setLabelFormat(format);
    setTicks(*m_y, from, to, niceStep(to - from, std::clamp(height() / 36, 2, 6)));
}

void PlotView::keepOut(bool hatched, const QString &why) {
    m_hatched = hatched;
    m_why = why;
}

void PlotView::scheduleRedraw() {
    if (!m_redraw.isActive())
        m_redraw.start(static_cast<int>(std::max<qint64>(0, kFrameMs - m_since.elapsed())));
}

void PlotView::redrawNow() {
    m_redraw.stop();
    m_since.restart();
    fitX();
    redraw(columns());
    setAccessibleDescription(description());
    viewport()->update();
}

void PlotView::fitX() {
    // Labels of seven digits need more room than those of two.
    const double digits = std::max(1.0, std::floor(std::log10(std::max(1.0, m_to))) + 1);
    const double most = std::clamp(columns() / (digits * 8 + 24), 2.0, 12.0);
    setTicks(*m_x, m_from, m_to, std::max(niceStep(m_to - m_from, most), m_least >= 1 ? 1.0 : 0.001));
}

void PlotView::fitPlot() {
    chart()->setPlotArea(QRectF(QPointF(), QSizeF(size())).marginsRemoved(kRoom));
}

int PlotView::columns() const {
    return std::max(1, static_cast<int>(width() - kRoom.left() - kRoom.right()));
}

double PlotView::xOf(double value) const {
    const QRectF plot = chart()->plotArea();
    return plot.left() + (value - m_from) / (m_to - m_from) * plot.width();
}

double PlotView::yOf(double value) const {
    const QRectF plot = chart()->plotArea();
    return plot.bottom() - (value - m_yFrom) / (m_yTo - m_yFrom) * plot.height();
}

double PlotView::valueAt(double x) const {
    const QRectF plot = chart()->plotArea();
    return m_from + (x - plot.left()) / std::max(1.0, plot.width()) * (m_to - m_from);
}

Picture PlotView::picture() {
    redrawNow();
    return {accessibleName(), size(), [this](QPainter &painter) {
                painter.setRenderHint(QPainter::Antialiasing);
                render(&painter, QRectF(QPointF(), QSizeF(size())), QRect(QPoint(), size()));
            }};
}

void PlotView::copy() {
    copyPicture(picture(), accessibleName() + QStringLiteral(". ") + description());
}

void PlotView::paintCursor(QPainter &painter, const QRectF &plot) const {
    if (m_selected < m_from || m_selected > m_to || m_selected < 1)
        return;
    const double x = xOf(m_selected);
    painter.setPen(QPen(theme().accent, 1.5));
    painter.drawLine(QPointF(x, plot.top()), QPointF(x, plot.bottom()));
    const bool right = x < plot.right() - 90;
    painter.drawText(QRectF(right ? x + 4 : x - 124, plot.bottom() - 30, 120, 16),
                     (right ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignTop, tr("cycle %1").arg(m_selected));
}

void PlotView::drawForeground(QPainter *painter, const QRectF &) {
    const QRectF plot = chart()->plotArea();
    painter->setFont(smallFont());
    painter->setPen(theme().muted);
    painter->drawText(QRectF(plot.left(), plot.bottom() + 18, plot.width(), 16),
                      Qt::AlignRight | Qt::AlignTop,
                      isZoomed() ? m_xLabel + tr(" · zoomed, 0 shows all") : m_xLabel);
    if (!m_why.isEmpty()) {
        if (m_hatched) {
            painter->setOpacity(0.35);
            paintHatch(*painter, plot);
            painter->setOpacity(1);
        }
        QRectF words = QRectF(painter->fontMetrics().boundingRect(m_why)).adjusted(-8, -4, 8, 4);
        words.moveCenter(plot.center());
        painter->fillRect(words, theme().surface);
        painter->setPen(theme().muted);
        painter->drawText(words, Qt::AlignCenter, m_why);
    } else {
        drawOver(*painter, plot);
    }
    if (hasFocus()) {
        painter->setPen(QPen(theme().accent, 1));
        painter->setBrush(Qt::NoBrush);
        painter->drawRoundedRect(QRectF(QPointF(), QSizeF(size())).adjusted(1.5, 1.5, -1.5, -1.5), 4, 4);
    }
}

} // namespace slipway
