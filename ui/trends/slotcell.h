// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/series/seriesjudgement.h"

#include <QRectF>

class QPainter;

namespace slipway {

/// What a slot looks like, in the page's calendar and in the list's strips: the fill is the recomputed
/// verdict, the outline what was claimed. A plain value.
struct SlotCell {
    SlotState state = SlotState::Expected;
    std::optional<Verdict> verdict;
    bool claimsPass = false;
    bool isDoubled = false;
    int ordinal = 0; ///< of its run; 0: it has none
};

[[nodiscard]] SlotCell cellOf(const SeriesSlot &slot, const QList<SeriesRun> &runs);
/// Which of two cells must be seen where both have one place: the higher.
[[nodiscard]] int urgency(const SlotCell &cell);
/// `hasText`: with the number of a run that holds no evidence, where it has room.
void paintCell(QPainter &painter, const QRectF &rect, const SlotCell &cell, bool hasText);

} // namespace slipway
