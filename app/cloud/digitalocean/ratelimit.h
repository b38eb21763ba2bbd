// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>

#include <deque>
#include <optional>

namespace slipway {

/// When the next request may be sent: 5000 an hour and 250 a minute for a token, whoever uses it. Pure but
/// for as long as the answer said. Times are the API's.
class RateLimit {
public:
    void sent(const QDateTime &now);
    /// The headers of an answer; nothing where one is missing.
    void update(std::optional<qint64> remaining, std::optional<qint64> reset);
    /// Milliseconds to wait before the next request.
    [[nodiscard]] qint64 waitMs(const QDateTime &now) const;
    /// Milliseconds to wait after a 429: what `retryAfter` (seconds) says, else until the hour's oldest
    /// request is forgotten, else a minute.
    [[nodiscard]] qint64 afterRefusalMs(std::optional<qint64> retryAfter, const QDateTime &now) const;

private:
    std::deque<QDateTime> m_minute; ///< our own requests of the last minute
    std::optional<qint64> m_remaining;
    std::optional<qint64> m_reset; ///< epoch second at which the oldest request of the hour is forgotten
};

} // namespace slipway
