// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/trends/trendlayer.h"

namespace slipway {

/// Paints the slots of a layer: a cell each, the times of day of their rows, what the cells mean. Lives for
/// one painting; owns nothing. GUI thread.
class TrendSlotPainter {
public:
    TrendSlotPainter(QPainter &painter, const TrendLayer &layer) : m_painter(painter), m_layer(layer) {}

    void paintSlots() const;

private:
    /// A slot that is painted: its index, that of its day and its place in it; -1: none.
    struct Place {
        qsizetype slot = -1;
        qsizetype day = -1;
        qsizetype index = -1;
    };
    [[nodiscard]] QList<Place> placesInSight() const; ///< by column of pixels, then row
    void paintTimes(const QList<Place> &places) const;

    QPainter &m_painter;
    const TrendLayer &m_layer;
};

} // namespace slipway
