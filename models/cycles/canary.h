// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/cycles/cycle.h"
#include "models/observation/writeledger.h"

// Canary cycles: the harness makes one node lose a write on purpose, and the comparison must see it. Pure.
namespace slipway {

/// Stands where other cycles have their fault class. It is none: its cycles count for no claim.
inline const QString kCanaryClass = QStringLiteral("canary");

/// How the canary of that number (from 1) is made: "lost", "hidden" or "forgotten"
/// (resources/phases/canary.sh).
[[nodiscard]] QString canaryKind(int number);

struct CanaryCycle {
    int number = 0; ///< from 1
    QString kind;
    QString node;    ///< that was made faulty
    QString id;      ///< of the write that was taken from it
    QString problem; ///< why the loss was not seen, as a clause; empty when it was

    [[nodiscard]] bool isSeen() const { return problem.isEmpty(); }
};

/// What became of a canary: seen where the rows and files of the nodes themselves lack the acknowledged
/// write, whatever a line says of itself. `cycle`: the same compared as any other cycle is.
[[nodiscard]] CanaryCycle judgedCanary(CanaryCycle canary, const Cycle &cycle, const WriteLedger &ledger);

} // namespace slipway
