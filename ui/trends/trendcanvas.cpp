// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/trends/trendcanvas.h"

#include "ui/common/theme.h"
#include "ui/common/verdictmark.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>

namespace slipway {

namespace {

constexpr int kLeastWidth = 480;
constexpr double kDrag = 6; // pixels, from which on a press is a selection
constexpr double kZoom = 1.25;

} // namespace

TrendCanvas::TrendCanvas(QWidget *parent) : QWidget(parent) {
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
}

void TrendCanvas::setView(std::shared_ptr<const SeriesView> view) {
    const bool isOther = !m_view || !view || m_view->judged.definition.name != view->judged.definition.name;
    const auto before = m_view ? TrendLayer::wholeRange(*m_view) : std::pair<double, double>{0, 0};
    const bool showedAll = isOther || (m_axis.from() <= before.first && m_axis.to() >= before.second);
    m_view = std::move(view);
    m_content = m_view ? TrendContent::of(m_view) : nullptr;
    if (m_view && showedAll) {
        const auto [from, to] = TrendLayer::wholeRange(*m_view);
        m_axis.setRange(from, to);
    }
    const qsizetype count = m_view ? m_view->judged.table.slotList.size() : 0;
    if (isOther || m_end >= count || m_anchor >= count)
        m_anchor = m_end = -1;
    if (isOther)
        m_current = count - 1;
    m_current = std::min(m_current, count - 1);
    updateGeometry();
    arrange();
    if (m_view)
        setAccessibleName(tr("Slots and charts of series %1: %2")
                              .arg(m_view->judged.definition.name, m_view->judged.verdict.head));
    Q_EMIT selectionChanged();
    Q_EMIT currentChanged();
}

QSize TrendCanvas::minimumSizeHint() const {
    return {kLeastWidth, m_content ? static_cast<int>(TrendLayer::heightOf(*m_content)) : 200};
}

void TrendCanvas::arrange() {
    m_isStale = true;
    if (m_view)
        m_layer = TrendLayer::arranged(m_content, m_axis, QSizeF(size()));
    update();
}

std::pair<qsizetype, qsizetype> TrendCanvas::selection() const {
    if (m_anchor < 0)
        return {-1, -1};
    return {std::min(m_anchor, m_end), std::max(m_anchor, m_end)};
}

void TrendCanvas::setCurrent(qsizetype slot) {
    if (slot == m_current)
        return;
    m_current = slot;
    setAccessibleDescription(textOf(slot));
    update();
    Q_EMIT currentChanged();
}

void TrendCanvas::select(qsizetype anchor, qsizetype slot) {
    m_anchor = anchor;
    m_end = slot;
    update();
    Q_EMIT selectionChanged();
}

void TrendCanvas::zoomToSelection() {
    const auto [first, last] = selection();
    if (!m_view || first < 0)
        return;
    const QList<SeriesSlot> &all = m_view->judged.table.slotList;
    const auto from = static_cast<double>(all.at(first).at.toSecsSinceEpoch());
    const auto to = static_cast<double>(all.at(last).at.toSecsSinceEpoch());
    const double room = std::max((to - from) / 20, 1800.0);
    m_axis.setRange(from - room, to + room);
    arrange();
}

void TrendCanvas::clearSelection() {
    m_anchor = m_end = -1;
    if (m_view) {
        const auto [from, to] = TrendLayer::wholeRange(*m_view);
        m_axis.setRange(from, to);
    }
    arrange();
    Q_EMIT selectionChanged();
}

void TrendCanvas::openCurrent() {
    if (!m_view || m_current < 0)
        return;
    const SeriesSlot &slot = m_view->judged.table.slotList.at(m_current);
    if (!slot.runs.isEmpty())
        Q_EMIT chosen(m_view->judged.runs.at(slot.runs.constFirst()).id);
}

QString TrendCanvas::textOf(qsizetype slot) const {
    if (!m_view || slot < 0)
        return {};
    const SeriesSlot &one = m_view->judged.table.slotList.at(slot);
    const auto verdict = slotVerdict(one, m_view->judged.runs);
    return tr("%1 UTC: %2, %3%4")
        .arg(one.at.toUTC().toString(QStringLiteral("yyyy-MM-dd hh:mm")),
             slotRunsText(one, m_view->judged.runs), slotStateName(one.state),
             verdict ? QStringLiteral(", ") + verdictLabel(*verdict) : QString());
}

double TrendCanvas::xOf(qsizetype slot) const {
    return m_layer.axis.x(m_view->judged.table.slotList.at(slot).at);
}

void TrendCanvas::paintEvent(QPaintEvent *) {
    QPainter painter(this);
    if (!m_view) {
        painter.fillRect(rect(), theme().surface);
        return;
    }
    const double ratio = devicePixelRatioF();
    const QSize pixels = (QSizeF(size()) * ratio).toSize();
    if (m_isStale || m_painted.size() != pixels) {
        m_isStale = false;
        if (m_painted.size() != pixels)
            m_painted = QPixmap(pixels);
        m_painted.setDevicePixelRatio(ratio);
        m_painted.fill(theme().surface);
        QPainter layer(&m_painted);
        layer.setFont(font());
        m_layer.paint(layer);
    }
    painter.drawPixmap(0, 0, m_painted);
    const double bottom = m_layer.changes.bottom();
    const double top = m_layer.slotTop;
    if (const auto [first, last] = selection(); first >= 0) {
        QColor fill = theme().accent;
        fill.setAlphaF(0.14F);
        const double left = std::max(m_layer.axis.left(), xOf(first) - 2);
        const double right = std::min(m_layer.axis.right(), xOf(last) + 2);
        if (right > left) {
            painter.fillRect(QRectF(left, top, right - left, bottom - top), fill);
            painter.setPen(QPen(theme().accent, 1));
            painter.drawLine(QPointF(left, top), QPointF(left, bottom));
            painter.drawLine(QPointF(right, top), QPointF(right, bottom));
        }
    }
    if (m_current < 0 || !m_layer.axis.shows(m_view->judged.table.slotList.at(m_current).at))
        return;
    painter.setPen(QPen(theme().accent, hasFocus() ? 2 : 1));
    const double chartsTop = m_layer.charts.isEmpty() ? top : m_layer.charts.constFirst().top() - 8;
    painter.drawLine(QPointF(xOf(m_current), chartsTop), QPointF(xOf(m_current), bottom));
    for (qsizetype day = 0; day < m_view->days.size(); ++day) {
        const qsizetype place = m_view->days.at(day).slotList.indexOf(m_current);
        if (place < 0)
            continue;
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(theme().accent, 2));
        painter.drawRoundedRect(m_layer.cellOf(day, place).adjusted(-1.5, -1.5, 1.5, 1.5), 3, 3);
        break;
    }
}

