// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/log/logsource.h"

#include <QStringList>

#include <algorithm>
#include <cstdlib>

namespace slipway {

/// The rows of a log that are selected: from the anchor, where the selection began, to the cursor, where a
/// person is. A value.
class LogSelection {
public:
    static constexpr qint64 kMaxCopied = 20'000; ///< rows

    struct Copy {
        QString text;
        qint64 lines = 0; ///< in `text`
    };

    void clear() { m_cursor = m_anchor = -1; }
    void select(qint64 from, qint64 to);
    void extendTo(qint64 row) { select(m_anchor < 0 ? row : m_anchor, row); }

    [[nodiscard]] bool isEmpty() const { return m_cursor < 0; }
    [[nodiscard]] qint64 cursor() const { return m_cursor; } ///< -1: none
    [[nodiscard]] qint64 first() const { return std::min(m_anchor, m_cursor); }
    [[nodiscard]] qint64 count() const { return isEmpty() ? 0 : std::abs(m_cursor - m_anchor) + 1; }
    [[nodiscard]] bool contains(qint64 row) const;

    /// The selected rows of `source` as text, kMaxCopied of them at most. `places`: each after the byte that
    /// it begins at and, where the source has several streams, the host of its stream.
    [[nodiscard]] Copy copy(const LogSource &source, const QStringList &hosts, bool places) const;

private:
    qint64 m_anchor = -1;
    qint64 m_cursor = -1;
};

} // namespace slipway
