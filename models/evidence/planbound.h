// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMap>
#include <QString>

namespace slipway {

/// What phase 4 of a plan can prove at best: if nothing is lost, with the writes that it acknowledges for
/// certain. Bounds are one-sided at 95 % (bounds.h).
struct PlanBound {
    qint64 acked = 0; ///< of a fault class: cycles × the writes acknowledged before the fault strikes
    double bound = 0; ///< rounded down to four digits, so that it never promises
    double claim = 0;
    qint64 needed = 0; ///< acknowledged writes that the claim needs; 0 when no number does (a claim of 1)
    qint64 cycles = 0; ///< cycles that make so many

    [[nodiscard]] bool enough() const { return acked > 0 && bound >= claim; }
};

/// From the ship-gate parameters `cycles`, `fault_after_acks`, `writes` and `convergence_min`.
[[nodiscard]] PlanBound planBound(const QMap<QString, QString> &parameters);

/// "This plan can prove at most 0.9418; 0.995 needs 598 acknowledged writes (24 cycles), it makes 50."
[[nodiscard]] QString planBoundText(const PlanBound &plan);

} // namespace slipway
