// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/series/seriesjudgement.h"

#include <QJsonObject>

namespace slipway {

/// A series as `series show --json` prints it: slots, runs, missed, doubled, claimed_pass, evidence_missing
/// (runs that hold no evidence), verdict (one of the six words), head (why), bound (the pooled lower bound of
/// the weakest fault class, null without one), alarms[] {rule, run, at, state}.
[[nodiscard]] QJsonObject seriesToJson(const SeriesJudgement &judged);

/// The same with all that it rests on: definition, each slot and run, each alarm's subject, reason and
/// signals, pools, changes, flips, burn, rules.
[[nodiscard]] QJsonObject seriesDetailsToJson(const SeriesJudgement &judged);

} // namespace slipway
