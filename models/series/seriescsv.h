// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/series/seriesjudgement.h"

namespace slipway {

// Tables of a series as CSV (RFC 4180, UTF-8, times in UTC). What was not measured is empty, never 0. A text
// that a spreadsheet would take for a formula begins with an apostrophe. Pure.
[[nodiscard]] QByteArray runsCsv(const SeriesJudgement &judged);
[[nodiscard]] QByteArray slotsCsv(const SeriesJudgement &judged);
[[nodiscard]] QByteArray alarmsCsv(const SeriesJudgement &judged);

} // namespace slipway
