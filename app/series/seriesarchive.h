// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/archive/seriesstore.h"
#include "models/series/seriesrecord.h"
#include "models/series/seriestable.h"

namespace slipway {

class Archive;
class RunCache;

using SeriesAlarms = QMap<QString, QList<Alarm>>; ///< alarms by the series' name

// Kinds of SeriesEntry.
inline const QString kSeriesDefinition = QStringLiteral("definition"); ///< JSON; the last stands
inline const QString kSeriesTable = QStringLiteral("table");           ///< CSV as it came; the last stands
inline const QString kSeriesAction = QStringLiteral("action");         ///< JSON of an AlarmAction
inline const QString kSeriesDrill = QStringLiteral("drill");           ///< JSON: kind, rule, told, …
inline const QString kSeriesAlarms = QStringLiteral("alarms"); ///< JSON of NotedAlarms; the last stands
inline const QString kSeriesExcuse = QStringLiteral("excuse"); ///< JSON: slot, by, why

/// What a list of series shows of one. Counted from the list of campaigns alone.
struct SeriesSummary {
    QString name;
    SeriesOrigin origin = SeriesOrigin::Inferred;
    QString schedule; ///< empty: not known without a look at its runs
    qsizetype runs = 0;
    qsizetype claimedPass = 0;
    qsizetype withoutEvidence = 0; ///< runs
    qsizetype reds = 0;
};

/// Series as the archive has them: what people defined, and what campaigns are by their ids. Uses the
/// archive, which must outlive it, on its thread.
class SeriesArchive {
public:
    explicit SeriesArchive(Archive &archive);

    /// Every series with a definition or a table, and every id of which two campaigns or more are "ID-rN".
    Result<QList<SeriesSummary>> list();
    /// NotFound when there is neither a campaign, a definition nor a table of it.
    /// `cache`: runs that were read before are taken from it; only with one the runs' logs are read.
    Result<SeriesJudgement> judge(const QString &name, const QDateTime &now, RunCache *cache = nullptr);
    /// The definition that stands, else the one that its runs tell. NotFound as above.
    Result<SeriesDefinition> definition(const QString &name);

    /// What is noted of it; an empty record where nothing is.
    Result<SeriesRecord> record(const QString &name);
    /// The campaigns "NAME-rN" as its runs.
    Result<QList<SeriesRun>> campaignsOf(const QString &name, RunCache *cache = nullptr);

    Result<void> define(const SeriesDefinition &definition);
    /// Keeps a table as the runs of a series; false when the same is there already.
    Result<bool> importTable(const QString &name, const QByteArray &bytes);
    Result<void> act(const QString &name, const AlarmAction &action);
    Result<void> excuse(const QString &name, const SlotExcuse &excuse);

    /// Notes which alarms the series has, where they are not those noted last. Those that are new
    /// (newSince()).
    Result<QList<Alarm>> noteAlarms(const SeriesJudgement &judged, const QDateTime &now);
    /// The same for every series: by name, those that have new ones.
    Result<SeriesAlarms> noteAllAlarms(const QDateTime &now);

    [[nodiscard]] SeriesStore &entries() { return m_entries; }

private:
    Archive &m_archive;
    SeriesStore m_entries;
};

} // namespace slipway