void TrendCanvas::mousePressEvent(QMouseEvent *event) {
    if (!m_view || event->button() != Qt::LeftButton)
        return;
    m_pressed = event->position();
    m_pressedSlot = m_layer.slotAt(m_pressed);
    m_isDragging = false;
}

void TrendCanvas::mouseMoveEvent(QMouseEvent *event) {
    if (!m_view)
        return;
    const qsizetype slot = m_layer.slotAt(event->position());
    if (slot >= 0)
        setCurrent(slot);
    if ((event->buttons() & Qt::LeftButton) == 0 || m_pressedSlot < 0)
        return;
    if (std::abs(event->position().x() - m_pressed.x()) > kDrag)
        m_isDragging = true;
    if (m_isDragging && slot >= 0)
        select(m_pressedSlot, slot);
}

void TrendCanvas::mouseReleaseEvent(QMouseEvent *event) {
    if (!m_view || event->button() != Qt::LeftButton || m_isDragging || m_pressedSlot < 0)
        return;
    setCurrent(m_pressedSlot);
    openCurrent();
}

void TrendCanvas::wheelEvent(QWheelEvent *event) {
    if (!m_view || (event->modifiers() & Qt::ControlModifier) == 0) {
        event->ignore(); // the page scrolls
        return;
    }
    const auto [from, to] = TrendLayer::wholeRange(*m_view);
    TimeAxis axis = m_layer.axis;
    axis.zoom(event->angleDelta().y() > 0 ? 1 / kZoom : kZoom, event->position().x(), from, to);
    m_axis.setRange(axis.from(), axis.to());
    arrange();
}

void TrendCanvas::keyPressEvent(QKeyEvent *event) {
    const qsizetype last = m_view ? m_view->judged.table.slotList.size() - 1 : -1;
    const auto move = [&](qsizetype to) {
        const qsizetype slot = std::clamp<qsizetype>(to, 0, last);
        if ((event->modifiers() & Qt::ShiftModifier) != 0)
            select(m_anchor < 0 ? std::max<qsizetype>(0, m_current) : m_anchor, slot);
        setCurrent(slot);
    };
    if (last < 0) {
        QWidget::keyPressEvent(event);
    } else if (event->key() == Qt::Key_Left || event->key() == Qt::Key_Right) {
        move(m_current + (event->key() == Qt::Key_Right ? 1 : -1));
    } else if (event->key() == Qt::Key_Home || event->key() == Qt::Key_End) {
        move(event->key() == Qt::Key_End ? last : 0);
    } else if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        openCurrent();
    } else if (event->key() == Qt::Key_Z && event->modifiers() == Qt::NoModifier) {
        zoomToSelection();
    } else if (event->key() == Qt::Key_Escape &&
               (m_anchor >= 0 || m_axis.from() > TrendLayer::wholeRange(*m_view).first ||
                m_axis.to() < TrendLayer::wholeRange(*m_view).second)) {
        clearSelection();
    } else {
        QWidget::keyPressEvent(event);
    }
}

void TrendCanvas::resizeEvent(QResizeEvent *event) {
    QWidget::resizeEvent(event);
    arrange();
}

void TrendCanvas::changeEvent(QEvent *event) {
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange ||
        event->type() == QEvent::StyleChange)
        arrange();
    QWidget::changeEvent(event);
}

bool TrendCanvas::event(QEvent *event) {
    if (event->type() != QEvent::ToolTip)
        return QWidget::event(event);
    const auto *help = static_cast<QHelpEvent *>(event);
    const qsizetype slot = m_view ? m_layer.slotAt(help->pos()) : -1;
    QToolTip::showText(help->globalPos(), textOf(slot).toHtmlEscaped(), this);
    return true;
}

} // namespace slipway
