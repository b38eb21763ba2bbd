// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/series/seriesjudgement.h"

namespace slipway {

/// Why no further run is begun: slots in a row without evidence, or a budget that is spent, since a person
/// last let it go on. Empty: nothing stops it. Pure.
[[nodiscard]] QString stopReason(const SeriesJudgement &judged, const QDateTime &letGoAt);

} // namespace slipway
