// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/series/circuitbreaker.h"

#include "models/core/countof.h"

namespace slipway {

QString stopReason(const SeriesJudgement &judged, const QDateTime &letGoAt) {
    const auto &budget = judged.definition.budgets.cost;
    if (budget && judged.counts.cost > *budget && !letGoAt.isValid())
        return QStringLiteral("The budget of %1 is spent: the runs cost %2.")
            .arg(*budget)
            .arg(judged.counts.cost);
    qint64 without = 0;
    for (auto slot = judged.table.slotList.crbegin(); slot != judged.table.slotList.crend(); ++slot) {
        if (!slot->isDue())
            continue;
        if (slot->holdsEvidence(judged.runs) || (letGoAt.isValid() && slot->at <= letGoAt))
            break;
        ++without;
    }
    return without >= judged.definition.breakerSlots
               ? QStringLiteral("%1 in a row hold no evidence.").arg(countOf(without, "slot"))
               : QString();
}

} // namespace slipway
