// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/logview/logpainter.h"

#include "models/log/logtime.h"
#include "models/log/severity.h"
#include "ui/common/theme.h"

#include <QPainter>

#include <algorithm>

namespace slipway {

LogPainter::LogPainter(QPainter &painter, const LogLayout &layout, const LogSelection &selection,
                       const Marks &marks)
    : m_painter(painter), m_layout(layout), m_selection(selection), m_marks(marks) {}

void LogPainter::paintRows(const QList<LogLine> &lines, int shift) {
    paint(lines, m_layout.top().row, m_layout.top().part, shift);
}

void LogPainter::paintTail(const QList<LogLine> &lines, int shift) {
    paint(lines, -1, 0, shift);
}

void LogPainter::paint(const QList<LogLine> &lines, qint64 firstRow, int firstPart, int shift) {
    int y = m_layout.headerHeight();
    int part = firstPart;
    for (qsizetype i = 0; i < lines.size() && y < m_layout.size().height(); ++i, part = 0)
        y = paintLine(lines.at(i), firstRow < 0 ? -1 : firstRow + i, part, y, shift);
}

void LogPainter::paintHeader() {
    const QString text = m_layout.headerText();
    if (text.isEmpty())
        return;
    const QRect strip(0, 0, m_layout.size().width(), m_layout.lineHeight() + 2);
    m_painter.fillRect(strip, theme().window);
    m_painter.setPen(theme().line);
    m_painter.drawLine(strip.bottomLeft(), strip.bottomRight());
    m_painter.setPen(theme().muted);
    m_painter.setFont(smallFont());
    m_painter.drawText(strip.adjusted(LogLayout::kMargin, 0, -LogLayout::kMargin, 0),
                       Qt::AlignVCenter | Qt::TextSingleLine, text);
}

// The shape that goes with the colour of a line, and the line's colour.
void LogPainter::paintMark(const LogLine &line, int y, QColor &text) {
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
    for (const Highlight &highlight : m_marks.highlights) {
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
    m_painter.setFont(bold);
    m_painter.setPen(colour);
    m_painter.drawText(
        QRectF(LogLayout::kMargin / 2.0, y, LogLayout::kMarkCells * m_layout.cell(), m_layout.lineHeight()),
        Qt::AlignCenter, mark);
}

int LogPainter::paintLine(const LogLine &line, qint64 row, int part, int y, int shift) {
    StyledLine styled = styledLine(line.text);
    const qsizetype time = timeOfLine(line.text) ? styled.text.indexOf(QLatin1Char(' '), 11) : 0;
    for (const Highlight &highlight : m_marks.highlights)
        RowPainter::overlay(styled, highlight.pattern, highlight.colour, false);
    if (m_marks.search)
        RowPainter::overlay(styled, *m_marks.search, theme().selection.darker(theme().dark ? 60 : 112), true);
    const GridLine grid(std::move(styled));
    const int perPart = m_layout.columns();
    const int parts = m_layout.partsOf(grid.width());
    const int height = m_layout.lineHeight();
    const double cell = m_layout.cell();
    const QSize size = m_layout.size();
    const int bottom = y + (parts - part) * height;
    const bool selected = row >= 0 && m_selection.contains(row);
    const QColor ground = selected ? theme().selection : theme().surface;
    if (selected)
        m_painter.fillRect(QRect(0, y, size.width(), bottom - y), ground);
    QColor text = theme().text;
    if (part == 0)
        paintMark(line, y, text);
    if (line.stream < m_layout.hosts().size()) {
        m_painter.setFont(logFont());
        m_painter.setPen(theme().muted);
        const QRectF column(LogLayout::kMargin + LogLayout::kMarkCells * cell, y,
                            (m_layout.hostCells() - 1) * cell, height);
        m_painter.drawText(column, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
                           m_layout.hosts().at(line.stream));
    }
    const int left = m_layout.textLeft();
    m_painter.save();
    m_painter.setClipRect(QRect(left, y, size.width() - left, bottom - y));
    RowPainter rowPainter(m_painter, logFont(), cell);
    const bool wrapped = m_layout.isWrapped();
    for (; part < parts && y < size.height(); ++part, y += height) {
        const int first = wrapped ? part * perPart : static_cast<int>(shift / cell);
        rowPainter.paint(grid, first, first + perPart + (wrapped ? 0 : 2), left, y, height, text,
                         std::max<qsizetype>(0, time), ground);
    }
    m_painter.restore();
    if (!wrapped)
        m_widest = std::max(m_widest, grid.width());
    return bottom;
}

} // namespace slipway
