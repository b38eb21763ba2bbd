// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/cycles/cycle.h"
#include "models/evidence/anomaly.h"
#include "models/evidence/rules_sample.h"

namespace slipway::rules {

/// What the cycles of one fault class come to, in one pass that keeps none of them. A last cycle that its own
/// line says began and not ended is cut off and counts for nothing; the field's lines show neither. A plain
/// value; not thread-safe.
class CycleTally {
public:
    /// `writes`: of each cycle, as planned.
    CycleTally(QString fault, qint64 writes) : m_fault(std::move(fault)), m_writes(writes) {}

    void add(const Cycle &cycle);
    /// After the last one. `problem`: the first line that could not be read.
    void finish(const QString &problem);

    [[nodiscard]] qint64 cycles() const { return m_cycles; }
    [[nodiscard]] std::optional<int> cutOff() const { return m_cutOff; } ///< its number
    /// Some line compares by identity; the field's lines only count.
    [[nodiscard]] bool anyByIdentity() const { return m_anyByIdentity; }
    /// The first contradiction, or what was not measured; empty when all are sound. They are numbered from 1
    /// without a gap, in order.
    [[nodiscard]] const QString &flaw(bool byIdentity) const {
        return byIdentity ? m_flawByIdentity : m_flaw;
    }
    [[nodiscard]] std::optional<FoundCeiling> ceiling(bool byIdentity) const;
    [[nodiscard]] const Sample &sample() const { return m_sample; }
    [[nodiscard]] const SourceRange &firstSource() const { return m_firstSource; }

private:
    void take(const Cycle &cycle);

    QString m_fault;
    qint64 m_writes;
    std::optional<Cycle> m_last; ///< not counted yet: it may be cut off
    qint64 m_cycles = 0;
    std::optional<int> m_cutOff;
    bool m_anyByIdentity = false;
    QString m_flaw;
    QString m_flawByIdentity; ///< the same with what only lines by identity must have
    std::array<CeilingFinder, 2> m_rows;
    CeilingFinder m_converged;
    Sample m_sample;
    SourceRange m_firstSource;
};

} // namespace slipway::rules
