// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/log/cyclemap.h"

#include <algorithm>

namespace slipway {

namespace {

constexpr qsizetype kMaxMarks = 1'000'000;
constexpr QByteArrayView kCycle("] cycle ");
constexpr QByteArrayView kCampaign("] campaign: ");

bool isWord(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
}

} // namespace

std::optional<int> cycleOfLine(QByteArrayView line) {
    const qsizetype at = line.indexOf(kCycle);
    if (at < 0)
        return std::nullopt;
    const QByteArrayView rest = line.sliced(at + kCycle.size());
    bool isNumber = false;
    const int number = rest.first(std::max<qsizetype>(0, rest.indexOf(':'))).toByteArray().toInt(&isNumber);
    return isNumber && number > 0 ? std::optional(number) : std::nullopt;
}

QString campaignOfLine(QByteArrayView line) {
    const qsizetype at = line.indexOf(kCampaign);
    if (at < 0)
        return {};
    const QByteArrayView rest = line.sliced(at + kCampaign.size());
    return QString::fromLatin1(rest.first(std::find_if_not(rest.begin(), rest.end(), isWord) - rest.begin()));
}

QString cycleLinePattern() {
    return QStringLiteral("\\] (cycle [0-9]+:|campaign: )");
}

void CycleMap::truncate(qint64 row) {
    const std::scoped_lock lock(m_mutex);
    while (!m_marks.isEmpty() && m_marks.constLast().row >= row)
        m_marks.removeLast();
}

void CycleMap::add(qint64 row, QByteArrayView line) {
    const std::scoped_lock lock(m_mutex);
    CycleName cycle = m_marks.isEmpty() ? CycleName{} : m_marks.constLast().cycle;
    if (const auto number = cycleOfLine(line))
        cycle.number = *number;
    else if (const QString fault = campaignOfLine(line); !fault.isEmpty())
        cycle = {fault, 0};
    else
        return;
    const bool changed = m_marks.isEmpty() || m_marks.constLast().cycle != cycle;
    if (changed && m_marks.size() < kMaxMarks)
        m_marks.append({row, cycle});
}

std::optional<CycleName> CycleMap::cycleAt(qint64 row) const {
    const std::scoped_lock lock(m_mutex);
    const auto after = std::upper_bound(m_marks.begin(), m_marks.end(), row,
                                        [](qint64 target, const Mark &mark) { return target < mark.row; });
    return after == m_marks.begin() ? std::nullopt : std::optional((after - 1)->cycle);
}

qint64 CycleMap::rowOf(const QString &fault, int number) const {
    const std::scoped_lock lock(m_mutex);
    const auto found = std::find_if(m_marks.begin(), m_marks.end(), [&](const Mark &mark) {
        return mark.cycle.number == number &&
               (fault.isEmpty() || mark.cycle.fault.isEmpty() || mark.cycle.fault == fault);
    });
    return found == m_marks.end() ? -1 : found->row;
}

} // namespace slipway
