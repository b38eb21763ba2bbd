// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/pages/series/seriespage.h"

namespace slipway {

/// `#slots`: a column a day and a cell a slot as inline SVG, where there are few enough, else one strip; each
/// cell leads to its run's page. A legend, and the same as a table behind it.
void writeSlotCalendar(HtmlWriter &html, const SeriesPageContent &content);

} // namespace slipway
