// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/series/seriesrecord.h"

namespace slipway {

inline const QString kSeriesSource = QStringLiteral("source.json");
inline const QString kSeriesTableFile = QStringLiteral("table.csv");

/// What a report was made from besides the published runs.
struct SeriesSource {
    SeriesRecord record;
    QDateTime judgedAt; ///< UTC, whole seconds: what was due by then
};

/// `source.json`: name, moment, definition, what people noted, the last drill. What a slot runs on, whom it
/// informs and where the server lies is not published. The table is a file of its own.
[[nodiscard]] QByteArray sourceBytes(const SeriesSource &source);
/// Reads what sourceBytes() wrote; the error names the field.
Result<SeriesSource> readSource(const QByteArray &bytes, const QByteArray &table);

} // namespace slipway
