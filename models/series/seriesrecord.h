// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/result.h"
#include "models/series/drillnote.h"
#include "models/series/notedalarms.h"
#include "models/series/seriesjudgement.h"

#include <QJsonObject>

namespace slipway {

/// What is known of a series besides the campaigns that are its runs. A plain value.
struct SeriesRecord {
    QString name;
    std::optional<SeriesDefinition> definition; ///< nothing: nobody defined it
    QByteArray table;                           ///< CSV of runs; may be empty
    SeriesNotes notes;
    std::optional<SeriesDrillNote> drill;
    std::optional<NotedAlarms> noted; ///< which alarms it had when that was last noted
};

/// The runs of a series: those of campaigns, each with what the table adds to it (slot, cost, durations and
/// facts that its own evidence does not tell), then those that only the table has. Pure.
Result<QList<SeriesRun>> runsOfRecord(const SeriesRecord &record, QList<SeriesRun> campaigns);

/// Judges a series by its definition, or by the one that its runs tell. NotFound where it has neither. Pure.
Result<SeriesJudgement> judgeRecord(const SeriesRecord &record, const QList<SeriesRun> &campaigns,
                                    const QDateTime &now);

[[nodiscard]] Error noSuchSeries(const QString &name); ///< NotFound

[[nodiscard]] QJsonObject excuseToJson(const SlotExcuse &excuse);
Result<SlotExcuse> excuseFromJson(const QJsonObject &object);

} // namespace slipway
