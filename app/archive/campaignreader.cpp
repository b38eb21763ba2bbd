// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/archive/campaignreader.h"

#include "app/archive/archive.h"
#include "app/archive/campaignstore.h"
#include "app/archive/changedrows.h"
#include "app/archive/database.h"
#include "app/archive/evidencestore.h"
#include "app/archive/insightstore.h"
#include "app/archive/judgementstore.h"
#include "app/archive/observationstore.h"
#include "app/archive/triagestore.h"
#include "models/campaign/judgerecord.h"
#include "models/campaign/versionorder.h"
#include "models/cycles/cycleline.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace slipway {

namespace {

// Ids in version order where times are equal. Published folders do not say when they began.
void sortNewestFirst(QList<CampaignSummary> &list) {
    struct Place {
        qint64 time;
        qsizetype index;
    };
    std::vector<Place> places; // a summary is large, and would be moved many times
    places.reserve(static_cast<size_t>(list.size()));
    for (qsizetype i = 0; i < list.size(); ++i) {
        const CampaignSummary &summary = list.at(i);
        const QDateTime &time = summary.startedAt.isValid() ? summary.startedAt : summary.finishedAt;
        places.push_back({time.toMSecsSinceEpoch(), i});
    }
    std::sort(places.begin(), places.end(), [&](const Place &a, const Place &b) {
        return a.time != b.time ? a.time > b.time : versionLess(list.at(b.index).id, list.at(a.index).id);
    });
    QList<CampaignSummary> sorted;
    sorted.reserve(list.size());
    for (const Place &place : places)
        sorted.append(std::move(list[place.index]));
    list = std::move(sorted);
}

} // namespace

Result<QList<CampaignSummary>> CampaignReader::list() {
    auto list = CampaignStore(m_archive).loadSummaries();
    if (!list)
        return list;
    sortNewestFirst(*list);
    TRY(TriageStore(m_archive).addTo(*list));
    return list;
}

Result<CampaignRecord> CampaignReader::load(const QString &id) {
    CampaignRecord record;
    record.summary.id = id;
    const auto loaded = m_archive.database().atOneMoment([&]() -> Result<void> {
        if (!m_archive.database().isWriting()) {
            const auto changed = changedRowsOf(m_archive.database(), id);
            if (!changed)
                return changed.error();
            record.findings = *changed;
        }
        return loadParts(record);
    });
    // Without its row, or with one that cannot be read, what was done to it is still reported.
    if (!loaded && !record.findings.isEmpty())
        return notAsRecorded(id, record.findings, loaded.error());
    if (!loaded)
        return loaded.error();
    if (!record.findings.isEmpty()) {
        Judgement judgement;
        judgement.claimedPass = record.summary.claimedPass;
        judgement.claim = record.summary.claim;
        setJudgement(record, record.judgement.value_or(judgement));
    }
    return record;
}

Result<CampaignRecord> CampaignReader::loadEvidence(const QString &id) {
    Result<CampaignRecord> record = Error{};
    const auto loaded = m_archive.database().atOneMoment([&]() -> Result<void> {
        record = load(id);
        if (!record)
            return record.error();
        auto files = ObservationStore(m_archive).loadFiles(id);
        if (!files)
            return files.error();
        record->observations = std::move(*files);
        return {};
    });
    if (!loaded && record && !record->findings.isEmpty())
        return notAsRecorded(id, record->findings, loaded.error());
    return loaded ? record : loaded.error();
}

Result<void> CampaignReader::loadParts(CampaignRecord &record) {
    CampaignStore campaigns(m_archive);
    const auto summary = campaigns.loadSummary(record.summary.id);
    if (!summary)
        return summary.error();
    record.summary = *summary;
    TRY(campaigns.loadPlan(record));
    auto runs = campaigns.loadPhaseRuns(record.summary.id);
    if (!runs)
        return runs.error();
    record.phaseRuns = std::move(*runs);
    TRY(loadFiles(record));
    TRY(JudgementStore(m_archive).addTo(record));
    TRY(loadCycles(record));
    TRY(InsightStore(m_archive).addTo(record));
    return loadTriage(record);
}

Result<void> CampaignReader::loadFiles(CampaignRecord &record) {
    EvidenceStore store(m_archive);
    auto files = store.load(record.summary.id);
    if (!files)
        return files.error();
    auto clones = store.countClones(record.summary.id, *files);
    if (!clones)
        return clones.error();
    record.files = std::move(*files);
    record.clones = std::move(*clones);
    return {};
}

Result<void> CampaignReader::loadCycles(CampaignRecord &record) {
    for (const EvidenceFile &file : record.files) {
        if (!faultOfCycleFile(file.name).isEmpty())
            record.cycles += readCycleFile(file).cycles;
    }
    if (!record.cycles.isEmpty())
        return {};
    // A campaign that was cut short has no cycle files yet; its observations have them.
    auto cycles = ObservationStore(m_archive).loadCycles(record.summary.id);
    if (!cycles)
        return cycles.error();
    record.cycles = std::move(*cycles);
    return {};
}

Result<void> CampaignReader::loadTriage(CampaignRecord &record) {
    QList<CampaignSummary> one{record.summary};
    TRY(TriageStore(m_archive).addTo(one));
    record.summary = one.constFirst();
    return {};
}

} // namespace slipway
