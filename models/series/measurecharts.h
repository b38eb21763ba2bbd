// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/series/seriescharts.h"

namespace slipway {

/// Latency, settle time, new kinds of log lines and cost by run, each where some run measured it, as the
/// field's series seldom did. Each says which rule it has, or that it has none. `places`: where each run lies
/// in time. Pure.
[[nodiscard]] QList<SeriesChart> measureCharts(const SeriesJudgement &judged, const QList<QDateTime> &places);

} // namespace slipway
