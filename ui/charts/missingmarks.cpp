// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/missingmarks.h"

#include "models/cycles/downsample.h"
#include "ui/common/verdictmark.h"

#include <algorithm>

namespace slipway {

void noteMissing(std::vector<bool> &missing, const std::vector<PixelColumn> &seen, double from, double to) {
    const double scale = static_cast<double>(missing.size()) / (to - from);
    for (const PixelColumn &column : seen) {
        if (!column.extent.missing)
            continue;
        // Whole cells where a cycle is wider than a column.
        const auto first = static_cast<qint64>((column.first - 0.4 - from) * scale);
        const auto last = static_cast<qint64>((column.last + 0.4 - from) * scale);
        for (qint64 at = std::max<qint64>(0, first);
             at <= std::max(first, last) && at < static_cast<qint64>(missing.size()); ++at)
            missing[static_cast<size_t>(at)] = true;
    }
}

void paintMissing(QPainter &painter, const QRectF &plot, const std::vector<bool> &missing) {
    constexpr double kHigh = 12;
    const double width = plot.width() / static_cast<double>(std::max<size_t>(1, missing.size()));
    for (size_t at = 0; at < missing.size();) {
        const auto end = static_cast<size_t>(
            std::find(missing.begin() + static_cast<qsizetype>(at), missing.end(), !missing[at]) -
            missing.begin());
        if (missing[at])
            paintHatch(painter, QRectF(plot.left() + static_cast<double>(at) * width, plot.bottom() - kHigh,
                                       std::max(2.0, static_cast<double>(end - at) * width), kHigh));
        at = end;
    }
}

} // namespace slipway
