// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/logview/loglayout.h"
#include "ui/logview/logselection.h"
#include "ui/logview/rowpainter.h"

#include <optional>

namespace slipway {

/// Paints the rows of a log where a LogLayout puts them: marks, hosts, text, the selection, what is searched
/// for. Errors and warnings have a mark and a colour, control bytes are made visible, nothing in a line is
/// ever markup. Lives for one paint event.
class LogPainter {
public:
    struct Marks {
        QList<Highlight> highlights;
        std::optional<LinePattern> search;
    };

    LogPainter(QPainter &painter, const LogLayout &layout, const LogSelection &selection, const Marks &marks);

    /// The rows from the top of the layout, `shift` pixels to the left.
    void paintRows(const QList<LogLine> &lines, int shift);
    /// The end of a log that is being indexed: which rows these are is not known yet.
    void paintTail(const QList<LogLine> &lines, int shift);
    void paintHeader();
    [[nodiscard]] int widest() const { return m_widest; } ///< cells of the widest row; 0 when it wraps

private:
    void paint(const QList<LogLine> &lines, qint64 firstRow, int firstPart, int shift);
    int paintLine(const LogLine &line, qint64 row, int part, int y, int shift);
    void paintMark(const LogLine &line, int y, QColor &text);

    QPainter &m_painter;
    const LogLayout &m_layout;
    const LogSelection &m_selection;
    const Marks &m_marks;
    int m_widest = 0;
};

} // namespace slipway
