// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/log/logtime.h"
#include "models/log/severity.h"
#include "ui/common/theme.h"
#include "ui/logview/logview.h"

#include <QPainter>
#include <QScrollBar>

#include <algorithm>

namespace slipway {

namespace {

constexpr int kMargin = 12;

} // namespace

void LogView::paintHeader(QPainter &painter) {
    const QString text = m_header ? m_header(m_top) : QString();
    if (text.isEmpty())
        return;
    const QRect strip(0, 0, viewport()->width(), m_lineHeight + 2);
    painter.fillRect(strip, theme().window);
    painter.setPen(theme().line);
    painter.drawLine(strip.bottomLeft(), strip.bottomRight());
    painter.setPen(theme().muted);
    painter.setFont(smallFont());
    painter.drawText(strip.adjusted(kMargin, 0, -kMargin, 0), Qt::AlignVCenter | Qt::TextSingleLine, text);
}

void LogView::paintEvent(QPaintEvent *) {
    QPainter painter(viewport());
    painter.fillRect(viewport()->rect(), theme().surface);
    const bool tail = showsTail();
    const QList<LogLine> lines = !m_source ? QList<LogLine>()
                                 : tail    ? m_source->tail(visibleParts())
                                           : m_source->lines(m_top, visibleParts() + 1);
    if (lines.isEmpty()) {
        painter.setPen(theme().muted);
        painter.setFont(font());
        painter.drawText(viewport()->rect(), Qt::AlignCenter | Qt::TextWordWrap, m_emptyText);
        return;
    }
    const int widest = m_widest;
    int y = headerHeight();
    int part = tail ? 0 : m_topPart;
    for (qsizetype i = 0; i < lines.size() && y < viewport()->height(); ++i, part = 0)
        y = paintLine(painter, lines.at(i), tail ? -1 : m_top + i, part, y);
    paintHeader(painter);
    // As wide as the widest line that was shown so far: to know all widths would mean to read all lines.
    if (widest != m_widest)
        QMetaObject::invokeMethod(this, &LogView::updateScrollBar, Qt::QueuedConnection);
}

// The shape that goes with the colour of a line, and the line's colour.
void LogView::paintMark(QPainter &painter, const LogLine &line, int y, QColor &text) {
    const Severity severity = severityOf(line.text);
    QString mark;
    text = theme().text;
    if (severity == Severity::Error) {
        mark = QStringLiteral("✗");
        text = theme().fail;
    } else if (severity == Severity::Warning) {
        mark = QStringLiteral("!");
        text = theme().warning;
    }
    QColor colour = text;
    for (const Highlight &highlight : std::as_const(m_highlights)) {
        if (highlight.pattern.matches(line.text)) {
            mark = highlight.mark;
            colour = highlight.colour;
            break;
        }
    }
    if (mark.isEmpty())
        return;
    QFont bold = logFont();
    bold.setBold(true);
    painter.setFont(bold);
    painter.setPen(colour);
    painter.drawText(QRectF(kMargin / 2.0, y, 2 * m_cell, m_lineHeight), Qt::AlignCenter, mark);
}

int LogView::paintLine(QPainter &painter, const LogLine &line, qint64 row, int part, int y) {
    StyledLine styled = styledLine(line.text);
    const qsizetype time = timeOfLine(line.text) ? styled.text.indexOf(QLatin1Char(' '), 11) : 0;
    for (const Highlight &highlight : std::as_const(m_highlights))
        RowPainter::overlay(styled, highlight.pattern, highlight.colour, false);
    if (m_search)
        RowPainter::overlay(styled, *m_search, theme().selection.darker(theme().dark ? 60 : 112), true);
    const GridLine grid(std::move(styled));
    const int perPart = columns();
    const int parts = m_wrapped ? std::max(1, (grid.width() + perPart - 1) / perPart) : 1;
    const int bottom = y + (parts - part) * m_lineHeight;
    const auto [from, to] = std::minmax(m_selected, m_anchor);
    const bool selected = row >= 0 && m_selected >= 0 && row >= from && row <= to;
    const QColor ground = selected ? theme().selection : theme().surface;
    if (selected)
        painter.fillRect(QRect(0, y, viewport()->width(), bottom - y), ground);
    QColor text;
    if (part == 0)
        paintMark(painter, line, y, text);
    else
        text = theme().text;
    if (line.stream < m_hosts.size()) {
        painter.setFont(logFont());
        painter.setPen(theme().muted);
        const QRectF column(kMargin + 2 * m_cell, y, (hostCells() - 1) * m_cell, m_lineHeight);
        painter.drawText(column, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
                         m_hosts.at(line.stream));
    }
    painter.save();
    painter.setClipRect(QRect(textLeft(), y, viewport()->width() - textLeft(), bottom - y));
    RowPainter rowPainter(painter, logFont(), m_cell);
    const int shift = m_wrapped ? 0 : static_cast<int>(horizontalScrollBar()->value() / m_cell);
    for (; part < parts && y < viewport()->height(); ++part, y += m_lineHeight) {
        const int first = m_wrapped ? part * perPart : shift;
        rowPainter.paint(grid, first, first + perPart + (m_wrapped ? 0 : 2), textLeft(), y, m_lineHeight,
                         text, std::max<qsizetype>(0, time), ground);
    }
    painter.restore();
    if (!m_wrapped)
        m_widest = std::max(m_widest, grid.width());
    return bottom;
}

} // namespace slipway
