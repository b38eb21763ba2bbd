// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/session/seriesqueries.h"
#include "ui/trends/slotcell.h"

namespace slipway {

/// What every picture of a series needs and no zoom changes, computed once: of ten thousand runs it takes
/// longer than a frame has. A plain value, not changed once it is made.
struct TrendContent {
    std::shared_ptr<const SeriesView> view;
    QList<SlotCell> cells; ///< of each slot
    QList<std::pair<SlotCell, QString>> legend;
    QList<QList<double>> times; ///< of each chart's points, in seconds since 1970; ascending

    [[nodiscard]] static std::shared_ptr<const TrendContent> of(std::shared_ptr<const SeriesView> view);
};

} // namespace slipway
