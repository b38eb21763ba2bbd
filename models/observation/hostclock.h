// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/observation/observation.h"

namespace slipway {

/// The two clocks of a host, line by line: that of day, which people and NTP set, and the time since boot
/// ("up_ms", milliseconds), which only goes forward. Streams from before "up_ms" was reported have the first
/// alone: then only a clock that was set back is seen. A plain value; not thread-safe.
class HostClock {
public:
    /// Two clocks of one line, or lines of agents that write at the same time, are this far apart at most
    /// when nobody sets a clock, in milliseconds.
    static constexpr qint64 kJitterMs = 1000;

    /// The time of this observation as if nobody had set the clock since the first one: that one's time of
    /// day and the time since boot that went by. Never before that of an earlier line.
    QDateTime read(const Observation &observation);

    [[nodiscard]] int jumps() const { return m_jumps; }                ///< how often the clock of day was set
    [[nodiscard]] qint64 worstJumpMs() const { return m_worst; }       ///< the largest; below 0: back
    [[nodiscard]] bool isSteady() const { return m_up && !m_mixed; }   ///< every line had the time since boot
    [[nodiscard]] const QString &problem() const { return m_problem; } ///< what no host's clock does
    [[nodiscard]] std::optional<qint64> upMs() const { return m_up; }  ///< the latest; absent: never reported

private:
    void jump(qint64 ms);
    void complain(const Observation &observation, const QString &why);

    bool m_began = false;
    bool m_mixed = false;
    QDateTime m_anchor; ///< the first line's time of day
    qint64 m_anchorUp = 0;
    std::optional<qint64> m_up;
    QDateTime m_time;    ///< of day, of the line before
    qint64 m_offset = 0; ///< from the time since boot to that of day, milliseconds
    qint64 m_correction = 0;
    QDateTime m_latest;
    int m_jumps = 0;
    qint64 m_worst = 0;
    QString m_problem;
};

} // namespace slipway
