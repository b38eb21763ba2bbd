// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/observation/hostclock.h"

#include <algorithm>
#include <cstdlib>

namespace slipway {

void HostClock::jump(qint64 ms) {
    ++m_jumps;
    if (std::abs(ms) > std::abs(m_worst))
        m_worst = ms;
}

void HostClock::complain(const Observation &observation, const QString &why) {
    if (m_problem.isEmpty())
        m_problem = QStringLiteral("byte %1: %2").arg(observation.source.offset).arg(why);
}

QDateTime HostClock::read(const Observation &observation) {
    const QDateTime &time = observation.time;
    const auto up = observation.integer("up_ms");
    const bool isStated = up && *up >= 0;
    if (!m_began) {
        m_began = true;
        m_anchor = m_latest = m_time = time;
        if (isStated) {
            m_up = m_anchorUp = *up;
            m_offset = time.toMSecsSinceEpoch() - *up;
        }
        return time;
    }
    if (isStated != m_up.has_value() || (!isStated && observation.fields.contains(QLatin1String("up_ms")))) {
        m_mixed = true;
        complain(observation, QStringLiteral("the time since boot is told on some lines and not on others"));
    }
    QDateTime now;
    if (isStated && m_up) {
        if (*up + kJitterMs < *m_up)
            complain(observation, QStringLiteral("the time since boot goes back by %1 ms").arg(*m_up - *up));
        m_up = std::max(*m_up, *up);
        const qint64 offset = time.toMSecsSinceEpoch() - *up;
        if (std::abs(offset - m_offset) > kJitterMs)
            jump(offset - m_offset);
        m_offset = offset;
        now = m_anchor.addMSecs(*up - m_anchorUp);
    } else {
        if (const qint64 step = m_time.msecsTo(time); step < -kJitterMs) {
            jump(step);
            m_correction += step;
        }
        now = time.addMSecs(-m_correction);
    }
    m_time = time;
    m_latest = std::max(m_latest, now);
    return m_latest;
}

} // namespace slipway
