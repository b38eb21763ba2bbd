// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/series/seriesarchive.h"

#include "app/archive/archive.h"
#include "app/archive/campaignreader.h"
#include "app/archive/campaignstore.h"
#include "app/series/logkinds.h"
#include "app/series/runcache.h"
#include "models/campaign/campaignentry.h"
#include "models/campaign/versionorder.h"
#include "models/core/jsonfields.h"
#include "models/series/campaignrun.h"

#include <algorithm>

namespace slipway {

namespace {

// One entry that is a JSON object, into the record.
Result<void> take(const SeriesEntry &entry, const QJsonObject &object, SeriesRecord &record) {
    if (entry.kind == kSeriesDefinition) {
        const auto definition = definitionFromJson(object);
        if (!definition)
            return definition.error();
        record.definition = *definition;
    } else if (entry.kind == kSeriesAction) {
        const auto action = actionFromJson(object);
        if (!action)
            return action.error();
        record.notes.actions << *action;
    } else if (entry.kind == kSeriesExcuse) {
        const auto excuse = excuseFromJson(object);
        if (!excuse)
            return excuse.error();
        record.notes.excuses << *excuse;
    } else if (entry.kind == kSeriesAlarms) {
        const auto noted = notedFromJson(object);
        if (!noted)
            return noted.error();
        record.noted = *noted;
    } else {
        record.drill = SeriesDrillNote{entry.at, object.value(QLatin1String("kind")).toString(),
                                       object.value(QLatin1String("told")).toBool()};
    }
    return {};
}

} // namespace

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
        const auto known = record(name);
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

Result<SeriesRecord> SeriesArchive::record(const QString &name) {
    const auto entries = m_entries.load(name);
    if (!entries)
        return entries.error();
    SeriesRecord record;
    record.name = name;
    for (const SeriesEntry &entry : *entries) {
        if (entry.kind == kSeriesTable) {
            record.table = entry.content;
            continue;
        }
        if (entry.kind != kSeriesDefinition && entry.kind != kSeriesAction && entry.kind != kSeriesExcuse &&
            entry.kind != kSeriesDrill && entry.kind != kSeriesAlarms)
            continue;
        const auto object =
            parseJsonObject(entry.content, QStringLiteral("the %1 of series %2").arg(entry.kind, name));
        if (!object)
            return object.error();
        TRY(take(entry, *object, record));
    }
    const auto removed = CampaignStore(m_archive).removedIds();
    if (!removed)
        return removed.error();
    for (const QString &id : *removed) {
        if (seriesOf(id) == name)
            record.notes.removed << id;
    }
    std::sort(record.notes.removed.begin(), record.notes.removed.end(),
              [](const QString &a, const QString &b) { return slotOf(a) < slotOf(b); });
    return record;
}

Result<QList<SeriesRun>> SeriesArchive::campaignsOf(const QString &name, RunCache *cache) {
    const auto campaigns = CampaignReader(m_archive).list();
    if (!campaigns)
        return campaigns.error();
    QList<SeriesRun> runs;
    for (const CampaignSummary &campaign : *campaigns) {
        if (seriesOf(campaign.id) != name)
            continue;
        if (const SeriesRun *known = cache ? cache->find(campaign) : nullptr) {
            runs << *known;
            continue;
        }
        const auto record = CampaignReader(m_archive).load(campaign.id);
        if (!record)
            return record.error();
        SeriesRun run = seriesRunOf(*record);
        if (cache) { // logs are read where they are drawn: for a verdict they are nothing
            run.logKinds = logKindsOf(m_archive.paths(), campaign.id);
            cache->insert(campaign, run);
        }
        runs << run;
    }
    return runs;
}

Result<SeriesJudgement> SeriesArchive::judge(const QString &name, const QDateTime &now, RunCache *cache) {
    const auto known = record(name);
    if (!known)
        return known.error();
    const auto campaigns = campaignsOf(name, cache);
    return campaigns ? judgeRecord(*known, *campaigns, now) : campaigns.error();
}

Result<SeriesDefinition> SeriesArchive::definition(const QString &name) {
    const auto known = record(name);
    if (!known)
        return known.error();
    if (known->definition)
        return *known->definition;
    const auto campaigns = campaignsOf(name);
    if (!campaigns)
        return campaigns.error();
    const auto runs = runsOfRecord(*known, *campaigns);
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
    const auto known = record(name);
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
    return m_entries.addObject(name, kSeriesExcuse, excuseToJson(excuse));
}

Result<QList<Alarm>> SeriesArchive::noteAlarms(const SeriesJudgement &judged, const QDateTime &now) {
    const QString &name = judged.definition.name;
    const auto known = record(name);
    if (!known)
        return known.error();
    const NotedAlarms note = noteOf(judged.alarms, now);
    if (!known->noted || known->noted->keys != note.keys || known->noted->rulesVersion != note.rulesVersion)
        TRY(m_entries.addObject(name, kSeriesAlarms, notedToJson(note)));
    return known->noted ? newSince(*known->noted, judged.alarms) : QList<Alarm>();
}

Result<SeriesAlarms> SeriesArchive::noteAllAlarms(const QDateTime &now) {
    const auto all = list();
    if (!all)
        return all.error();
    SeriesAlarms found;
    for (const SeriesSummary &series : *all) {
        const auto judged = judge(series.name, now);
        if (!judged)
            return judged.error();
        const auto fresh = noteAlarms(*judged, now);
        if (!fresh)
            return fresh.error();
        if (!fresh->isEmpty())
            found.insert(series.name, *fresh);
    }
    return found;
}

} // namespace slipway
