// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/cycles/cycle.h"
#include "models/evidence/convergencebound.h"
#include "models/evidence/rules.h"

#include <algorithm>

// What the cycles of a fault class add up to, and what that proves.
namespace slipway::rules {

struct Sample {
    qint64 acked = 0;
    qint64 converged = 0;
    qint64 durable = 0;
    qint64 rows = 0;   ///< Σ of the lesser count of the two survivors, the field's measure
    qint64 struck = 0; ///< acked in cycles whose fault took effect with writes in flight
    qint64 struckHeld = 0;
    ConvergenceBound bound;  ///< of those cycles
    qint64 countedAcked = 0; ///< the same by lines that only count
    qint64 countedRows = 0;
    qint64 cycles = 0;
    QStringList lost; ///< the first lost writes that cycles name: "p4-…-3 of cycle 8"

    void add(const Cycle &cycle);
    /// What was acknowledged where the fault struck, and how much of it every survivor held.
    [[nodiscard]] qint64 ackedWhereStruck(bool byIdentity) const {
        return byIdentity ? struck : countedAcked;
    }
    [[nodiscard]] qint64 heldWhereStruck(bool byIdentity) const {
        return byIdentity ? struckHeld : std::min(countedRows, countedAcked);
    }
};

/// Whether as many cycles as the claim needs were struck, and lost so little.
void judgeSample(const Sample &sample, const QString &fault, const Expectation &expectation,
                 const SourceRange &source, Checks &checks);
/// Counts of rows support no bound, but what they would support is said with it.
void judgeCountedSample(const Sample &sample, const QString &fault, const Expectation &expectation,
                        const SourceRange &source, Checks &checks);
/// "No acknowledged write is lost" and its weaker kin: a number of writes, not a share. All cycles count,
/// also those that the fault did not strike.
void judgeLosses(const Sample &sample, const QString &fault, bool byIdentity, const Expectation &expectation,
                 const SourceRange &source, Checks &checks);

} // namespace slipway::rules
