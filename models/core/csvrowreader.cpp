// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/core/csvrowreader.h"

namespace slipway {

bool CsvRowReader::read(qsizetype from, int line) {
    m_row = {line, {}};
    m_line = line;
    m_quotedSince = 0;
    m_rowBegin = from;
    for (m_at = from; m_at < m_text.size(); ++m_at)
        take(m_text.at(m_at));
    if (m_quotedSince > 0)
        return false;
    endRow();
    return true;
}

qsizetype CsvRowReader::nextLineAfterRow() const {
    const qsizetype end = m_text.indexOf(QLatin1Char('\n'), m_rowBegin);
    return end < 0 ? m_text.size() : end + 1;
}

void CsvRowReader::take(QChar c) {
    if (m_quotedSince > 0) {
        if (c == QLatin1Char('"') && m_at + 1 < m_text.size() && m_text.at(m_at + 1) == c)
            m_cell += m_text.at(m_at++);
        else if (c == QLatin1Char('"'))
            m_quotedSince = 0;
        else
            m_cell += c;
    } else if (c == QLatin1Char('"') && m_cell.trimmed().isEmpty()) {
        m_cell.clear();
        m_quotedSince = m_line;
    } else if (c == m_separator) {
        endCell();
    } else if (c == QLatin1Char('\n')) {
        endRow();
        m_rowBegin = m_at + 1;
    } else {
        m_cell += c;
    }
    if (c == QLatin1Char('\n'))
        ++m_line;
    if (c == QLatin1Char('\n') && m_quotedSince == 0)
        m_row.line = m_line;
}

void CsvRowReader::endCell() {
    m_row.cells << m_cell.trimmed();
    m_cell.clear();
}

// A comment is a line of its own; Excel puts quotes around it where it holds a blank.
void CsvRowReader::endRow() {
    endCell();
    const QString first = m_row.cells.constFirst();
    const bool isComment = first.startsWith(QLatin1Char('#'));
    const bool namesSeparator = m_rows.isEmpty() && first.startsWith(QLatin1String("sep="));
    if (!isComment && !namesSeparator && !m_row.cells.join(QString()).isEmpty())
        m_rows << m_row;
    m_row = {m_line, {}};
}

} // namespace slipway
