// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/logview/rowpainter.h"

#include "ui/common/theme.h"
#include "ui/logview/logcolours.h"

#include <QFontMetricsF>
#include <QPainter>

#include <algorithm>

namespace slipway {

namespace {

bool isWide(char32_t c) {
    return c >= 0x1100 &&
           (c <= 0x115f || (c >= 0x2e80 && c <= 0xa4cf) || (c >= 0xac00 && c <= 0xd7a3) ||
            (c >= 0xf900 && c <= 0xfaff) || (c >= 0xfe30 && c <= 0xfe6f) || (c >= 0xff00 && c <= 0xff60) ||
            (c >= 0xffe0 && c <= 0xffe6) || (c >= 0x1f300 && c <= 0x1faff) || (c >= 0x20000 && c <= 0x3fffd));
}

int cellsOf(char32_t c) {
    const QChar::Category category = QChar::category(c);
    if (category == QChar::Mark_NonSpacing || category == QChar::Mark_Enclosing)
        return 0;
    return isWide(c) ? 2 : 1;
}

} // namespace

GridLine::GridLine(StyledLine line) : m_line(std::move(line)) {
    const QString &text = m_line.text;
    const auto isPlain = [](QChar c) { return c.unicode() < 0x300; };
    if (std::all_of(text.begin(), text.end(), isPlain))
        return;
    m_columns.reserve(text.size() + 1);
    int column = 0;
    for (qsizetype i = 0; i < text.size(); ++i) {
        m_columns.append(column);
        char32_t c = text.at(i).unicode();
        if (text.at(i).isHighSurrogate() && i + 1 < text.size()) {
            c = QChar::surrogateToUcs4(text.at(i), text.at(i + 1));
            ++i;
            m_columns.append(column + cellsOf(c));
        }
        column += cellsOf(c);
    }
    m_columns.append(column);
}

int GridLine::width() const {
    return m_columns.isEmpty() ? static_cast<int>(m_line.text.size()) : m_columns.constLast();
}

int GridLine::column(qsizetype index) const {
    return m_columns.isEmpty() ? static_cast<int>(index) : m_columns.at(index);
}

qsizetype GridLine::indexAt(int column) const {
    if (m_columns.isEmpty())
        return std::clamp<qsizetype>(column, 0, m_line.text.size());
    const auto found = std::lower_bound(m_columns.begin(), m_columns.end(), column);
    return std::min<qsizetype>(found - m_columns.begin(), m_line.text.size());
}

RowPainter::RowPainter(QPainter &painter, const QFont &font, double cell)
    : m_painter(painter), m_font(font), m_cell(cell) {}

void RowPainter::overlay(StyledLine &line, const LinePattern &pattern, const QColor &colour, bool filled) {
    const QByteArray bytes = line.text.toUtf8();
    const bool ascii = bytes.size() == line.text.size();
    const auto indexOf = [&](qsizetype byte) {
        return ascii ? byte : QString::fromUtf8(bytes.first(byte)).size();
    };
    TextStyle style;
    style.bold = true;
    (filled ? style.background : style.foreground) = kTrueColour | static_cast<int>(colour.rgb() & 0xffffff);
    for (const auto &[from, to] : pattern.spans(bytes)) {
        const qsizetype at = indexOf(from);
        line.runs.append({at, indexOf(to) - at, style}); // a later run lies over an earlier one
    }
}

void RowPainter::paint(const GridLine &grid, int from, int to, double x, double top, double height,
                       const QColor &text, qsizetype dimmed, const QColor &ground) {
    const QFontMetricsF metrics(m_font);
    const double baseline = top + (height - metrics.height()) / 2 + metrics.ascent();
    const qsizetype begin = grid.indexAt(from);
    const qsizetype end = grid.indexAt(to);
    const QList<StyledRun> &runs = grid.line().runs;
    QList<qsizetype> cuts{begin, end};
    if (dimmed > begin && dimmed < end)
        cuts.append(dimmed);
    for (const StyledRun &run : runs) {
        for (const qsizetype cut : {run.from, run.from + run.length}) {
            if (cut > begin && cut < end)
                cuts.append(cut);
        }
    }
    std::sort(cuts.begin(), cuts.end());
    for (qsizetype i = 0; i + 1 < cuts.size(); ++i) {
        const qsizetype at = cuts.at(i);
        const qsizetype until = cuts.at(i + 1);
        if (at == until)
            continue;
        TextStyle style;
        for (const StyledRun &run : runs) {
            if (at < run.from || at >= run.from + run.length)
                continue;
            const int foreground = run.style.foreground >= 0 ? run.style.foreground : style.foreground;
            const int background = run.style.background >= 0 ? run.style.background : style.background;
            style = run.style;
            style.foreground = foreground;
            style.background = background;
        }
        QColor pen = at < dimmed ? theme().muted : text;
        if (style.foreground >= 0)
            pen = terminalColour(style.foreground);
        QColor fill = style.background >= 0 ? terminalColour(style.background) : ground;
        if (style.inverse)
            std::swap(pen, fill);
        const double left = x + (grid.column(at) - from) * m_cell;
        if (style.background >= 0 || style.inverse)
            m_painter.fillRect(
                QRectF(left, top + 2, (grid.column(until) - grid.column(at)) * m_cell, height - 4), fill);
        m_painter.setPen(readableOn(style.dim ? theme().muted : pen, fill));
        QFont font = m_font;
        font.setBold(style.bold);
        font.setItalic(style.italic);
        font.setUnderline(style.underline);
        m_painter.setFont(font);
        paintRun(grid, at, until, left, baseline);
    }
}

// What the font has in one cell each is drawn at once, the rest one by one, each in its cell.
void RowPainter::paintRun(const GridLine &grid, qsizetype from, qsizetype to, double x, double baseline) {
    const QString &text = grid.line().text;
    const int first = grid.column(from);
    for (qsizetype at = from; at < to;) {
        qsizetype end = at;
        while (end < to && text.at(end).unicode() < 0x7f)
            ++end;
        if (end == at) {
            ++end;
            while (end < to && (text.at(end).isLowSurrogate() || grid.column(end) == grid.column(at)))
                ++end;
        }
        m_painter.drawText(QPointF(x + (grid.column(at) - first) * m_cell, baseline), text.mid(at, end - at));
        at = end;
    }
}

} // namespace slipway
