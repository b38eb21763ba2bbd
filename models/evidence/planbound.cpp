// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/evidence/planbound.h"

#include "models/evidence/bounds.h"

#include <algorithm>
#include <cmath>

namespace slipway {

PlanBound planBound(const QMap<QString, QString> &parameters) {
    const auto number = [&](const char *name) { return parameters.value(QLatin1String(name)).toLongLong(); };
    const qint64 perCycle = std::min(number("fault_after_acks"), number("writes"));
    PlanBound plan;
    plan.acked = number("cycles") * perCycle;
    plan.bound = std::floor(lowerBound(plan.acked, plan.acked) * 10000) / 10000;
    plan.claim = parameters.value(QStringLiteral("convergence_min")).toDouble();
    if (plan.claim < 1) {
        plan.needed = trialsNeeded(plan.claim);
        plan.cycles = perCycle > 0 ? (plan.needed + perCycle - 1) / perCycle : 0;
    }
    return plan;
}

QString planBoundText(const PlanBound &plan) {
    if (plan.enough())
        return QStringLiteral("At least %L1 acknowledged writes: enough to support %2 at 95 %.")
            .arg(plan.acked)
            .arg(plan.claim);
    if (plan.claim >= 1)
        return QStringLiteral("This plan can prove at most %1; no number of writes proves %2.")
            .arg(plan.bound)
            .arg(plan.claim);
    return QStringLiteral(
               "This plan can prove at most %1; %2 needs %3 acknowledged writes (%4 cycles), it makes %5.")
        .arg(plan.bound)
        .arg(plan.claim)
        .arg(plan.needed)
        .arg(plan.cycles)
        .arg(plan.acked);
}

} // namespace slipway
