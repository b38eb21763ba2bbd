// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/evidence/anomaly.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace slipway {

std::optional<qint64> pageSize(double count) {
    for (const qint64 size : std::array<qint64, 5>{20, 50, 100, 200, 1000}) {
        if (std::abs(count - static_cast<double>(size)) < 1e-9)
            return size;
    }
    return std::nullopt;
}

std::optional<qint64> ceilingOf(const QList<Measured> &measured, Ceiling kind) {
    constexpr qsizetype kRepeats = 5;
    constexpr qint64 kLeastPage = 10;
    if (measured.size() < 2)
        return std::nullopt;
    const qint64 value = measured.constFirst().value;
    const bool cut = std::all_of(measured.begin(), measured.end(), [value](const Measured &one) {
        return one.value == value && one.value < one.expected;
    });
    if (!cut)
        return std::nullopt;
    if (kind == Ceiling::Constant && measured.size() >= kRepeats && value >= kLeastPage)
        return value;
    return pageSize(static_cast<double>(value));
}

} // namespace slipway
