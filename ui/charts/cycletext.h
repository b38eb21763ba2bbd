// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/cycles/series.h"

class QPoint;
class QWidget;

namespace slipway {

/// "cycle 13 · kill: 24 of 25 converged, 25 durable · 25 × 201, 0 × 503, 75 failed", a line per fault class.
[[nodiscard]] QString cycleText(const CycleData &data, int number);
/// The class's part of it.
[[nodiscard]] QString cycleText(const CycleSeries &series, qsizetype index);

/// A share as people read it, cut off below: 0.9996.
[[nodiscard]] QString shareText(qint32 share);

/// A tool tip of plain text, as lines; none hides it.
void showHint(const QPoint &globalPosition, const QString &text, QWidget &widget);

} // namespace slipway
