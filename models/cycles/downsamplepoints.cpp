// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/cycles/downsamplepoints.h"

#include <algorithm>

namespace slipway {

QList<QPointF> downsample(const QList<QPointF> &points, double from, double to, int buckets) {
    const auto first = std::lower_bound(points.begin(), points.end(), from,
                                        [](const QPointF &point, double x) { return point.x() < x; });
    const auto last = std::upper_bound(first, points.end(), to,
                                       [](double x, const QPointF &point) { return x < point.x(); });
    if (buckets < 1 || last - first <= 2 * static_cast<qsizetype>(buckets))
        return points.mid(first - points.begin(), last - first);
    QList<QPointF> result;
    result.reserve(2 * static_cast<qsizetype>(buckets));
    auto at = first;
    for (int bucket = 1; bucket <= buckets && at != last; ++bucket) {
        const double end = from + (to - from) * bucket / buckets;
        const auto until = bucket == buckets
                               ? last
                               : std::find_if(at, last, [end](const QPointF &p) { return p.x() >= end; });
        if (until == at)
            continue;
        const auto [low, high] =
            std::minmax_element(at, until, [](const QPointF &a, const QPointF &b) { return a.y() < b.y(); });
        result << *std::min(low, high);
        if (low != high)
            result << *std::max(low, high);
        at = until;
    }
    return result;
}

} // namespace slipway
