// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/fleet/fleetimport.h"
#include "models/fleet/hosttable.h"
#include "models/fleet/inventorytext.h"

namespace slipway {

namespace {

constexpr int kMaxOpenQuotes = 16; // after which the rest is not read

// RFC 4180: quotes hold separators, line ends and doubled quotes.
class RowReader {
public:
    RowReader(const QString &text, QChar separator) : m_text(text), m_separator(separator) {}

    // Reads on from a line's begin. False when a quote is open at the end: what came since its row is not
    // kept, and openQuote() is its line.
    bool read(qsizetype from, int line) {
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
    [[nodiscard]] int openQuote() const { return m_row.line; }
    [[nodiscard]] qsizetype nextLineAfterRow() const {
        const qsizetype end = m_text.indexOf(QLatin1Char('\n'), m_rowBegin);
        return end < 0 ? m_text.size() : end + 1;
    }
    [[nodiscard]] const QList<TableRow> &rows() const { return m_rows; }
    void dropRow() { m_cell.clear(); }

private:
    void take(QChar c) {
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
    void endCell() {
        m_row.cells << m_cell.trimmed();
        m_cell.clear();
    }
    // A comment is a line of its own; Excel puts quotes around it where it holds a blank.
    void endRow() {
        endCell();
        const QString first = m_row.cells.constFirst();
        const bool isComment = first.startsWith(QLatin1Char('#'));
        const bool tellsSeparator = m_rows.isEmpty() && first.startsWith(QLatin1String("sep="));
        if (!isComment && !tellsSeparator && !m_row.cells.join(QString()).isEmpty())
            m_rows << m_row;
        m_row = {m_line, {}};
    }

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

} // namespace

Result<FleetImport> importCsv(const QByteArray &bytes, const QString &what) {
    const auto utf8 = inventoryText(bytes, what);
    if (!utf8)
        return utf8.error();
    const QString text = QString::fromUtf8(*utf8);
    const bool isTold =
        text.startsWith(QLatin1String("sep=")) && text.size() > 4 && text.at(4) != QLatin1Char('\n');
    RowReader reader(text, isTold ? text.at(4) : separatorOf(text));
    QStringList problems;
    qsizetype from = 0;
    int line = 1;
    while (!reader.read(from, line)) {
        line = reader.openQuote();
        problems << QStringLiteral("%1 line %2: a quote is opened and never closed; left out.")
                        .arg(what)
                        .arg(line);
        if (problems.size() == kMaxOpenQuotes) {
            problems << QStringLiteral("%1: the lines after line %2 are left out.").arg(what).arg(line);
            break;
        }
        from = reader.nextLineAfterRow();
        ++line;
        reader.dropRow();
    }
    auto import = importTable(reader.rows(), what, false);
    if (!import)
        return problems.isEmpty() ? import
                                  : Error{ErrorCode::InvalidInput, import.error().text + QLatin1Char(' ') +
                                                                       problems.join(QLatin1Char(' '))};
    for (const QString &problem : problems)
        addNote(*import, problem);
    return import;
}

} // namespace slipway
