// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/evidence/planbound.h"

#include "models/evidence/bounds.h"
#include "models/evidence/convergencebound.h"

#include <cmath>

namespace slipway {

namespace {

constexpr qint64 kQuorum = 2; // of three nodes: it survives one that is down and is not met by one alone

QStringList obstaclesIn(const QMap<QString, QString> &parameters) {
    const auto number = [&](const char *name) { return parameters.value(QLatin1String(name)).toLongLong(); };
    QStringList obstacles;
    if (const qint64 quorum = number("quorum"); quorum < kQuorum)
        obstacles << QStringLiteral("with a quorum of %1 the node that is killed acknowledges writes that no "
                                    "other node holds")
                         .arg(quorum);
    else if (quorum > kQuorum)
        obstacles << QStringLiteral("with one peer down no write meets a quorum of %1, so phase 2 fails")
                         .arg(quorum);
    if (number("writes") <= number("fault_after_acks"))
        obstacles << QStringLiteral("the fault strikes after %1 acknowledged writes and a cycle makes %2, so "
                                    "none is in flight then")
                         .arg(number("fault_after_acks"))
                         .arg(number("writes"));
    const double delivery = parameters.value(QStringLiteral("delivery_min")).toDouble();
    const qint64 writes = number("agents") * number("writes_per_agent");
    if (const qint64 needed = trialsNeeded(deliveryShare(delivery)); writes < needed)
        obstacles << QStringLiteral("phase 2 makes %1 writes, %2 needs at least %3")
                         .arg(writes)
                         .arg(deliveryShare(delivery))
                         .arg(needed);
    return obstacles;
}

} // namespace

PlanBound planBound(const QMap<QString, QString> &parameters) {
    PlanBound plan;
    plan.obstacles = obstaclesIn(parameters);
    plan.cycles = parameters.value(QStringLiteral("cycles")).toLongLong();
    plan.claim = parameters.value(QStringLiteral("convergence_min")).toDouble();
    ConvergenceBound clean;
    plan.needed = clean.moreCleanCycles(plan.claim);
    clean.addClean(plan.cycles);
    plan.bound = std::floor(clean.lower() * 10000) / 10000;
    return plan;
}

QString planBoundText(const PlanBound &plan) {
    if (!plan.obstacles.isEmpty())
        return QStringLiteral("This plan cannot prove it, because %1.")
            .arg(plan.obstacles.join(QStringLiteral("; ")));
    if (plan.enough())
        return QStringLiteral(
                   "If nothing is lost, %L1 cycles prove %2 at 95 %, whenever one looks and however "
                   "losses clump.")
            .arg(plan.cycles)
            .arg(shareText(plan.claim));
    const QString support =
        QStringLiteral("This plan cannot prove it, because even if nothing is lost %L1 cycles support %2; ")
            .arg(plan.cycles)
            .arg(plan.bound);
    return support + (plan.needed ? QStringLiteral("%1 needs %L2 cycles: UNPROVEN PASS at best.")
                                        .arg(shareText(plan.claim))
                                        .arg(*plan.needed)
                                  : QStringLiteral("no number of cycles proves %1: UNPROVEN PASS at best.")
                                        .arg(shareText(plan.claim)));
}

} // namespace slipway
