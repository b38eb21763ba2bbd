// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/log/linepattern.h"
#include "models/log/styledline.h"

#include <QColor>
#include <QFont>

class QPainter;

namespace slipway {

/// What is to stand out in every line.
struct Highlight {
    LinePattern pattern;
    QString mark; ///< the letter before a line that holds it: never colour alone
    QColor colour;
};

/// A line laid out on a grid of cells, as a terminal does: a character takes one, a wide one two, a combining
/// one none.
class GridLine {
public:
    explicit GridLine(StyledLine line);

    [[nodiscard]] int width() const; ///< cells
    [[nodiscard]] int column(qsizetype index) const;
    [[nodiscard]] qsizetype indexAt(int column) const; ///< of the character in a cell, or the next
    [[nodiscard]] const StyledLine &line() const { return m_line; }

private:
    StyledLine m_line;
    QList<int> m_columns; ///< of each character and of the end; empty when each takes one cell
};

/// Paints a part of a line.
class RowPainter {
public:
    RowPainter(QPainter &painter, const QFont &font, double cell);

    /// Cells `from` … `to` of a line, the first of them at (x, top of the row). `text`: the colour of what
    /// has none of its own; `dimmed`: that many characters at the beginning are quiet.
    void paint(const GridLine &line, int from, int to, double x, double top, double height,
               const QColor &text, qsizetype dimmed, const QColor &ground);
    /// Styles that lie over a line's own: what was searched for, what is highlighted.
    static void overlay(StyledLine &line, const LinePattern &pattern, const QColor &colour, bool filled);

private:
    void paintRun(const GridLine &line, qsizetype from, qsizetype to, double x, double baseline);

    QPainter &m_painter;
    QFont m_font;
    double m_cell;
};

} // namespace slipway
