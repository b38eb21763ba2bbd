// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/result.h"
#include "models/evidence/verdict.h"

#include <QJsonObject>

namespace slipway {

/// A judgement as the archive keeps it and --json prints it; the two directions round-trip.
[[nodiscard]] QJsonObject judgementToJson(const Judgement &judgement);
Result<Judgement> judgementFromJson(const QJsonObject &object);

[[nodiscard]] QString outcomeName(Check::Outcome outcome); ///< "pass", "fail", "unknown"
[[nodiscard]] QString flawName(Check::Flaw flaw);          ///< "none", "missing", "invalid", "unsupported"

} // namespace slipway
