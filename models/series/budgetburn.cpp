// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/series/budgetburn.h"

#include "models/core/countof.h"

#include <algorithm>
#include <array>
#include <functional>
#include <utility>

namespace slipway {

namespace {

constexpr qint64 kHour = 3600;

const QString kEvidence = QStringLiteral("evidence");
const QString kReds = QStringLiteral("reds");
const QString kCost = QStringLiteral("cost");

struct Budget {
    QString name;
    double allowed; ///< of the whole series
    std::function<double(const SeriesSlot &)> usedBy;
};

} // namespace

QString BurnRate::text() const {
    QString text = window + QStringLiteral(": ");
    if (budget == kCost)
        text += QStringLiteral("cost %1 in %2").arg(used, 0, 'f', 2).arg(countOf(slotCount, "slot"));
    else
        text +=
            QStringLiteral("%1 of %2 %3")
                .arg(used)
                .arg(countOf(slotCount, "slot"))
                .arg(budget == kReds ? QStringLiteral("with a FAIL") : QStringLiteral("without evidence"));
    return rate ? text + QStringLiteral(", %1 times the allowed rate").arg(*rate, 0, 'f', 1) : text;
}

QList<BurnRate> burnOf(const SlotTable &table, const QList<SeriesRun> &runs, const SeriesBudgets &budgets) {
    const QList<SeriesSlot> &all = table.slotList;
    const auto last = std::find_if(all.crbegin(), all.crend(), std::mem_fn(&SeriesSlot::isDue));
    if (last == all.crend())
        return {};
    const auto isRed = [&runs](qsizetype i) { return runs.at(i).verdict == Verdict::Fail; };
    QList<Budget> kinds{{kEvidence, static_cast<double>(budgets.withoutEvidence),
                         [&](const SeriesSlot &slot) { return slot.holdsEvidence(runs) ? 0 : 1; }},
                        {kReds, static_cast<double>(budgets.reds), [&](const SeriesSlot &slot) {
                             return std::any_of(slot.runs.begin(), slot.runs.end(), isRed) ? 1 : 0;
                         }}};
    if (budgets.cost)
        kinds << Budget{kCost, *budgets.cost, [&](const SeriesSlot &slot) {
                            double cost = 0;
                            for (const qsizetype run : slot.runs)
                                cost += runs.at(run).cost.value_or(0);
                            return cost;
                        }};
    static const std::array<std::pair<QLatin1String, qint64>, 3> kWindows{
        {{QLatin1String("last 24 hours"), 24 * kHour},
         {QLatin1String("last 3 days"), 72 * kHour},
         {QLatin1String("whole series"), 0}}};
    QList<BurnRate> rates;
    for (const Budget &budget : std::as_const(kinds)) {
        const double allowed = budget.allowed / static_cast<double>(all.size());
        for (const auto &[window, seconds] : kWindows) {
            BurnRate rate{budget.name, window, 0, 0, std::nullopt};
            for (const SeriesSlot &slot : all) {
                if (!slot.isDue() || (seconds > 0 && slot.at.secsTo(last->at) >= seconds))
                    continue;
                ++rate.slotCount;
                rate.used += budget.usedBy(slot);
            }
            if (allowed > 0 && rate.slotCount > 0)
                rate.rate = rate.used / static_cast<double>(rate.slotCount) / allowed;
            rates << rate;
        }
    }
    return rates;
}

} // namespace slipway
