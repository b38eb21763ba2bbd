// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/campaignqueries.h"

#include "app/archive/campaignreader.h"
#include "app/archive/observationstore.h"
#include "app/archive/searchindex.h"
#include "app/core/builtinprotocols.h"
#include "app/core/runlock.h"
#include "models/campaign/judgerecord.h"
#include "models/fleet/host.h"

#include <QFileInfo>

namespace slipway {

namespace {

constexpr int kHits = 100;

// A campaign that is noted as running and that nobody runs was cut off with its dashboard.
void correctState(const Paths &paths, CampaignSummary &summary) {
    if (summary.state != RunState::Running || RunLock::isHeld(paths.spoolDir(summary.id)))
        return;
    summary.state = RunState::Lost;
    summary.reason =
        QStringLiteral("its dashboard ended before the campaign did; slipwayctl resume %1 resumes it")
            .arg(summary.id);
}

} // namespace

void CampaignQueries::list(Done<QList<CampaignSummary>> done) const {
    m_archive.ask<QList<CampaignSummary>>(
        [](Archive &archive) { return CampaignReader(archive).list(); },
        [paths = m_paths, done = std::move(done)](Result<QList<CampaignSummary>> list) {
            if (list) {
                for (CampaignSummary &summary : *list)
                    correctState(paths, summary);
            }
            done(std::move(list));
        });
}

// Standings are computed where the list is read: of ten thousand campaigns they take longer than a frame.
void CampaignQueries::listEntries(Done<QList<CampaignEntry>> done) const {
    m_archive.ask<QList<CampaignEntry>>(
        [paths = m_paths](Archive &archive) -> Result<QList<CampaignEntry>> {
            auto list = CampaignReader(archive).list();
            if (!list)
                return list.error();
            for (CampaignSummary &summary : *list)
                correctState(paths, summary);
            return entriesOf(*list);
        },
        std::move(done));
}

void CampaignQueries::load(const QString &id, Done<CampaignRecord> done) const {
    m_archive.ask<CampaignRecord>([id](Archive &archive) { return CampaignReader(archive).load(id); },
                                  [paths = m_paths, done = std::move(done)](Result<CampaignRecord> record) {
                                      if (record)
                                          correctState(paths, record->summary);
                                      done(record);
                                  });
}

void CampaignQueries::judge(const QString &id, Done<CampaignRecord> done) const {
    m_archive.ask<CampaignRecord>(
        [id](Archive &archive) -> Result<CampaignRecord> {
            auto record = CampaignReader(archive).loadEvidence(id);
            if (record) {
                setJudgement(*record, judgeRecord(*record, builtInProtocols()));
                record->observations.clear();
            }
            return record;
        },
        [paths = m_paths, done = std::move(done)](Result<CampaignRecord> record) {
            if (record) {
                CampaignSummary summary = record->summary;
                correctState(paths, summary);
                record->summary.state = summary.state;
            }
            done(std::move(record));
        });
}

void CampaignQueries::loadTrace(const QString &id, const QString &fault, int cycle,
                                Done<CycleTrace> done) const {
    m_archive.ask<CycleTrace>(
        [id, fault, cycle](Archive &archive) {
            return ObservationStore(archive).loadTrace(id, fault, cycle);
        },
        std::move(done));
}

void CampaignQueries::loadSettling(const QString &id, Done<Settling> done) const {
    m_archive.ask<Settling>([id](Archive &archive) { return ObservationStore(archive).loadSettling(id); },
                            std::move(done));
}

QString CampaignQueries::folder(const QString &id) const {
    const QString folder = m_paths.spoolDir(id);
    return isPlainName(id) && QFileInfo(folder).isDir() ? folder : QString();
}

void CampaignQueries::search(const QString &words, Done<QList<SearchHit>> done) const {
    m_archive.ask<QList<SearchHit>>(
        [words](Archive &archive) { return SearchIndex(archive).find(words, kHits); }, std::move(done));
}

} // namespace slipway
