// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/cycles/cycle.h"
#include "models/evidence/verdict.h"

#include <QList>

namespace slipway {

/// One thing that two campaigns do not have in common: "phase2.delivery.node-b", "cycle 7 of kill", with what
/// each of the two says; empty on the side that does not have it.
struct Difference {
    enum class Kind { Check, Cycle };

    Kind kind = Kind::Check;
    int phase = 0;
    QString what;
    QString before;
    QString after;
    bool worse = false; ///< held before and does not after
};

/// Aligns checks by id and prints none that say the same, in the order of `after`, then those that are gone.
[[nodiscard]] QList<Difference> diffChecks(const QList<Check> &before, const QList<Check> &after);

/// Aligns cycles by fault class and number. Times are left out: no two runs have the same.
[[nodiscard]] QList<Difference> diffCycles(const QList<Cycle> &before, const QList<Cycle> &after);

} // namespace slipway
