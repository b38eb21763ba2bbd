// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/logview/logview.h"

#include <QApplication>
#include <QClipboard>
#include <QKeyEvent>
#include <QMenu>
#include <QScrollBar>

#include <algorithm>

namespace slipway {

namespace {

constexpr qint64 kMaxCopied = 20'000;
constexpr int kWheelStep = 120; // of a notch, in eighths of a degree

} // namespace

void LogView::choose(qint64 row, bool extend) {
    m_selected = row;
    if (!extend || m_anchor < 0)
        m_anchor = row;
    viewport()->update();
    if (const QList<LogLine> chosen = m_source->lines(row, 1); !chosen.isEmpty())
        Q_EMIT lineChosen(chosen.constFirst());
}

void LogView::moveSelection(qint64 to, bool extend) {
    if (rows() == 0)
        return;
    const qint64 row = std::clamp<qint64>(to, 0, rows() - 1);
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
    if (!event->buttons().testFlag(Qt::LeftButton) || m_anchor < 0)
        return;
    const int y = static_cast<int>(event->position().y());
    if (y < 0)
        scrollBy(-1);
    else if (y > viewport()->height())
        scrollBy(1);
    const qint64 row = rowAtY(std::clamp(y, 0, viewport()->height() - 1));
    if (row >= 0 && row != m_selected) {
        m_selected = row;
        viewport()->update();
    }
}

void LogView::mouseReleaseEvent(QMouseEvent *event) {
    event->accept();
}

void LogView::wheelEvent(QWheelEvent *event) {
    if (!m_wrapped || event->angleDelta().y() == 0) {
        QAbstractScrollArea::wheelEvent(event);
        return;
    }
    scrollBy(-event->angleDelta().y() * QApplication::wheelScrollLines() / kWheelStep);
}

void LogView::keyPressEvent(QKeyEvent *event) {
    const bool extend = event->modifiers().testFlag(Qt::ShiftModifier);
    const bool control = event->modifiers().testFlag(Qt::ControlModifier);
    const qint64 page = std::max(1, visibleParts() - 1);
    const qint64 now = m_selected >= 0 ? m_selected : m_top - 1;
    if (event->matches(QKeySequence::Copy)) {
        copySelected(false);
    } else if (control && extend && event->key() == Qt::Key_C) {
        copySelected(true);
    } else if (event->matches(QKeySequence::SelectAll)) {
        if (rows() > 0) {
            m_anchor = 0;
            m_selected = rows() - 1;
            viewport()->update();
        }
    } else if (event->key() == Qt::Key_Down) {
        moveSelection(now + 1, extend);
    } else if (event->key() == Qt::Key_Up) {
        moveSelection(now - 1, extend);
    } else if (event->key() == Qt::Key_PageDown && extend) {
        moveSelection(now + page, true);
    } else if (event->key() == Qt::Key_PageUp && extend) {
        moveSelection(now - page, true);
    } else if (event->key() == Qt::Key_PageDown) {
        scrollBy(page);
    } else if (event->key() == Qt::Key_PageUp) {
        scrollBy(-page);
    } else if (event->key() == Qt::Key_End && extend) {
        moveSelection(rows() - 1, true);
    } else if (event->key() == Qt::Key_Home && extend) {
        moveSelection(0, true);
    } else if (event->key() == Qt::Key_End) {
        setFollowing(true);
    } else if (event->key() == Qt::Key_Home) {
        goToLine(0);
    } else if (event->key() == Qt::Key_Left || event->key() == Qt::Key_Right) {
        horizontalScrollBar()->triggerAction(event->key() == Qt::Key_Left
                                                 ? QAbstractSlider::SliderSingleStepSub
                                                 : QAbstractSlider::SliderSingleStepAdd);
    } else {
        QAbstractScrollArea::keyPressEvent(event);
    }
}

void LogView::contextMenuEvent(QContextMenuEvent *event) {
    const qint64 row = rowAtY(event->pos().y());
    const auto [from, to] = std::minmax(m_selected, m_anchor);
    if (row >= 0 && (m_selected < 0 || row < from || row > to))
        choose(row, false);
    QMenu menu(this);
    QAction *plain = menu.addAction(tr("Copy"));
    plain->setShortcut(QKeySequence::Copy);
    QAction *places = menu.addAction(tr("Copy with byte offsets"));
    places->setShortcut(QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_C));
    for (QAction *action : {plain, places})
        action->setEnabled(m_selected >= 0);
    const QAction *chosen = menu.exec(event->globalPos());
    if (chosen == plain || chosen == places)
        copySelected(chosen == places);
}

void LogView::copySelected(bool places) {
    if (!m_source || m_selected < 0)
        return;
    const qint64 from = std::min(m_selected, m_anchor);
    const QList<LogLine> lines = m_source->lines(from, std::min(selectedCount(), kMaxCopied));
    QString text;
    for (const LogLine &line : lines) {
        if (places)
            text += QString::number(line.offset) + QLatin1Char('\t');
        if (places && line.stream < m_hosts.size())
            text += m_hosts.at(line.stream) + QLatin1Char('\t');
        text += QString::fromUtf8(line.text) + QLatin1Char('\n');
    }
    text.chop(1);
    QApplication::clipboard()->setText(text);
    Q_EMIT copied(lines.size(), selectedCount());
}

} // namespace slipway
