// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cloud/digitalocean/ratelimit.h"

#include <algorithm>

namespace slipway {

namespace {

constexpr std::size_t kMaxPerMinute = 240; // ten are left to other programs with the same token
constexpr qint64 kMinuteMs = 60'000;
constexpr qint64 kHourMs = 60 * kMinuteMs;

} // namespace

void RateLimit::sent(const QDateTime &now) {
    m_minute.push_back(now);
    while (m_minute.size() > kMaxPerMinute)
        m_minute.pop_front();
}

void RateLimit::update(std::optional<qint64> remaining, std::optional<qint64> reset) {
    m_remaining = remaining;
    m_reset = reset;
}

qint64 RateLimit::waitMs(const QDateTime &now) const {
    qint64 wait = 0;
    if (m_minute.size() == kMaxPerMinute)
        wait = std::clamp(kMinuteMs - m_minute.front().msecsTo(now), qint64(0), kMinuteMs);
    if (m_remaining && *m_remaining <= 0 && m_reset)
        wait = std::max(wait, std::clamp(*m_reset * 1000 - now.toMSecsSinceEpoch(), qint64(0), kHourMs));
    return wait;
}

qint64 RateLimit::afterRefusalMs(std::optional<qint64> retryAfter, const QDateTime &now) const {
    if (retryAfter)
        return std::clamp(*retryAfter * 1000, qint64(1000), kHourMs);
    if (m_reset)
        return std::clamp(*m_reset * 1000 - now.toMSecsSinceEpoch(), qint64(1000), kHourMs);
    return kMinuteMs;
}

} // namespace slipway
