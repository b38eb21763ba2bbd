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
    if (m_count++ == 0 || measured.value > m_highest) {
        m_highest = measured.value;
        m_cutThere = 0;
        m_expectedVaries = false;
    }
    if (measured.value >= measured.expected)
        return;
    ++m_cut;
    if (measured.value != m_highest)
        return;
    if (m_cutThere++ == 0)
        m_expectedThere = measured.expected;
    m_expectedVaries = m_expectedVaries || measured.expected != m_expectedThere;
}

std::optional<FoundCeiling> CeilingFinder::ceiling(Ceiling kind) const {
    constexpr qint64 kRepeats = 5;
    constexpr qint64 kMinPage = 10;
    constexpr qint64 kOneIn = 10; // may be lower: something was lost below the ceiling
    if (m_cutThere < 2 || (m_cut - m_cutThere) * kOneIn > m_cut ||
        (m_cutThere * 2 < m_count && !m_expectedVaries))
        return std::nullopt;
    const bool isConstant = kind == Ceiling::Constant && m_cutThere >= kRepeats && m_highest >= kMinPage;
    if (isConstant || pageSize(static_cast<double>(m_highest)))
        return FoundCeiling{m_highest, m_cutThere};
    return std::nullopt;
}

std::optional<FoundCeiling> ceilingOf(const QList<Measured> &measured, Ceiling kind) {
    CeilingFinder finder;
    for (const Measured &one : measured)
        finder.add(one);
    return finder.ceiling(kind);
}

} // namespace slipway
