// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/series/seriesarchive.h"

#include "app/archive/archive.h"
#include "app/archive/campaignreader.h"
#include "models/campaign/campaignentry.h"
#include "models/campaign/versionorder.h"
#include "models/core/instant.h"
#include "models/core/jsonfields.h"
#include "models/series/campaignrun.h"

namespace slipway {

namespace {

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

Error noSuchSeries(const QString &name) {
    return {
        ErrorCode::NotFound,
        QStringLiteral(
            "There is no series %1: no campaign %1-rN, no definition and no table of it is in the archive.")
            .arg(name)};
}

SeriesArchive::SeriesArchive(Archive &archive) : m_archive(archive), m_entries(archive) {}

Result<QList<SeriesSummary>> SeriesArchive::list() {
    const auto campaigns = CampaignReader(m_archive).list();
    if (!campaigns)
        return campaigns.error();
    QMap<QString, SeriesSummary> byName;
    for (const CampaignSummary &campaign : *campaigns) {
        SeriesSummary &series = byName[seriesOf(campaign.id)];
        ++series.runs;
        series.claimedPass += campaign.claimedPass == true ? 1 : 0;
        series.withoutEvidence += campaign.verdict == Verdict::NoEvidence ? 1 : 0;
        series.reds += campaign.verdict == Verdict::Fail ? 1 : 0;
    }
    byName.removeIf([](const auto &entry) { return entry.value().runs < 2; });
    const auto defined = m_entries.names();
    if (!defined)
        return defined.error();
    for (const QString &name : *defined) {
        const auto known = noted(name);
        if (!known)
            return known.error();
        SeriesSummary &series = byName[name];
        if (known->definition) {
            series.origin = known->definition->origin;
            series.schedule = known->definition->schedule.text();
        }
        if (series.runs > 0 || known->table.isEmpty())
            continue;
        const auto table = readSeriesTable(known->table, name);
        if (!table)
            return table.error();
        series.runs = table->runs.size();
        for (const SeriesRun &run : table->runs) {
            series.claimedPass += run.claimedPass == true ? 1 : 0;
            series.withoutEvidence += run.hasEvidence ? 0 : 1;
            series.reds += run.verdict == Verdict::Fail ? 1 : 0;
        }
    }
    QList<SeriesSummary> all;
    for (auto it = byName.begin(); it != byName.end(); ++it) {
        it->name = it.key();
        all << *it;
    }
    return all;
}

Result<SeriesArchive::Noted> SeriesArchive::noted(const QString &name) {
    const auto entries = m_entries.load(name);
    if (!entries)
        return entries.error();
    Noted noted;
    for (const SeriesEntry &entry : *entries) {
        if (entry.kind == kSeriesTable) {
            noted.table = entry.content;
            continue;
        }
        if (entry.kind != kSeriesDefinition && entry.kind != kSeriesAction && entry.kind != kSeriesExcuse)
            continue;
        const auto object =
            parseJsonObject(entry.content, QStringLiteral("the %1 of series %2").arg(entry.kind, name));
        if (!object)
            return object.error();
        Result<void> taken;
        if (entry.kind == kSeriesDefinition) {
            auto definition = definitionFromJson(*object);
            taken = definition ? Result<void>() : definition.error();
            if (definition)
                noted.definition = *definition;
        } else if (entry.kind == kSeriesAction) {
            const auto action = actionFromJson(*object);
            taken = action ? Result<void>() : action.error();
            if (action)
                noted.notes.actions << *action;
        } else {
            const auto excuse = excuseFromJson(*object);
            taken = excuse ? Result<void>() : excuse.error();
            if (excuse)
                noted.notes.excuses << *excuse;
        }
        if (!taken)
            return taken.error();
    }
    return noted;
}

Result<QList<SeriesRun>> SeriesArchive::runsOf(const QString &name, const QByteArray &table) {
    const auto campaigns = CampaignReader(m_archive).list();
    if (!campaigns)
        return campaigns.error();
    QList<SeriesRun> runs;
    QMap<int, qsizetype> byOrdinal;
    for (const CampaignSummary &campaign : *campaigns) {
        if (seriesOf(campaign.id) != name)
            continue;
        const auto record = CampaignReader(m_archive).load(campaign.id);
        if (!record)
            return record.error();
        runs << seriesRunOf(*record);
        if (runs.constLast().ordinal > 0)
            byOrdinal.insert(runs.constLast().ordinal, runs.size() - 1);
    }
    if (table.isEmpty())
        return runs;
    const auto rows = readSeriesTable(table, name);
    if (!rows)
        return rows.error();
    for (const SeriesRun &row : rows->runs) {
        if (const auto it = byOrdinal.constFind(row.ordinal); it != byOrdinal.constEnd())
            addFromTable(runs[*it], row);
        else
            runs << row;
    }
    return runs;
}

Result<SeriesJudgement> SeriesArchive::judge(const QString &name, const QDateTime &now) {
    const auto known = noted(name);
    if (!known)
        return known.error();
    const auto runs = runsOf(name, known->table);
    if (!runs)
        return runs.error();
    if (runs->isEmpty() && !known->definition)
        return noSuchSeries(name);
    return judgeSeries(known->definition ? *known->definition : inferDefinition(name, *runs), *runs,
                       known->notes, now);
}

Result<SeriesDefinition> SeriesArchive::definition(const QString &name) {
    const auto known = noted(name);
    if (!known)
        return known.error();
    if (known->definition)
        return *known->definition;
    const auto runs = runsOf(name, known->table);
    if (!runs)
        return runs.error();
    if (runs->isEmpty())
        return noSuchSeries(name);
    return inferDefinition(name, *runs);
}

Result<void> SeriesArchive::define(const SeriesDefinition &definition) {
    if (auto checked = checkDefinition(definition); !checked)
        return checked;
    return m_entries.addObject(definition.name, kSeriesDefinition, definitionToJson(definition));
}

Result<bool> SeriesArchive::importTable(const QString &name, const QByteArray &bytes) {
    const auto known = noted(name);
    if (!known)
        return known.error();
    if (known->table == bytes)
        return false;
    const auto added = m_entries.add(name, kSeriesTable, bytes);
    return added ? Result<bool>(true) : added.error();
}

Result<void> SeriesArchive::act(const QString &name, const AlarmAction &action) {
    return m_entries.addObject(name, kSeriesAction, actionToJson(action));
}

Result<void> SeriesArchive::excuse(const QString &name, const SlotExcuse &excuse) {
    return m_entries.addObject(name, kSeriesExcuse,
                               {{QStringLiteral("slot"), excuse.slot.toString(Qt::ISODate)},
                                {QStringLiteral("by"), excuse.by},
                                {QStringLiteral("why"), excuse.why}});
}

} // namespace slipway
