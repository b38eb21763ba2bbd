// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/log/lineset.h"

#include <algorithm>
#include <bit>

namespace slipway {

namespace {

constexpr qint64 kWord = 64;
constexpr qint64 kWords = 8;

} // namespace

void LineSet::truncate(qint64 rows) {
    if (rows >= m_looked)
        return;
    m_count = before(rows);
    m_looked = rows;
    m_bits.resize(static_cast<size_t>((rows + kWord - 1) / kWord));
    m_before.resize((m_bits.size() + kWords - 1) / kWords);
    if (rows % kWord != 0)
        m_bits.back() &= (quint64(1) << (rows % kWord)) - 1;
}

void LineSet::add(qint64 rows, const std::vector<qint64> &members) {
    m_looked += rows;
    auto member = members.begin();
    const auto words = static_cast<size_t>((m_looked + kWord - 1) / kWord);
    const auto take = [&](size_t word) {
        const qint64 end = static_cast<qint64>(word + 1) * kWord;
        for (; member != members.end() && *member < end; ++member, ++m_count)
            m_bits[word] |= quint64(1) << (*member % kWord);
    };
    if (!m_bits.empty())
        take(m_bits.size() - 1);
    while (m_bits.size() < words) {
        if (m_bits.size() % kWords == 0)
            m_before.push_back(m_count);
        m_bits.push_back(0);
        take(m_bits.size() - 1);
    }
}

qint64 LineSet::at(qint64 index) const {
    if (index < 0 || index >= m_count)
        return -1;
    const auto group = std::upper_bound(m_before.begin(), m_before.end(), index) - m_before.begin() - 1;
    qint64 left = index - m_before[static_cast<size_t>(group)];
    auto word = static_cast<size_t>(group * kWords);
    while (left >= std::popcount(m_bits[word]))
        left -= std::popcount(m_bits[word++]);
    quint64 bits = m_bits[word];
    for (; left > 0; --left)
        bits &= bits - 1;
    return static_cast<qint64>(word) * kWord + std::countr_zero(bits);
}

qint64 LineSet::before(qint64 row) const {
    if (row <= 0)
        return 0;
    if (row >= m_looked)
        return m_count;
    const auto word = static_cast<size_t>(row / kWord);
    qint64 found = m_before[word / kWords];
    for (size_t i = word - word % kWords; i < word; ++i)
        found += std::popcount(m_bits[i]);
    return found + std::popcount(m_bits[word] & ((quint64(1) << (row % kWord)) - 1));
}

} // namespace slipway
