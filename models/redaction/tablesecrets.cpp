// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/redaction/tablesecrets.h"

#include "models/redaction/asciichars.h"
#include "models/redaction/secretname.h"
#include "models/redaction/valuereader.h"
#include "models/redaction/valuetest.h"

#include <algorithm>
#include <string_view>
#include <vector>

namespace slipway {

namespace {

constexpr const char *kKind = "secret in a table";
constexpr qsizetype kLongestHeading = 512;
constexpr qsizetype kLongestTable = qsizetype(8) << 10;
constexpr qsizetype kLongestColumn = 40;
constexpr std::string_view kBar = "\xe2\x94\x82"; // the bar of box drawing

struct Cell {
    qsizetype from;
    qsizetype to;
};

bool isRowEnd(char c) {
    return isLineEnd(c) || c == kOuterQuote || c == '\0';
}

class Tables {
public:
    Tables(const TextView &view, FoundSecrets &found)
        : m_view(view), m_names(view), m_values(view), m_found(found) {}

    void find() {
        while (const auto name = m_names.next()) {
            if (name->kind == NameKind::Parameter || name->isShort() || name->isFlag)
                continue;
            const qsizetype line = lineStart(name->from);
            if (line < 0)
                continue;
            if (line > m_next) { // also within what has the look of another table
                m_next = line;
                takeNextTo(line);
            }
            if (line < m_over)
                continue;
            for (const char separator : {'|', ',', ';', '\t'}) {
                if (takeTable(line, separator))
                    break;
            }
            if (line >= m_over)
                takeAligned(line);
        }
    }

private:
    // -1: too far before.
    [[nodiscard]] qsizetype lineStart(qsizetype at) const {
        const qsizetype min = std::max<qsizetype>(0, at - kLongestHeading);
        while (at > min && !isRowEnd(m_view.at(at - 1)))
            --at;
        return at == 0 || isRowEnd(m_view.at(at - 1)) ? at : -1;
    }

    [[nodiscard]] qsizetype rowEnd(qsizetype at, qsizetype max) const {
        while (at < max && !isRowEnd(m_view.at(at)))
            ++at;
        return at;
    }

    [[nodiscard]] qsizetype separatorLength(qsizetype at, char separator) const {
        if (m_view.at(at) == separator)
            return 1;
        if (separator != '|')
            return 0;
        if (m_view.at(at) == kOtherCharacter && isBlank(m_view.at(at + 1))) // of a view of UTF-16
            return 1;
        const std::string_view text(m_view.bytes().constData() + at, static_cast<size_t>(m_view.size() - at));
        return text.substr(0, kBar.size()) == kBar ? static_cast<qsizetype>(kBar.size()) : 0;
    }

    // Without blanks and quotes around them.
    [[nodiscard]] std::vector<Cell> cellsOf(qsizetype from, qsizetype to, char separator) const {
        std::vector<Cell> cells;
        const auto isAround = [separator](char c) {
            return isBlank(c) || (separator != '|' && (c == '"' || c == '\''));
        };
        qsizetype begin = from;
        bool isQuoted = false; // a separator in it is of the cell
        for (qsizetype i = from; i <= to;) {
            if (i < to && m_view.at(i) == '"' && separator != '|')
                isQuoted = !isQuoted && i == begin;
            const qsizetype length = i == to ? 1 : isQuoted ? 0 : separatorLength(i, separator);
            if (length == 0) {
                ++i;
                continue;
            }
            Cell cell{begin, i};
            while (cell.from < cell.to && isAround(m_view.at(cell.from)))
                ++cell.from;
            while (cell.to > cell.from && isAround(m_view.at(cell.to - 1)))
                --cell.to;
            cells.push_back(cell);
            i += length;
            begin = i;
        }
        return cells;
    }

    // A name of a column; within bars it may have blanks.
    [[nodiscard]] bool isHeading(const Cell &cell, char separator) const {
        if (cell.to - cell.from > kLongestColumn || m_view.at(cell.from) == '-')
            return false;
        for (qsizetype i = cell.from; i < cell.to; ++i) {
            const char c = m_view.at(i);
            if (!isNameCharacter(c) && !(c == ' ' && separator == '|'))
                return false;
        }
        return cell.to > cell.from || separator == '|'; // before the first bar and behind the last is nothing
    }

    [[nodiscard]] bool isSecret(const Cell &cell) const {
        if (cell.to == cell.from)
            return false;
        const auto name = m_names.nameAround(cell.from, cell.to);
        return name && name->kind != NameKind::Parameter && !name->isShort();
    }

    // +---+---+, |---|:--:|
    [[nodiscard]] bool isRule(qsizetype from, qsizetype to) const {
        return std::all_of(m_view.bytes().begin() + from, m_view.bytes().begin() + to, [](char c) {
            return c == '-' || c == '+' || c == '|' || c == ':' || c == '=' || c == ' ' ||
                   static_cast<unsigned char>(c) >= 0x80;
        });
    }

