// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/evidence/anomaly.h"

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

void CeilingFinder::add(const Measured &measured) {
    if (m_count++ == 0)
        m_value = measured.value;
    m_cut = m_cut && measured.value == m_value && measured.value < measured.expected;
}

std::optional<qint64> CeilingFinder::ceiling(Ceiling kind) const {
    constexpr qint64 kRepeats = 5;
    constexpr qint64 kMinPage = 10;
    if (m_count < 2 || !m_cut)
        return std::nullopt;
    if (kind == Ceiling::Constant && m_count >= kRepeats && m_value >= kMinPage)
        return m_value;
    return pageSize(static_cast<double>(m_value));
}

std::optional<qint64> ceilingOf(const QList<Measured> &measured, Ceiling kind) {
    CeilingFinder finder;
    for (const Measured &one : measured)
        finder.add(one);
    return finder.ceiling(kind);
}

} // namespace slipway
