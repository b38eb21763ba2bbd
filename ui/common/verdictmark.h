// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/evidence/verdict.h"

#include <QString>

#include <optional>

class QPainter;
class QRectF;

namespace slipway {

/// A verdict's shape, drawn into a square: never colour alone. Nothing yet (no verdict): the running
/// triangle.
void paintVerdict(QPainter &painter, const QRectF &square, std::optional<Verdict> verdict);
/// Diagonal lines: no data.
void paintHatch(QPainter &painter, const QRectF &area);

/// "Unproven pass": sentence case for people.
[[nodiscard]] QString verdictLabel(Verdict verdict);
/// The same with what it is of: "Proven. Claim: At least …"
[[nodiscard]] QString verdictLabel(Verdict verdict, const QString &claim);

} // namespace slipway
