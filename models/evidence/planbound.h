// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMap>
#include <QStringList>

#include <optional>

namespace slipway {

/// What a plan can prove at best, which is when nothing is lost. The bound is the one of ConvergenceBound.
struct PlanBound {
    QStringList obstacles; ///< each a clause: why it cannot prove its claim, however its hosts behave
    qint64 cycles = 0;     ///< of each fault class
    double bound = 0;      ///< that they support; floored to four digits, so that it never promises
    double claim = 0;
    std::optional<qint64> needed; ///< cycles that the claim needs; nothing when no number does (a claim of 1)

    [[nodiscard]] bool enough() const { return obstacles.isEmpty() && needed && cycles >= *needed; }
};

/// From the parameters of ship-gate as they will reach the hosts: the protocol's, the fleet's and the
/// person's, resolved. What the fleet itself and the choice of phases rule out is added by whatPlanProves()
/// (app/campaign/planproof.h).
[[nodiscard]] PlanBound planBound(const QMap<QString, QString> &parameters);

/// "This plan cannot prove it, because even if nothing is lost 50 cycles support 0.9339; 0.995 needs 684
/// cycles: UNPROVEN PASS at best."
[[nodiscard]] QString planBoundText(const PlanBound &plan);

} // namespace slipway
