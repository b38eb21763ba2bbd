// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <vector>

namespace slipway {

/// Some of the first looked() rows of a log: one bit a row, so ten million rows cost 1.4 MB however many are
/// in it. Finding the n-th member, or how many come before a row, takes no walk. A value; one thread.
class LineSet {
public:
    [[nodiscard]] qint64 looked() const { return m_looked; }
    [[nodiscard]] qint64 count() const { return m_count; }

    void truncate(qint64 rows); ///< forgets row `rows` and what follows
    /// Rows looked() … looked() + rows - 1, of which `members` (ascending) are in the set.
    void add(qint64 rows, const std::vector<qint64> &members);

    [[nodiscard]] qint64 at(qint64 index) const;   ///< the row of a member; -1 where there is none
    [[nodiscard]] qint64 before(qint64 row) const; ///< members smaller than `row`

private:
    std::vector<quint64> m_bits;
    std::vector<qint64> m_before; ///< members before every 8th word
    qint64 m_looked = 0;
    qint64 m_count = 0;
};

} // namespace slipway
