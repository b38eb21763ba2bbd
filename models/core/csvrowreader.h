// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QStringList>

namespace slipway {

/// A row of a table that people or programs wrote, with the line that it begins on, from 1.
struct TableRow {
    int line = 1;
    QStringList cells; ///< without blanks around them
};

/// The rows of a CSV text (RFC 4180: quotes hold separators, line ends and doubled quotes), without comments,
/// empty rows and Excel's "sep=" line. `text` outlives it. One use; not thread-safe.
class CsvRowReader {
public:
    CsvRowReader(const QString &text, QChar separator) : m_text(text), m_separator(separator) {}

    /// Reads on from a line's begin. False when a quote is open at the end: what came since its row is not
    /// kept, and openQuote() is its line.
    [[nodiscard]] bool read(qsizetype from, int line);
    [[nodiscard]] int openQuote() const { return m_row.line; }
    [[nodiscard]] qsizetype nextLineAfterRow() const;
    [[nodiscard]] const QList<TableRow> &rows() const { return m_rows; }
    void dropRow() { m_cell.clear(); }

private:
    void take(QChar c);
    void endCell();
    void endRow();

    const QString &m_text;
    QChar m_separator;
    QList<TableRow> m_rows;
    TableRow m_row;
    QString m_cell;
    qsizetype m_at = 0;
    qsizetype m_rowBegin = 0;
    int m_line = 1;
    int m_quotedSince = 0;
};

} // namespace slipway
