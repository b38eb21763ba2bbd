// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/series/controlcharts.h"
#include "models/series/seriesdefinition.h"

namespace slipway {

/// How many runs with the value are the baseline by default, whose limits are frozen.
inline constexpr qsizetype kBaselineRuns = 20;

/// A duration of a run, which the run's number names.
struct RunSeconds {
    int ordinal = 0;
    double seconds = 0;
};

/// The frozen limits of a duration, and which of its values they are of.
struct DurationLimits {
    Baseline baseline;
    qsizetype last = 0; ///< index of the last value that is in the baseline: sums begin after it
};

/// Of the first kBaselineRuns values; of a named range, those of its runs, of which SeriesDefinition::
/// kMinBaseline must have one. Nothing while there are fewer. `values` in the order of the runs. Pure.
[[nodiscard]] std::optional<DurationLimits> durationLimits(const QList<RunSeconds> &values,
                                                           const std::optional<BaselineRange> &range);

/// "the first 20 runs with evidence", "runs 40 to 60", "the first 20 runs with evidence from run 40 on"
[[nodiscard]] QString baselineRunsText(const std::optional<BaselineRange> &range);

} // namespace slipway
