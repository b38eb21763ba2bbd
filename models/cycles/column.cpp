// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/cycles/column.h"

#include <algorithm>

namespace slipway {

void Extent::take(qint32 value) {
    if (value < 0) {
        missing = true;
        return;
    }
    low = std::min(low, value);
    high = std::max(high, value);
}

void Extent::take(const Extent &other) {
    low = std::min(low, other.low);
    high = std::max(high, other.high);
    missing = missing || other.missing;
}

void Column::append(qint32 value) {
    size_t block = m_values.size();
    m_values.push_back(value);
    for (std::vector<Extent> &level : m_levels) {
        block /= kFan;
        if (block == level.size())
            level.emplace_back();
        level[block].take(value);
    }
}

void Column::clear() {
    m_values.clear();
    for (std::vector<Extent> &level : m_levels)
        level.clear();
}

Extent Column::extent(qsizetype from, qsizetype to) const {
    Extent extent;
    auto first = static_cast<size_t>(from);
    auto last = static_cast<size_t>(to);
    for (size_t level = 0; first < last; ++level) {
        const bool top = level == m_levels.size();
        const auto take = [&](size_t at) {
            if (level == 0)
                extent.take(m_values[at]);
            else
                extent.take(m_levels.at(level - 1)[at]);
        };
        while (first < last && (top || first % kFan != 0))
            take(first++);
        while (first < last && last % kFan != 0)
            take(--last);
        first /= kFan;
        last /= kFan;
    }
    return extent;
}

} // namespace slipway
