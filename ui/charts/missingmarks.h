// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QRectF>

#include <vector>

class QPainter;

namespace slipway {

struct PixelColumn;

/// Notes where a class's columns miss a value; `missing` has a place per pixel column of the view [from, to].
void noteMissing(std::vector<bool> &missing, const std::vector<PixelColumn> &seen, double from, double to);
/// Marks, hatched at the bottom of the plot, the pixel columns in which a cycle was not measured.
void paintMissing(QPainter &painter, const QRectF &plot, const std::vector<bool> &missing);

} // namespace slipway
