// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/evidence/rules_tally.h"

#include "models/cycles/faultclass.h"
#include "models/evidence/rules.h"

#include <algorithm>
#include <utility>

namespace slipway::rules {

namespace {

constexpr qint64 kNotKnown = -1; // at no ceiling

// What contradicts itself or was not measured in one cycle; empty when it is sound.
QString flawOf(const Cycle &cycle, const QString &fault, qint64 writes) {
    if (cycle.fault != fault)
        return QStringLiteral("it is of %1").arg(clipped(cycle.fault));
    if (!cycle.trouble.isEmpty())
        return clipped(cycle.trouble);
    if (!cycle.writes || !cycle.ok || !cycle.quorumNotMet || !cycle.fail)
        return QStringLiteral("the outcomes of its writes are not there");
    if (*cycle.ok + *cycle.quorumNotMet + *cycle.fail != *cycle.writes || *cycle.writes != writes)
        return QStringLiteral("the outcomes of its writes do not add up to %1").arg(writes);
    if (!cycle.rows.at(1) || !cycle.rows.at(2))
        return QStringLiteral("a survivor could not be counted");
    if (std::max(*cycle.rows.at(1), *cycle.rows.at(2)) > *cycle.writes)
        return QStringLiteral("a survivor holds more rows than were written");
    if (cycle.inFlight.value_or(0) > *cycle.writes)
        return QStringLiteral("more writes were in flight than were made");
    return {};
}

// The same of what is compared by identity.
QString flawOfIdentity(const Cycle &cycle) {
    if (!cycle.durable || !cycle.converged)
        return QStringLiteral("the survivors were not asked which writes they hold");
    if (*cycle.converged > *cycle.durable || *cycle.durable > *cycle.ok)
        return QStringLiteral("more writes were found than were acknowledged");
    if (cycle.lost.size() > *cycle.ok - *cycle.converged)
        return QStringLiteral("more writes are named as lost than were");
    if (cycle.changed.value_or(0) + cycle.notOwn.value_or(0) >
        survivorsOf(cycle.fault).size() * (*cycle.ok - *cycle.converged))
        return QStringLiteral("more writes came back changed, or from another node, than are missing");
    if (std::min(*cycle.rows.at(1), *cycle.rows.at(2)) < *cycle.converged)
        return QStringLiteral("a survivor holds fewer rows than acknowledged writes were found on it");
    return {};
}

} // namespace

void CycleTally::add(const Cycle &cycle) {
    if (m_last)
        take(*m_last);
    else
        m_firstSource = cycle.source;
    m_last = cycle;
}

void CycleTally::finish(const QString &problem) {
    if (m_last && m_last->startedAt.isValid() && !m_last->endedAt.isValid())
        m_cutOff = m_last->number;
    else if (m_last)
        take(*m_last);
    m_last.reset();
    if (!problem.isEmpty())
        m_flaw = m_flawByIdentity = problem;
}

void CycleTally::take(const Cycle &cycle) {
    ++m_cycles;
    m_anyByIdentity = m_anyByIdentity || cycle.durable || cycle.converged;
    QString flaw = flawOf(cycle, m_fault, m_writes);
    if (!flaw.isEmpty())
        flaw.prepend(QStringLiteral("cycle %1: ").arg(cycle.number));
    else if (cycle.number < m_cycles)
        flaw = QStringLiteral("cycle %1 is there twice, or after a later one").arg(cycle.number);
    else if (cycle.number > m_cycles)
        flaw = QStringLiteral("cycle %1 is not there, later ones are").arg(m_cycles);
    if (m_flaw.isEmpty())
        m_flaw = flaw;
    if (m_flawByIdentity.isEmpty()) {
        m_flawByIdentity = flaw;
        if (const QString other = flaw.isEmpty() ? flawOfIdentity(cycle) : QString(); !other.isEmpty())
            m_flawByIdentity = QStringLiteral("cycle %1: %2").arg(cycle.number).arg(other);
    }
    const qint64 expected = cycle.ok.value_or(0);
    m_rows[0].add({cycle.rows.at(1).value_or(kNotKnown), expected});
    m_rows[1].add({cycle.rows.at(2).value_or(kNotKnown), expected});
    m_converged.add({cycle.converged.value_or(kNotKnown), expected});
    m_sample.add(cycle);
}

std::optional<FoundCeiling> CycleTally::ceiling(bool byIdentity) const {
    // A loss of the same acknowledged writes in every cycle is a loss, and seen by identity to be one.
    const Ceiling kind = byIdentity ? Ceiling::Page : Ceiling::Constant;
    for (const CeilingFinder &rows : m_rows) {
        if (const auto found = rows.ceiling(kind))
            return found;
    }
    return byIdentity ? m_converged.ceiling(kind) : std::nullopt;
}

} // namespace slipway::rules
