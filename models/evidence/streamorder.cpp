// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/evidence/streamorder.h"

#include "models/cycles/faultclass.h"
#include "models/cycles/faulteffect.h"

#include <QCryptographicHash>

#include <algorithm>

namespace slipway {

namespace {

constexpr qint64 kJitterUs = HostClock::kJitterMs * 1000;
constexpr qsizetype kShownBytes = 80;
constexpr size_t kMinCourse = 3;  // fewer writes may take the same time by chance
constexpr size_t kManyWrites = 8; // fewer may come at the same intervals by chance

qint64 microseconds(const QDateTime &time) {
    return time.toMSecsSinceEpoch() * 1000;
}

} // namespace

void StreamOrder::complain(const Observation &observation, const QString &why) {
    if (m_problem.isEmpty())
        m_problem = QStringLiteral("byte %1: %2").arg(observation.source.offset).arg(why);
}

// What names a cycle is of the one that is open.
bool StreamOrder::isOfCycle(const Observation &observation) const {
    return m_open && observation.integer("cycle") == m_cycle && observation.text("fault") == m_fault;
}

void StreamOrder::add(const Observation &observation, const QDateTime &at, bool isClockSet) {
    m_clockSet = m_clockSet || isClockSet;
    const QString &kind = observation.kind;
    if (kind == QLatin1String("begin"))
        beginWork(observation, at);
    if (kind == QLatin1String("cycle_begin"))
        beginCycle(observation, at);
    else if (observation.fields.contains(QLatin1String("cycle")) && !isOfCycle(observation))
        complain(observation, QStringLiteral("it is of another cycle than the one that is open"));
    keepCourse(observation);
    if (kind == QLatin1String("write")) {
        addWrite(observation);
    } else if (kind == QLatin1String("fault") || kind == QLatin1String("fault_effect")) {
        addFault(observation);
    } else if (kind == QLatin1String("healed")) {
        addHealing(observation);
    } else if (kind == QLatin1String("settled") && m_began.isValid()) {
        const auto ms = observation.integer("ms");
        if (!ms || *ms < 0 || (!m_clockSet && *ms > m_began.msecsTo(at) + HostClock::kJitterMs))
            complain(observation, QStringLiteral("it settled for longer than there was time"));
    } else if (kind == QLatin1String("probe")) {
        if (m_probed)
            complain(observation, QStringLiteral("a second probe"));
        m_probed = true;
    } else if (kind == QLatin1String("held") || kind == QLatin1String("own")) {
        if (!m_killed.isEmpty() && observation.text("node") == m_killed)
            complain(observation, QStringLiteral("%1 was killed in this cycle and cannot answer")
                                      .arg(m_killed.left(kShownBytes)));
    } else if (kind == QLatin1String("cycle_end")) {
        endCycle(observation);
    }
}

// First all is written and the fault strikes, then it settles, then the nodes are asked what they hold.
void StreamOrder::keepCourse(const Observation &observation) {
    const QString &kind = observation.kind;
    const bool isWork = kind == QLatin1String("write") || kind == QLatin1String("fault") ||
                        kind == QLatin1String("fault_effect") || kind == QLatin1String("healed");
    // On a peer of phase 2, its own rows are reported whenever it is stopped.
    const bool isAnswer = kind == QLatin1String("held") ||
                          (m_open && (kind == QLatin1String("own") ||
                                      observation.text("name").startsWith(QLatin1String("stats-"))));
    if (isWork && m_settled)
        complain(observation, QStringLiteral("a %1 after all had settled").arg(kind.left(kShownBytes)));
    if (isAnswer && !m_settled)
        complain(observation, QStringLiteral("a node was asked what it holds before the writes had settled"));
    m_settled = m_settled || kind == QLatin1String("settled");
}

void StreamOrder::addWrite(const Observation &observation) {
    const QString id = observation.text("id");
    if (m_ids.size() < kMaxIds || m_ids.contains(qHash(id))) {
        const qsizetype before = m_ids.size();
        m_ids.insert(qHash(id));
        if (m_ids.size() == before)
            complain(observation, QStringLiteral("%1 was written before").arg(id.left(kShownBytes)));
    }
    const auto start = observation.integer("start_us");
    const auto end = observation.integer("end_us");
    if (!start || !end) {
        complain(observation, QStringLiteral("a write without the times at which it began and ended"));
        return;
    }
    const bool acked = observation.text("code") == QLatin1String("201");
    if (m_open)
        m_writes.push_back({*start, *end, acked});
    if (m_clockSet)
        return;
    if (*start > *end)
        complain(observation, QStringLiteral("a write ended before it began"));
    if (*end > microseconds(observation.time) + kJitterUs ||
        (m_began.isValid() && *start < m_beganMs * 1000 - kJitterUs))
        complain(observation, QStringLiteral("a write outside the time in which it was observed"));
    if (acked && !m_killed.isEmpty() && *start > m_killedMs * 1000 + kJitterUs)
        complain(observation, QStringLiteral("a write was acknowledged by %1, which had been killed")
                                  .arg(m_killed.left(kShownBytes)));
}

// A cycle, or a stream of which no cycle has begun.
void StreamOrder::beginWork(const Observation &observation, const QDateTime &at) {
    m_began = at;
    m_beganMs = observation.time.toMSecsSinceEpoch();
}

void StreamOrder::beginCycle(const Observation &observation, const QDateTime &at) {
    const QString fault = observation.text("fault");
    const auto number = observation.integer("cycle").value_or(0);
    if (m_open)
        complain(observation, QStringLiteral("a cycle begins before cycle %1 ended").arg(m_cycle));
    if (fault != m_fault) {
        if (m_left.contains(fault))
            complain(observation, QStringLiteral("the cycles of %1 were over").arg(fault.left(kShownBytes)));
        if (!m_fault.isEmpty())
            m_left.insert(m_fault);
        m_cycle = 0;
        m_fault = fault;
    }
    if (number != m_cycle + 1)
        complain(observation, QStringLiteral("cycle %1 comes after cycle %2").arg(number).arg(m_cycle));
    m_cycle = static_cast<int>(number);
    m_open = true;
    m_settled = false;
    m_isInjected = false;
    m_isEffectReported = false;
    m_clockSet = false;
    beginWork(observation, at);
    m_faultUs.reset();
    m_ackedBefore.reset();
    m_killed.clear();
    m_writes.clear();
}

void StreamOrder::addFault(const Observation &observation) {
    if (observation.kind == QLatin1String("fault")) {
        if (m_faultUs)
            complain(observation, QStringLiteral("a second fault in one cycle"));
        m_faultUs = observation.integer("fault_us");
        m_isInjected = observation.flag("injected");
        m_ackedBefore = observation.integer("acked_before");
        if (!m_clockSet && m_faultUs &&
            (*m_faultUs > microseconds(observation.time) + kJitterUs ||
             *m_faultUs < m_beganMs * 1000 - kJitterUs))
            complain(observation, QStringLiteral("a fault outside the cycle in which it was observed"));
        return;
    }
    m_isEffectReported = true;
    if (!m_faultUs)
        complain(observation, QStringLiteral("the effect of a fault that did not strike"));
    if (!observation.flag("effective"))
        return;
    if (!m_isInjected)
        complain(observation, QStringLiteral("the effect of a fault that was not injected"));
    if (const QString problem = effectProblem(m_fault, observation); !problem.isEmpty())
        complain(observation, problem);
    if (isHealed(m_fault))
        return; // every node lives on
    m_killed = observation.text("node");
    m_killedMs = observation.time.toMSecsSinceEpoch();
}

// A fault that ends is over after it struck, and what it did was measured before that.
void StreamOrder::addHealing(const Observation &observation) {
    const auto healUs = observation.integer("heal_us");
    if (!m_isEffectReported)
        complain(observation, QStringLiteral("a fault was over before its effect was measured"));
    if (!m_clockSet && m_faultUs &&
        (!healUs || *healUs <= *m_faultUs || *healUs > microseconds(observation.time) + kJitterUs))
        complain(observation, QStringLiteral("a fault was over outside the time behind its strike"));
}

// What no two cycles share to the microsecond: all times of a cycle's writes and of its fault; where enough
// writes were acknowledged, also the intervals between their ends by themselves, and those between their
// starts, so that a cycle is a copy whose writes were moved as a whole or made longer.
QList<QByteArray> StreamOrder::coursesOf() const {
    const auto first =
        std::min_element(m_writes.begin(), m_writes.end(),
                         [](const Write &one, const Write &other) { return one.startUs < other.startUs; });
    QByteArray whole;
    QByteArray starts("s");
    QByteArray ends("e");
    const auto put = [](QByteArray &course, qint64 us) {
        course.append(reinterpret_cast<const char *>(&us), sizeof(us)); // compared within this process only
    };
    const Write *before = nullptr;
    std::size_t acked = 0;
    for (const Write &write : m_writes) {
        put(whole, write.startUs - first->startUs);
        put(whole, write.endUs - first->startUs);
        if (!write.acked)
            continue;
        ++acked;
        if (before) {
            put(starts, write.startUs - before->startUs);
            put(ends, write.endUs - before->endUs);
        }
        before = &write;
    }
    put(whole, m_faultUs.value_or(first->startUs) - first->startUs);
    QList<QByteArray> courses{whole};
    if (acked >= kManyWrites)
        courses << starts << ends;
    for (QByteArray &course : courses)
        course = QCryptographicHash::hash(course, QCryptographicHash::Sha1);
    return courses;
}

void StreamOrder::endCycle(const Observation &observation) {
    if (!m_open)
        complain(observation, QStringLiteral("a cycle ends that did not begin"));
    m_open = false;
    if (m_faultUs && !m_clockSet && !m_writes.empty()) {
        const auto isBefore = [this](const Write &write) { return write.startUs <= *m_faultUs; };
        if (std::none_of(m_writes.begin(), m_writes.end(), isBefore))
            complain(observation,
                     QStringLiteral("the fault of cycle %1 struck before its burst began").arg(m_cycle));
        const auto acked = std::count_if(m_writes.begin(), m_writes.end(), [this](const Write &write) {
            return write.acked && write.endUs <= *m_faultUs;
        });
        if (m_ackedBefore && *m_ackedBefore > acked)
            complain(observation, QStringLiteral("%1 writes of cycle %2 were acknowledged when its fault "
                                                 "struck, the fault says %3")
                                      .arg(acked)
                                      .arg(m_cycle)
                                      .arg(*m_ackedBefore));
    }
    if (m_writes.size() < kMinCourse)
        return;
    for (const QByteArray &course : coursesOf()) {
        const auto other = m_courses.constFind(course);
        if (other != m_courses.constEnd())
            complain(observation,
                     QStringLiteral("cycle %1 is a copy of cycle %2: its times, or the intervals "
                                    "between them, are the same to the microsecond")
                         .arg(m_cycle)
                         .arg(*other));
        else
            m_courses.insert(course, m_cycle);
    }
}

} // namespace slipway
