// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <vector>

namespace slipway {

/// Where every 256th line of a stream begins, so that ten million lines cost 320 KB. A line that is longer
/// than kLongestLine (models/log/logsource.h) counts as several. Plain; whoever shares it locks.
class LineIndex {
public:
    static constexpr qint64 kStride = 256;

    /// The bytes that follow those that were added.
    void add(const char *bytes, qint64 size);
    void clear() { *this = {}; }

    [[nodiscard]] qint64 bytes() const { return m_bytes; } ///< that were added
    /// `isWhole`: nothing follows, so that the last line counts though it has no end.
    [[nodiscard]] qint64 lines(bool isWhole) const;

    struct Mark {
        qint64 line = 0;
        qint64 offset = 0; ///< where it begins
    };
    /// The last one at or before this line, which must be there, or at or before this byte.
    [[nodiscard]] Mark markOf(qint64 line) const;
    [[nodiscard]] Mark markAt(qint64 offset) const;

    /// Lines that can be read at once: from the mark of one of them on, some `size` bytes of whole lines.
    struct Range {
        Mark first;
        qint64 lines = 0;
        qint64 end = 0; ///< offset
    };
    [[nodiscard]] Range rangeOf(qint64 line, qint64 size, bool isWhole) const;

    /// The length of the line at `at`, with its end; 0 while that is not known.
    [[nodiscard]] static qint64 lineLength(const char *at, const char *end);

private:
    std::vector<qint64> m_marks{0};
    qint64 m_lines = 0; ///< that have ended
    qint64 m_bytes = 0;
    qint64 m_lastLineStart = 0;
};

} // namespace slipway