    bool takeTable(qsizetype line, char separator) {
        const qsizetype end = rowEnd(line, std::min(m_view.size(), line + kLongestHeading));
        const std::vector<Cell> headings = cellsOf(line, end, separator);
        if (headings.size() < 2)
            return false;
        if (!std::all_of(headings.begin(), headings.end(),
                         [&](const Cell &cell) { return isHeading(cell, separator); }))
            return false;
        std::vector<size_t> columns;
        for (size_t i = 0; i < headings.size(); ++i) {
            if (isSecret(headings[i]))
                columns.push_back(i);
        }
        if (columns.empty())
            return false;
        takeRows(end, headings, columns, separator);
        return true;
    }

    // Columns that blanks make, each cell below its heading's first letter.
    void takeAligned(qsizetype line) {
        const qsizetype end = rowEnd(line, std::min(m_view.size(), line + kLongestHeading));
        std::vector<Cell> secrets;
        int columns = 0;
        for (qsizetype i = line; i < end;) {
            qsizetype to = i;
            while (to < end && isNameCharacter(m_view.at(to)))
                ++to;
            const bool isApart = to == end || m_view.at(to + 1) == ' ' || to + 1 == end;
            if (to == i || (to < end && m_view.at(to) != ' ') || !isApart || looksRandom(m_view, i, to))
                return;
            if (isSecret({i, to}))
                secrets.push_back({i, to});
            ++columns;
            i = to;
            while (i < end && m_view.at(i) == ' ')
                ++i;
        }
        if (columns < 2 || secrets.empty())
            return;
        const qsizetype max = std::min(m_view.size(), end + kLongestTable);
        for (qsizetype at = end; at < max && isLineEnd(m_view.at(at));) {
            at += m_view.at(at) == '\r' && m_view.at(at + 1) == '\n' ? 2 : 1;
            const qsizetype row = at;
            at = rowEnd(row, max);
            if (row == at || isBlank(m_view.at(row)))
                return;
            m_over = at;
            for (const Cell &heading : secrets) {
                const qsizetype from = row + heading.from - line;
                if (from >= at || !isBlank(m_view.at(from - 1)))
                    continue;
                qsizetype to = from;
                while (to < at && !isBlank(m_view.at(to)))
                    ++to;
                take(heading, {from, to});
            }
        }
    }

    void takeRows(qsizetype at, const std::vector<Cell> &headings, const std::vector<size_t> &columns,
                  char separator) {
        const qsizetype max = std::min(m_view.size(), at + kLongestTable);
        while (at < max && isLineEnd(m_view.at(at))) {
            at += m_view.at(at) == '\r' && m_view.at(at + 1) == '\n' ? 2 : 1;
            const qsizetype end = rowEnd(at, max);
            m_over = at;
            if (!isRule(at, end) || at == end) {
                const std::vector<Cell> cells = cellsOf(at, end, separator);
                if (cells.size() != headings.size())
                    return;
                for (const size_t column : columns)
                    take(headings[column], cells[column]);
                m_over = end;
            }
            at = end;
        }
    }

    // | password | x |
    void takeNextTo(qsizetype line) {
        const std::vector<Cell> cells =
            cellsOf(line, rowEnd(line, std::min(m_view.size(), line + kLongestHeading)), '|');
        for (size_t i = 0; i + 1 < cells.size(); ++i) {
            if (isHeading(cells[i], '|') && isSecret(cells[i]) && !isSecret(cells[i + 1]) &&
                !isWords(m_view, cells[i + 1].from, cells[i + 1].to))
                take(cells[i], cells[i + 1]);
        }
    }

    // No mask reaches over a quote, nor in JSON over a line end that is escaped.
    qsizetype endOf(const Cell &cell) {
        const bool isJson = m_values.isJsonLine(cell.from);
        qsizetype to = cell.from;
        while (to < cell.to && m_view.at(to) != '"' && m_view.at(to) != kOuterQuote &&
               !(isJson && m_view.at(to) == '\\'))
            ++to;
        return to;
    }

    void take(const Cell &heading, const Cell &cell) {
        const auto name = m_names.nameAround(heading.from, heading.to);
        const qsizetype to = endOf(cell);
        const SecretValue value{cell.from, to};
        if (name && !isRule(cell.from, to) && isSecretValue(m_view, *name, value, Separator::Equals))
            m_found.push_back({cell.from, to, kKind, {}, true});
    }

    const TextView &m_view;
    SecretNames m_names;
    ValueReader m_values;
    FoundSecrets &m_found;
    qsizetype m_next = -1; // the line whose cells were looked at last
    qsizetype m_over = 0;  // rows of tables reach to here
};

} // namespace

void findTableSecrets(const TextView &view, FoundSecrets &found) {
    Tables(view, found).find();
}

} // namespace slipway
