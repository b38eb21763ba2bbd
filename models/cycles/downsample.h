// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/cycles/series.h"

namespace slipway {

/// What a pixel column of a chart stands for.
struct PixelColumn {
    int first = 0; ///< number of its first cycle, and of its last one
    int last = 0;
    Extent extent;
};

/// The cycles with numbers from `from` up to before `to` in `columns` columns of equal width; a column
/// without a cycle is left out. The least and the greatest value of each survive, and whether one is
/// missing, so that no cycle that fell can vanish. Pure; O(columns · log size), whatever the number of
/// cycles.
[[nodiscard]] std::vector<PixelColumn> downsample(const CycleSeries &series, Measure measure, double from,
                                                  double to, int columns);

} // namespace slipway
