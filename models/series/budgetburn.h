// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/series/seriesdefinition.h"
#include "models/series/slots.h"

namespace slipway {

/// How fast a budget is used in a window: 1 uses it up with the last slot, 2 at half of them. Source of short
/// and long windows: Google SRE Workbook, chapter 5.
struct BurnRate {
    QString budget; ///< "evidence" (slots without), "reds" (slots with a run that fails), "cost"
    QString window; ///< "last 24 hours"
    double used = 0;
    qsizetype slotCount = 0;    ///< due ones of the window
    std::optional<double> rate; ///< nothing where the budget allows none

    /// "last 24 hours: 2 of 6 slots without evidence, 8.0 times the allowed rate"
    [[nodiscard]] QString text() const;
};

/// Of each budget the last 24 hours, the last 3 days, and the whole series; of cost only where it has a
/// budget. Windows end with the last slot that is due: a series that is over burns no more. Pure; linear in
/// slots.
[[nodiscard]] QList<BurnRate> burnOf(const SlotTable &table, const QList<SeriesRun> &runs,
                                     const SeriesBudgets &budgets);

} // namespace slipway
