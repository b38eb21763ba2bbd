// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/series/drillresult.h"
#include "app/series/noticebook.h"
#include "models/series/seriesdefinition.h"

namespace slipway {

/// Sends an injected run through the same path as a real one, in a scratch archive that is thrown away: sound
/// runs, then the fault, kept as a table, judged, and the message of its alarm sent by `send`. Corrupt when
/// the rule did not alarm: then the path is broken. Synchronous.
Result<DrillResult> drill(const SeriesDefinition &definition, DrillKind kind, const NoticeBook::Send &send);

/// What is kept of a drill, and printed: an entry of kind kSeriesDrill.
[[nodiscard]] QJsonObject drillToJson(const DrillResult &result);
Result<void> noteDrill(SeriesStore &entries, const QString &series, const DrillResult &result);

} // namespace slipway
