// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/cycles/canary.h"

#include "models/cycles/faultclass.h"

#include <array>

namespace slipway {

namespace {

const std::array kKinds{QStringLiteral("lost"), QStringLiteral("hidden"), QStringLiteral("forgotten")};
constexpr qsizetype kShownChars = 80;

QString problemOf(const CanaryCycle &canary, const Cycle &cycle, const WriteLedger &ledger) {
    if (!cycle.trouble.isEmpty())
        return QStringLiteral("it was not measured: %1").arg(cycle.trouble);
    if (canary.kind != canaryKind(canary.number))
        return QStringLiteral("no node was made faulty");
    if (!ledger.acknowledged().contains(canary.id))
        return QStringLiteral("the write that was to be lost, %1, was not acknowledged")
            .arg(canary.id.left(kShownChars));
    const QStringList survivors = survivorsOf(kCanaryClass);
    const bool isOfAll = canary.kind == kKinds.front(); // nobody was sent it
    if (!survivors.contains(canary.node))
        return QStringLiteral("%1 is no node of it").arg(canary.node.left(kShownChars));
    for (const QString &node : survivors) {
        const auto holding = ledger.holdingOf(node);
        if (!holding)
            return QStringLiteral("%1 was not asked what it holds").arg(node);
        if ((isOfAll || node == canary.node) && holding->ids.contains(canary.id))
            return QStringLiteral("%1 is said to hold %2, which was taken from it")
                .arg(node, canary.id.left(kShownChars));
    }
    if (!cycle.converged || !cycle.ok || *cycle.converged >= *cycle.ok)
        return QStringLiteral("the comparison counts no loss");
    return {};
}

} // namespace

QString canaryKind(int number) {
    return number < 1 ? QString() : kKinds.at(static_cast<size_t>(number - 1) % kKinds.size());
}

CanaryCycle judgedCanary(CanaryCycle canary, const Cycle &cycle, const WriteLedger &ledger) {
    canary.number = cycle.number;
    canary.problem = problemOf(canary, cycle, ledger);
    return canary;
}

} // namespace slipway
