// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/series/durationlimits.h"

namespace slipway {

namespace {

constexpr double kSecondsResolution = 1; // durations of published runs are whole seconds

} // namespace

std::optional<DurationLimits> durationLimits(const QList<RunSeconds> &values,
                                             const std::optional<BaselineRange> &range) {
    const BaselineRange chosen = range.value_or(BaselineRange());
    const bool isOpen = chosen.last == 0;
    QList<double> frozen;
    qsizetype last = -1;
    for (qsizetype i = 0; i < values.size() && !(isOpen && frozen.size() == kBaselineRuns); ++i) {
        const int ordinal = values.at(i).ordinal;
        if (range && (ordinal < chosen.first || (!isOpen && ordinal > chosen.last)))
            continue;
        frozen << values.at(i).seconds;
        last = i;
    }
    if (frozen.size() < (isOpen ? kBaselineRuns : qsizetype(SeriesDefinition::kMinBaseline)))
        return std::nullopt;
    const auto baseline = baselineOf(frozen, kSecondsResolution);
    return baseline ? std::optional(DurationLimits{*baseline, last}) : std::nullopt;
}

QString baselineRunsText(const std::optional<BaselineRange> &range) {
    if (range && range->last > 0)
        return QStringLiteral("runs %1 to %2").arg(range->first).arg(range->last);
    const QString first = QStringLiteral("the first %1 runs with evidence").arg(kBaselineRuns);
    return range ? QStringLiteral("%1 from run %2 on").arg(first).arg(range->first) : first;
}

} // namespace slipway
