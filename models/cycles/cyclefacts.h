// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/cycles/cycle.h"
#include "models/observation/evidencefile.h"

namespace slipway {

/// How a cycle came out: what decides whether two of them came out the same.
enum class CycleResult { Lost, Late, Clean, NotMeasured };
[[nodiscard]] QString cycleResultName(CycleResult result); ///< "lost", "late", "clean", "not measured"

/// One cycle with the ids of its writes, to be compared with the same cycle run again. A plain value.
struct CycleFacts {
    Cycle cycle;
    QStringList lost;    ///< acknowledged and not on every survivor, sorted; all of them
    QStringList extra;   ///< on a survivor and not acknowledged, sorted
    bool isLate = false; ///< not every survivor held all when the longest wait was over
    QString seed; ///< what the fault chose by, and the node that it chose; empty where it did not strike
    QString node;
    QString effect; ///< what was measured of the fault: "status 137"

    [[nodiscard]] CycleResult result() const;
    [[nodiscard]] std::optional<qint64> tookMs() const;
};

/// Each time that this cycle ran in a stream of phase 4, plain or compressed, in order; none where it did not
/// come to its end. Pure.
[[nodiscard]] QList<CycleFacts> factsOf(const EvidenceFile &stream, const QString &fault, int number);

} // namespace slipway
