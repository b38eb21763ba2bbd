// SPDX-License-Identifier: GPL-3.0-or-later
// What hands do to a PlotView.
#include "ui/charts/plotview.h"

#include "ui/charts/cycletext.h"

#include <QChart>
#include <QContextMenuEvent>
#include <QMenu>
#include <QWheelEvent>

#include <cmath>

namespace slipway {

namespace {

constexpr double kCloser = 0.8;
constexpr double kPan = 0.1;       // of what is in view
constexpr double kDragFrom = 4;    // pixels; less is a click
constexpr double kWheelStep = 120; // of angleDelta(), a notch

} // namespace

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
    const double middle = m_selected > m_from && m_selected < m_to ? m_selected : (m_from + m_to) / 2;
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
        pan(m_wholeFrom - m_from);
    else if (event->key() == Qt::Key_End)
        pan(m_wholeTo - m_to);
    else if (side != 0 && event->modifiers().testFlag(Qt::ShiftModifier))
        clicked(moved(m_selected, side));
    else if (side != 0)
        pan(side * kPan * (m_to - m_from));
    else
        QChartView::keyPressEvent(event);
}

void PlotView::wheelEvent(QWheelEvent *event) {
    const QPoint turned = event->angleDelta();
    if (event->modifiers().testFlag(Qt::ShiftModifier) || std::abs(turned.x()) > std::abs(turned.y())) {
        const int by = turned.x() != 0 ? turned.x() : turned.y();
        pan(-by / kWheelStep * kPan * (m_to - m_from));
    } else {
        zoom(std::pow(kCloser, turned.y() / kWheelStep), valueAt(event->position().x()));
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
        pan(valueAt(m_pressedAt) - valueAt(x));
        m_pressedAt = x;
        return;
    }
    const bool inside = chart()->plotArea().contains(event->position());
    const QString text = inside && m_why.isEmpty() ? hoverText(valueAt(x)) : QString();
    showHint(event->globalPosition().toPoint(), text, *this);
}

void PlotView::mouseReleaseEvent(QMouseEvent *event) {
    if (event->button() == Qt::LeftButton && m_pressed && !m_dragged && m_why.isEmpty())
        clicked(valueAt(event->position().x()));
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
                    [this] { zoom(kCloser, (m_from + m_to) / 2); });
    menu->addAction(tr("Zoom out"), QKeySequence(Qt::Key_Minus), this,
                    [this] { zoom(1 / kCloser, (m_from + m_to) / 2); });
    menu->addAction(tr("Show all"), QKeySequence(Qt::Key_0), this, &PlotView::showAll);
    menu->popup(event->globalPos());
}

void PlotView::resizeEvent(QResizeEvent *event) {
    QChartView::resizeEvent(event);
    fitPlot();
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
