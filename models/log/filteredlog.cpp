// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/log/filteredlog.h"

#include <algorithm>

namespace slipway {

void FilteredLog::clear() {
    const std::scoped_lock lock(m_mutex);
    m_set.truncate(0);
}

void FilteredLog::add(qint64 first, qint64 rows, const std::vector<qint64> &matches) {
    const std::scoped_lock lock(m_mutex);
    m_set.truncate(first);
    m_set.add(rows, matches);
}

qint64 FilteredLog::looked() const {
    const std::scoped_lock lock(m_mutex);
    return m_set.looked();
}

qint64 FilteredLog::baseRow(qint64 row) const {
    const std::scoped_lock lock(m_mutex);
    return m_set.at(row);
}

qint64 FilteredLog::next(qint64 baseRow, bool forward) const {
    const std::scoped_lock lock(m_mutex);
    return m_set.at(forward ? m_set.before(baseRow + 1) : m_set.before(baseRow) - 1);
}

qint64 FilteredLog::lineCount() const {
    const std::scoped_lock lock(m_mutex);
    return m_set.count();
}

QList<LogLine> FilteredLog::lines(qint64 first, qint64 count) const {
    std::vector<qint64> rows;
    {
        const std::scoped_lock lock(m_mutex);
        first = std::max<qint64>(0, first);
        for (qint64 i = first; i < std::min(first + count, m_set.count()); ++i)
            rows.push_back(m_set.at(i));
    }
    QList<LogLine> result;
    for (size_t i = 0; i < rows.size();) {
        size_t end = i + 1;
        while (end < rows.size() && rows[end] == rows[end - 1] + 1)
            ++end;
        const QList<LogLine> run = m_base->lines(rows[i], static_cast<qint64>(end - i));
        if (run.size() != static_cast<qsizetype>(end - i))
            break; // begun anew just now
        result += run;
        i = end;
    }
    return result;
}

qint64 FilteredLog::rowOfBase(qint64 baseRow) const {
    const std::scoped_lock lock(m_mutex);
    return std::clamp<qint64>(m_set.before(baseRow), 0, std::max<qint64>(0, m_set.count() - 1));
}

qint64 FilteredLog::rowAt(qint64 offset) const {
    return rowOfBase(m_base->rowAt(offset));
}

qint64 FilteredLog::rowOf(int stream, qint64 line) const {
    return rowOfBase(m_base->rowOf(stream, line));
}

} // namespace slipway
