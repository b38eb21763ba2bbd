// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/series/seriesrecord.h"

#include "models/core/instant.h"
#include "models/core/jsonfields.h"
#include "models/series/seriestable.h"

namespace slipway {

namespace {

// What a campaign's own evidence tells comes first; a table adds what it has not.
void addFromTable(SeriesRun &run, const SeriesRun &row) {
    if (!run.slot.isValid())
        run.slot = row.slot;
    for (auto it = row.seconds.constBegin(); it != row.seconds.constEnd(); ++it) {
        if (!run.seconds.contains(it.key()))
            run.seconds.insert(it.key(), *it);
    }
    for (auto it = row.facts.constBegin(); it != row.facts.constEnd(); ++it) {
        if (!run.facts.contains(it.key()))
            run.facts.insert(it.key(), *it);
    }
    if (!run.cost)
        run.cost = row.cost;
    if (!run.lost)
        run.lost = row.lost;
}

} // namespace

Result<QList<SeriesRun>> runsOfRecord(const SeriesRecord &record, QList<SeriesRun> runs) {
    if (record.table.isEmpty())
        return runs;
    const auto rows = readSeriesTable(record.table, record.name);
    if (!rows)
        return rows.error();
    QMap<int, qsizetype> byOrdinal;
    for (qsizetype i = 0; i < runs.size(); ++i) {
        if (runs.at(i).ordinal > 0)
            byOrdinal.insert(runs.at(i).ordinal, i);
    }
    for (const SeriesRun &row : rows->runs) {
        if (const auto it = byOrdinal.constFind(row.ordinal); it != byOrdinal.constEnd())
            addFromTable(runs[*it], row);
        else
            runs << row;
    }
    return runs;
}

Result<SeriesJudgement> judgeRecord(const SeriesRecord &record, const QList<SeriesRun> &campaigns,
                                    const QDateTime &now) {
    const auto runs = runsOfRecord(record, campaigns);
    if (!runs)
        return runs.error();
    if (runs->isEmpty() && !record.definition)
        return noSuchSeries(record.name);
    SeriesJudgement judged =
        judgeSeries(record.definition ? *record.definition : inferDefinition(record.name, *runs), *runs,
                    record.notes, now);
    judged.lastDrill = record.drill;
    return judged;
}

Error noSuchSeries(const QString &name) {
    return {
        ErrorCode::NotFound,
        QStringLiteral(
            "There is no series %1: no campaign %1-rN, no definition and no table of it is in the archive.")
            .arg(name)};
}

QJsonObject excuseToJson(const SlotExcuse &excuse) {
    return {{QStringLiteral("slot"), excuse.slot.toString(Qt::ISODate)},
            {QStringLiteral("by"), excuse.by},
            {QStringLiteral("why"), excuse.why}};
}

Result<SlotExcuse> excuseFromJson(const QJsonObject &object) {
    JsonFields fields(object, QStringLiteral("excuse"));
    SlotExcuse excuse;
    excuse.slot = instantOf(fields.text(QStringLiteral("slot")));
    excuse.by = fields.text(QStringLiteral("by"), QString());
    excuse.why = fields.text(QStringLiteral("why"), QString());
    if (!fields.problem().isEmpty())
        return Error{ErrorCode::Corrupt, fields.problem()};
    return excuse;
}

} // namespace slipway
