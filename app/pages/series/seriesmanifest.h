// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/pages/series/publishedruns.h"
#include "models/core/result.h"
#include "models/evidence/manifest.h"

namespace slipway {

inline const QString kSeriesManifest = QStringLiteral("series-manifest.json");

/// Counted up by whoever changes what a report says or how: one of another layout is not compared byte for
/// byte, and is not invalid for that.
inline constexpr int kReportLayout = 2;

/// What a series' report consists of, and which runs it is of. It holds no time of its own making.
struct SeriesManifest {
    QString series;
    QString toolVersion;
    int layout = 1;              ///< of the report's files, kReportLayout
    int rulesVersion = 0;        ///< of the runs' judgement
    int alarmRulesVersion = 0;   ///< of the series'
    QMap<QString, QString> runs; ///< evidence hash by the run's id
    QList<ManifestFile> files;   ///< all but the manifest itself
    QList<Masked> masked;
};

/// Its last member is the SHA-256 of all others.
[[nodiscard]] QByteArray seriesManifestBytes(const SeriesManifest &manifest);
/// Reads what seriesManifestBytes() wrote and nothing else; the error says what is wrong. Unsupported: of
/// another schema.
Result<SeriesManifest> readSeriesManifest(const QByteArray &bytes);

} // namespace slipway
