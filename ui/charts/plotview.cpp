// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/plotview.h"

#include "ui/charts/cycletext.h"
#include "ui/common/theme.h"
#include "ui/common/verdictmark.h"

#include <QChart>
#include <QContextMenuEvent>
#include <QGraphicsLayout>
#include <QLegend>
#include <QMenu>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>

namespace slipway {

namespace {

constexpr double kCloser = 0.8;
constexpr double kPan = 0.1;       // of what is in view
constexpr double kDragFrom = 4;    // pixels; less is a click
constexpr double kWheelStep = 120; // of angleDelta(), a notch

} // namespace

PlotView::PlotView(const QString &name, const QString &xLabel, QWidget *parent)
    : QChartView(parent), m_xLabel(xLabel), m_axes(*chart(), m_range) {
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
    m_redraw.setSingleShot(true);
    connect(&m_redraw, &QTimer::timeout, this, &PlotView::redrawNow);
    m_since.start();
    applyTheme();
}

void PlotView::applyTheme() {
    setBackgroundBrush(theme().surface);
    m_axes.applyTheme();
}

void PlotView::setWhole(double from, double to, double min) {
    m_range.setWhole(from, to, min);
    scheduleRedraw();
}

void PlotView::zoom(double factor, double around) {
    m_range.zoom(factor, around);
    scheduleRedraw();
}

void PlotView::pan(double by) {
    m_range.pan(by);
    scheduleRedraw();
}

void PlotView::showAll() {
    m_range.showAll();
    scheduleRedraw();
}

void PlotView::setSelected(int x) {
    m_selected = x;
    if (x > 0)
        m_range.bringIn(x);
    scheduleRedraw();
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
    m_axes.setSize(size()); // a widget that was never shown had no resize event
    m_axes.fitX();
    redraw(m_axes.columns());
    setAccessibleDescription(description());
    viewport()->update();
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
    if (!m_range.contains(m_selected) || m_selected < 1)
        return;
    const double x = xOf(m_selected);
    painter.setPen(QPen(theme().accent, 1.5));
    painter.drawLine(QPointF(x, plot.top()), QPointF(x, plot.bottom()));
    const bool right = x < plot.right() - 90;
    painter.drawText(QRectF(right ? x + 4 : x - 124, plot.bottom() - 30, 120, 16),
                     (right ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignTop, tr("cycle %1").arg(m_selected));
}

void PlotView::drawForeground(QPainter *painter, const QRectF &) {
    const QRectF plot = m_axes.plot();
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

bool PlotView::event(QEvent *event) {
    // The keys of the chart that has the focus go before the window's commands.
    if (event->type() == QEvent::ShortcutOverride) {
        const auto *key = static_cast<QKeyEvent *>(event);
        if (key->matches(QKeySequence::Copy) || key->key() == Qt::Key_0 || key->key() == Qt::Key_Plus ||
            key->key() == Qt::Key_Minus) {
            event->accept();
            return true;
        }
    }
    return QChartView::event(event);
}

void PlotView::changeEvent(QEvent *event) {
    QChartView::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::StyleChange) {
        applyTheme();
        restyle();
        scheduleRedraw();
    }
}

void PlotView::keyPressEvent(QKeyEvent *event) {
    const double middle = m_selected > viewFrom() && m_selected < viewTo() ? m_selected : m_range.middle();
    const int side = event->key() == Qt::Key_Left ? -1 : event->key() == Qt::Key_Right ? 1 : 0;
    if (event->matches(QKeySequence::Copy))
        copy();
    else if (event->key() == Qt::Key_Plus || event->key() == Qt::Key_Equal)
        zoom(kCloser, middle);
    else if (event->key() == Qt::Key_Minus)
        zoom(1 / kCloser, middle);
    else if (event->key() == Qt::Key_0)
        showAll();
    else if (event->key() == Qt::Key_Home)
        pan(m_range.wholeFrom() - viewFrom());
    else if (event->key() == Qt::Key_End)
        pan(m_range.wholeTo() - viewTo());
    else if (side != 0 && event->modifiers().testFlag(Qt::ShiftModifier))
        clicked(moved(m_selected, side));
    else if (side != 0)
        pan(side * kPan * (viewTo() - viewFrom()));
    else
        QChartView::keyPressEvent(event);
}

void PlotView::wheelEvent(QWheelEvent *event) {
    const QPoint turned = event->angleDelta();
    if (event->modifiers().testFlag(Qt::ShiftModifier) || std::abs(turned.x()) > std::abs(turned.y())) {
        const int by = turned.x() != 0 ? turned.x() : turned.y();
        pan(-by / kWheelStep * kPan * (viewTo() - viewFrom()));
    } else {
        zoom(std::pow(kCloser, turned.y() / kWheelStep), m_axes.valueAt(event->position().x()));
    }
    event->accept();
}

void PlotView::mousePressEvent(QMouseEvent *event) {
    if (event->button() != Qt::LeftButton)
        return;
    m_pressed = true;
    m_dragged = false;
    m_pressedAt = event->position().x();
}

void PlotView::mouseMoveEvent(QMouseEvent *event) {
    const double x = event->position().x();
    if (m_pressed && (m_dragged || std::abs(x - m_pressedAt) >= kDragFrom)) {
        m_dragged = true;
        pan(m_axes.valueAt(m_pressedAt) - m_axes.valueAt(x));
        m_pressedAt = x;
        return;
    }
    const bool inside = m_axes.plot().contains(event->position());
    const QString text = inside && m_why.isEmpty() ? hoverText(m_axes.valueAt(x)) : QString();
    showHint(event->globalPosition().toPoint(), text, *this);
}

void PlotView::mouseReleaseEvent(QMouseEvent *event) {
    if (event->button() == Qt::LeftButton && m_pressed && !m_dragged && m_why.isEmpty())
        clicked(m_axes.valueAt(event->position().x()));
    m_pressed = m_dragged = false;
}

void PlotView::mouseDoubleClickEvent(QMouseEvent *) {
    showAll();
}

void PlotView::contextMenuEvent(QContextMenuEvent *event) {
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(tr("Copy"), QKeySequence::Copy, this, &PlotView::copy);
    menu->addAction(tr("Save picture…"), this, &PlotView::saveRequested);
    menu->addSeparator();
    menu->addAction(tr("Zoom in"), QKeySequence(Qt::Key_Plus), this,
                    [this] { zoom(kCloser, m_range.middle()); });
    menu->addAction(tr("Zoom out"), QKeySequence(Qt::Key_Minus), this,
                    [this] { zoom(1 / kCloser, m_range.middle()); });
    menu->addAction(tr("Show all"), QKeySequence(Qt::Key_0), this, &PlotView::showAll);
    menu->popup(event->globalPos());
}

void PlotView::resizeEvent(QResizeEvent *event) {
    QChartView::resizeEvent(event);
    m_axes.setSize(size());
    scheduleRedraw();
}

void PlotView::focusInEvent(QFocusEvent *event) {
    QChartView::focusInEvent(event);
    viewport()->update();
}

void PlotView::focusOutEvent(QFocusEvent *event) {
    QChartView::focusOutEvent(event);
    viewport()->update();
}

} // namespace slipway
