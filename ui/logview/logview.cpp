// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/logview/logview.h"

#include "ui/common/theme.h"

#include <QApplication>
#include <QClipboard>
#include <QKeyEvent>
#include <QMenu>
#include <QPainter>
#include <QScrollBar>

#include <algorithm>
#include <limits>

namespace slipway {

namespace {

constexpr int kWheelStep = 120; // of a notch, in eighths of a degree

} // namespace

LogView::LogView(QWidget *parent) : QAbstractScrollArea(parent) {
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Log"));
    viewport()->setCursor(Qt::ArrowCursor);
    setEmptyText(tr("No log was recorded for this step."));
    m_layout.setFont(logFont());
    connect(horizontalScrollBar(), &QScrollBar::valueChanged, viewport(), qOverload<>(&QWidget::update));
    connect(verticalScrollBar(), &QScrollBar::valueChanged, this, [this](int value) {
        if (m_adjusting)
            return;
        const bool atEnd = value == verticalScrollBar()->maximum();
        moveTop(atEnd ? m_layout.bottom() : LogLayout::Place{value, 0});
        setFollowing(atEnd);
    });
}

void LogView::setSource(std::shared_ptr<const LogSource> source, const QStringList &hosts) {
    m_layout.setSource(std::move(source), hosts);
    m_generation = this->source() ? this->source()->generation() : 0;
    m_widest = 0;
    m_selection.clear();
    setFollowing(true);
    updateScrollBar();
}

void LogView::setEmptyText(const QString &text) {
    m_emptyText = text;
    viewport()->update();
}

void LogView::sourceGrew() {
    if (source() && m_generation != source()->generation()) {
        m_generation = source()->generation();
        m_selection.clear();
        m_widest = 0;
    }
    updateScrollBar();
}

void LogView::setFollowing(bool following) {
    if (m_following == following)
        return;
    m_following = following;
    if (following)
        updateScrollBar();
    Q_EMIT followingChanged(following);
}

void LogView::setWrapped(bool wrapped) {
    m_layout.setWrapped(wrapped);
    m_layout.setTop({firstLine(), 0});
    horizontalScrollBar()->setValue(0);
    updateScrollBar();
}

void LogView::setHighlights(const QList<Highlight> &highlights) {
    m_marks.highlights = highlights;
    viewport()->update();
}

void LogView::setSearch(const std::optional<LinePattern> &pattern) {
    m_marks.search = pattern;
    viewport()->update();
}

void LogView::moveTop(LogLayout::Place place) {
    m_layout.setTop(place);
    viewport()->update();
}

void LogView::goToLine(qint64 row) {
    setFollowing(false);
    const LogLayout::Place bottom = m_layout.bottom();
    moveTop(row < bottom.row ? LogLayout::Place{row, 0} : bottom);
    updateScrollBar();
}

void LogView::selectLine(qint64 row) {
    m_selection.select(row, row);
    const int above = m_layout.visibleParts() / (isWrapped() ? 4 : 2);
    goToLine(std::max<qint64>(0, row - above));
    bringIntoView(row);
}

void LogView::scrollBy(qint64 parts) {
    const LogLayout::Place place = m_layout.moved(parts);
    const LogLayout::Place bottom = m_layout.bottom();
    moveTop(std::min(place, bottom));
    setFollowing(place >= bottom);
    updateScrollBar();
}

void LogView::bringIntoView(qint64 row) {
    moveTop(m_layout.showing(row));
    updateScrollBar();
}

void LogView::updateScrollBar() {
    m_adjusting = true;
    m_layout.setSize(viewport()->size());
    const LogLayout::Place bottom = m_layout.bottom();
    if (m_following || m_layout.top() > bottom) // also of a log that was begun anew
        moveTop(bottom);
    constexpr qint64 kMax = std::numeric_limits<int>::max();
    verticalScrollBar()->setPageStep(m_layout.visibleParts());
    verticalScrollBar()->setRange(0, static_cast<int>(std::min(bottom.row, kMax)));
    verticalScrollBar()->setValue(static_cast<int>(std::min(firstLine(), kMax)));
    const int columns = m_layout.columns();
    const bool fits = isWrapped() || m_widest <= columns;
    const int hidden = static_cast<int>((m_widest - columns) * m_layout.cell()) + LogLayout::kMargin;
    horizontalScrollBar()->setPageStep(viewport()->width());
    horizontalScrollBar()->setSingleStep(static_cast<int>(8 * m_layout.cell()));
    horizontalScrollBar()->setRange(0, fits ? 0 : std::max(0, hidden));
    m_adjusting = false;
    viewport()->update();
}

void LogView::resizeEvent(QResizeEvent *event) {
    QAbstractScrollArea::resizeEvent(event);
    m_layout.setTop({firstLine(), 0});
    updateScrollBar();
}

void LogView::paintEvent(QPaintEvent *) {
    QPainter painter(viewport());
    painter.fillRect(viewport()->rect(), theme().surface);
    const bool tail = showsTail();
    const int visible = m_layout.visibleParts();
    const QList<LogLine> lines = !source() ? QList<LogLine>()
                                 : tail    ? source()->tail(visible)
                                           : source()->lines(firstLine(), visible + 1);
    if (lines.isEmpty()) {
        painter.setPen(theme().muted);
        painter.setFont(font());
        painter.drawText(viewport()->rect(), Qt::AlignCenter | Qt::TextWordWrap, m_emptyText);
        return;
    }
    LogPainter rows(painter, m_layout, m_selection, m_marks);
    const int shift = horizontalScrollBar()->value();
    tail ? rows.paintTail(lines, shift) : rows.paintRows(lines, shift);
    rows.paintHeader();
    // As wide as the widest line that was shown so far: to know all widths would mean to read all lines.
    if (rows.widest() > m_widest) {
        m_widest = rows.widest();
        QMetaObject::invokeMethod(this, &LogView::updateScrollBar, Qt::QueuedConnection);
    }
}

void LogView::changeEvent(QEvent *event) {
    QAbstractScrollArea::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange) {
        m_layout.setFont(logFont());
        updateScrollBar();
    }
}

