// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/evidence/rules_times.h"

#include "models/cycles/cyclecourse.h"

#include <algorithm>

namespace slipway::rules {

void CycleTimes::beginClass(const QString &fault) {
    m_spans.append({fault, {}, {}});
}

void CycleTimes::complain(const Cycle &cycle, const QString &why) {
    if (!m_flaw.isEmpty())
        return;
    m_flaw =
        QStringLiteral("%1, cycle %2: %3").arg(clipped(m_spans.constLast().fault)).arg(cycle.number).arg(why);
    m_source = cycle.source;
}

QString CycleTimes::flawOf(const Cycle &cycle) const {
    const auto &[p50, p95, p99] = cycle.latencyUs;
    if ((p50 && p95 && *p50 > *p95) || (p95 && p99 && *p95 > *p99) || (p50 && p99 && *p50 > *p99))
        return QStringLiteral("its latencies are not in order");
    if (cycle.fault == QLatin1String("kill_primary_mid_write") && cycle.faultInjected == true &&
        cycle.rows.at(0))
        return QStringLiteral("the node that was killed counts %1 rows").arg(*cycle.rows.at(0));
    if (cycle.faultAt.isValid() && ((cycle.startedAt.isValid() && cycle.faultAt < cycle.startedAt) ||
                                    (cycle.endedAt.isValid() && cycle.endedAt < cycle.faultAt)))
        return QStringLiteral("its fault lies outside of it");
    if (!cycle.startedAt.isValid() || !cycle.endedAt.isValid())
        return {};
    const qint64 took = cycle.startedAt.msecsTo(cycle.endedAt);
    if (took < 0)
        return QStringLiteral("it ended before it began");
    if (cycle.settleMs && *cycle.settleMs > took)
        return QStringLiteral("it settled for %1 ms and took %2 ms in all").arg(*cycle.settleMs).arg(took);
    if (p99 && *p99 > (took + 1) * 1000)
        return QStringLiteral("a write took %1 µs, all of the cycle %2 ms").arg(*p99).arg(took);
    return {};
}

void CycleTimes::add(const Cycle &cycle) {
    Span &span = m_spans.last();
    if (const QString flaw = flawOf(cycle); !flaw.isEmpty())
        complain(cycle, flaw);
    if (cycle.startedAt.isValid() || cycle.faultAt.isValid() || cycle.endedAt.isValid())
        ++m_timed;
    if (cycle.startedAt.isValid()) {
        if (span.ended.isValid() && cycle.startedAt < span.ended)
            complain(cycle, QStringLiteral("it began before the one before it had ended: cycles of one host "
                                           "overlap in time"));
        if (!span.began.isValid())
            span.began = cycle.startedAt;
        span.ended = cycle.startedAt;
    }
    if (cycle.endedAt.isValid() && (!span.ended.isValid() || span.ended < cycle.endedAt))
        span.ended = cycle.endedAt;
    if (const QByteArray course = cycleCourse(cycle); !course.isEmpty()) {
        const qsizetype before = m_courses.size();
        m_courses.insert(course);
        if (m_courses.size() == before)
            complain(cycle, QStringLiteral("it is a copy of another one: each of its times is the same"));
    }
}

QString CycleTimes::overlapOfClasses() const {
    QList<Span> spans = m_spans;
    spans.removeIf([](const Span &span) { return !span.began.isValid() || !span.ended.isValid(); });
    std::sort(spans.begin(), spans.end(),
              [](const Span &one, const Span &other) { return one.began < other.began; });
    for (qsizetype i = 1; i < spans.size(); ++i) {
        if (spans.at(i).began < spans.at(i - 1).ended)
            return QStringLiteral("the cycles of %1 and of %2 overlap in time")
                .arg(clipped(spans.at(i - 1).fault), clipped(spans.at(i).fault));
    }
    return {};
}

void CycleTimes::judge(Checks &checks) const {
    if (m_timed == 0 && m_flaw.isEmpty())
        return;
    Check &check =
        checks.add(QStringLiteral("phase4.times"), QString(),
                   QStringLiteral("Cycles took place one after the other, and what was measured in "
                                  "each fits into it."),
                   QStringLiteral("times in order"));
    check.n = m_timed;
    check.source = m_source;
    const QString flaw = m_flaw.isEmpty() ? overlapOfClasses() : m_flaw;
    if (flaw.isEmpty())
        Checks::pass(check, QStringLiteral("%1 cycles in order").arg(m_timed));
    else
        Checks::unknown(check, Check::Flaw::Invalid, QStringLiteral("a contradiction"), flaw);
}

} // namespace slipway::rules
