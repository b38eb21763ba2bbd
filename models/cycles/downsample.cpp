// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/cycles/downsample.h"

#include <algorithm>

namespace slipway {

std::vector<PixelColumn> downsample(const CycleSeries &series, Measure measure, double from, double to,
                                    int columns) {
    std::vector<PixelColumn> result;
    if (columns < 1 || !(from < to))
        return result;
    const Column &column = series.column(measure);
    const qsizetype end = series.indexFrom(to);
    qsizetype first = series.indexFrom(from);
    // A column for each cycle where they are fewer than columns: no search for the empty ones.
    const bool single = end - first <= columns;
    for (int at = 1; first < end; ++at) {
        const qsizetype next = single ? first + 1
                               : at < columns
                                   ? std::min(end, series.indexFrom(from + (to - from) * at / columns))
                                   : end;
        if (next == first)
            continue;
        result.push_back({series.number(first), series.number(next - 1), column.extent(first, next)});
        first = next;
    }
    return result;
}

} // namespace slipway
