// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <array>
#include <limits>
#include <vector>

namespace slipway {

/// The least and the greatest of some values, and whether any of them is missing.
struct Extent {
    qint32 low = std::numeric_limits<qint32>::max();
    qint32 high = -1;
    bool missing = false;

    [[nodiscard]] bool hasValue() const { return high >= 0; }
    void take(qint32 value);
    void take(const Extent &other);
    friend bool operator==(const Extent &, const Extent &) = default;
};

/// Whole numbers from 0 up that grow at their end, kMissing where nothing was measured. Keeps the extents of
/// each 32, 32², … of them, so that those of any stretch are found without looking at all of it: half a byte
/// a value on top of its four.
class Column {
public:
    static constexpr qint32 kMissing = -1;

    void append(qint32 value);
    void clear();
    [[nodiscard]] qsizetype size() const { return static_cast<qsizetype>(m_values.size()); }
    [[nodiscard]] qint32 at(qsizetype index) const { return m_values[static_cast<size_t>(index)]; }
    /// Of the values from `from` to before `to`; requires 0 ≤ from ≤ to ≤ size(). O(log size).
    [[nodiscard]] Extent extent(qsizetype from, qsizetype to) const;

private:
    static constexpr size_t kFan = 32;

    std::vector<qint32> m_values;
    std::array<std::vector<Extent>, 4> m_levels;
};

} // namespace slipway
