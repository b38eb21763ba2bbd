// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/pages/series/seriespage.h"
#include "models/series/seriescharts.h"

namespace slipway {

/// A chart over the time of the series' slots as inline SVG with title and description, and the same as a
/// table behind it. A dot is a run, a cross lies beyond a limit; what was not measured is hatched.
void writeTimeChart(HtmlWriter &html, const SeriesPageContent &content, const SeriesChart &chart);

} // namespace slipway
