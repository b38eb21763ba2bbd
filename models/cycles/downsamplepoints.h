// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QPointF>

namespace slipway {

/// What a chart of `buckets` columns between `from` and `to` can show of points sorted by x: the lowest and
/// the highest of each column, in order, so that no outlier is lost. At most 2 × buckets points; fewer points
/// than that between the two are returned as they are. Pure; linear in the points between the two.
[[nodiscard]] QList<QPointF> downsample(const QList<QPointF> &points, double from, double to, int buckets);

} // namespace slipway
