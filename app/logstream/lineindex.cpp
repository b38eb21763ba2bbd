// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/logstream/lineindex.h"

#include "models/log/logsource.h"

#include <algorithm>
#include <cstring>

namespace slipway {

qint64 LineIndex::lineLength(const char *at, const char *end) {
    const qint64 looked = std::min<qint64>(end - at, kLongestLine + 1);
    if (const void *found = std::memchr(at, '\n', static_cast<size_t>(looked)))
        return static_cast<const char *>(found) + 1 - at;
    return looked > kLongestLine ? kLongestLine : 0;
}

void LineIndex::add(const char *bytes, qint64 size) {
    const char *const end = bytes + size;
    const char *at = bytes;
    for (;;) {
        // What came before of this line has no end in it.
        const qint64 before = m_bytes + (at - bytes) - m_lastLineStart;
        const qint64 looked = std::min<qint64>(end - at, kLongestLine + 1 - before);
        if (const void *found = std::memchr(at, '\n', static_cast<size_t>(looked)))
            at = static_cast<const char *>(found) + 1;
        else if (before + looked > kLongestLine)
            at += kLongestLine - before;
        else
            break;
        ++m_lines;
        m_lastLineStart = m_bytes + (at - bytes);
        if (m_lines % kStride == 0)
            m_marks.push_back(m_lastLineStart);
    }
    m_bytes += size;
}

qint64 LineIndex::lines(bool isWhole) const {
    return m_lines + (isWhole && m_bytes > m_lastLineStart ? 1 : 0);
}

LineIndex::Mark LineIndex::markOf(qint64 line) const {
    return {line - line % kStride, m_marks.at(static_cast<size_t>(line / kStride))};
}

LineIndex::Mark LineIndex::markAt(qint64 offset) const {
    const auto after = std::upper_bound(m_marks.begin() + 1, m_marks.end(), offset);
    return {kStride * (after - m_marks.begin() - 1), *(after - 1)};
}

LineIndex::Range LineIndex::rangeOf(qint64 line, qint64 size, bool isWhole) const {
    const auto mark = m_marks.begin() + line / kStride;
    const auto next = std::lower_bound(mark + 1, m_marks.end(), *mark + size);
    const bool isLast = next == m_marks.end();
    const Mark first = markOf(line);
    // A line that has no end yet is not counted while there is more to index.
    return {first, (isLast ? lines(isWhole) : kStride * (next - m_marks.begin())) - first.line,
            !isLast   ? *next
            : isWhole ? m_bytes
                      : m_lastLineStart};
}

} // namespace slipway