void LogView::choose(qint64 row, bool extend) {
    if (extend)
        m_selection.extendTo(row);
    else
        m_selection.select(row, row);
    viewport()->update();
    if (const QList<LogLine> chosen = source()->lines(row, 1); !chosen.isEmpty())
        Q_EMIT lineChosen(chosen.constFirst());
}

void LogView::moveSelection(qint64 to, bool extend) {
    if (m_layout.rows() == 0)
        return;
    const qint64 row = std::clamp<qint64>(to, 0, m_layout.rows() - 1);
    setFollowing(false);
    choose(row, extend);
    bringIntoView(row);
}

void LogView::mousePressEvent(QMouseEvent *event) {
    const qint64 row = rowAtY(static_cast<int>(event->position().y()));
    if (event->button() != Qt::LeftButton || row < 0)
        return;
    choose(row, event->modifiers().testFlag(Qt::ShiftModifier));
}

void LogView::mouseMoveEvent(QMouseEvent *event) {
    if (!event->buttons().testFlag(Qt::LeftButton) || m_selection.isEmpty())
        return;
    const int y = static_cast<int>(event->position().y());
    if (y < 0)
        scrollBy(-1);
    else if (y > viewport()->height())
        scrollBy(1);
    const qint64 row = rowAtY(std::clamp(y, 0, viewport()->height() - 1));
    if (row >= 0 && row != selectedLine()) {
        m_selection.extendTo(row);
        viewport()->update();
    }
}

void LogView::mouseReleaseEvent(QMouseEvent *event) {
    event->accept();
}

void LogView::wheelEvent(QWheelEvent *event) {
    if (!isWrapped() || event->angleDelta().y() == 0) {
        QAbstractScrollArea::wheelEvent(event);
        return;
    }
    scrollBy(-event->angleDelta().y() * QApplication::wheelScrollLines() / kWheelStep);
}

void LogView::keyPressEvent(QKeyEvent *event) {
    const bool extend = event->modifiers().testFlag(Qt::ShiftModifier);
    const bool control = event->modifiers().testFlag(Qt::ControlModifier);
    if (event->matches(QKeySequence::Copy)) {
        copySelected(false);
    } else if (control && extend && event->key() == Qt::Key_C) {
        copySelected(true);
    } else if (event->matches(QKeySequence::SelectAll)) {
        if (m_layout.rows() > 0) {
            m_selection.select(0, m_layout.rows() - 1);
            viewport()->update();
        }
    } else {
        pressMovingKey(event);
    }
}

void LogView::pressMovingKey(QKeyEvent *event) {
    const bool extend = event->modifiers().testFlag(Qt::ShiftModifier);
    const qint64 page = std::max(1, m_layout.visibleParts() - 1);
    const qint64 now = m_selection.isEmpty() ? firstLine() - 1 : selectedLine();
    switch (event->key()) {
    case Qt::Key_Down:
        return moveSelection(now + 1, extend);
    case Qt::Key_Up:
        return moveSelection(now - 1, extend);
    case Qt::Key_PageDown:
        return extend ? moveSelection(now + page, true) : scrollBy(page);
    case Qt::Key_PageUp:
        return extend ? moveSelection(now - page, true) : scrollBy(-page);
    case Qt::Key_End:
        return extend ? moveSelection(m_layout.rows() - 1, true) : setFollowing(true);
    case Qt::Key_Home:
        return extend ? moveSelection(0, true) : goToLine(0);
    default:
        QAbstractScrollArea::keyPressEvent(event);
    }
}

void LogView::contextMenuEvent(QContextMenuEvent *event) {
    const qint64 row = rowAtY(event->pos().y());
    if (row >= 0 && !m_selection.contains(row))
        choose(row, false);
    QMenu menu(this);
    QAction *plain = menu.addAction(tr("Copy"));
    plain->setShortcut(QKeySequence::Copy);
    QAction *places = menu.addAction(tr("Copy with byte offsets"));
    places->setShortcut(QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_C));
    for (QAction *action : {plain, places})
        action->setEnabled(!m_selection.isEmpty());
    const QAction *chosen = menu.exec(event->globalPos());
    if (chosen == plain || chosen == places)
        copySelected(chosen == places);
}

void LogView::copySelected(bool places) {
    if (!source() || m_selection.isEmpty())
        return;
    const LogSelection::Copy copy = m_selection.copy(*source(), m_layout.hosts(), places);
    QApplication::clipboard()->setText(copy.text);
    Q_EMIT copied(copy.lines, selectedCount());
}

} // namespace slipway
