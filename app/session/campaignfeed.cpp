// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/campaignfeed.h"

#include "app/session/runningcampaign.h"
#include "models/campaign/phaseruns.h"

namespace slipway {

namespace {

constexpr int kTickMs = 50;

} // namespace

CampaignFeed::CampaignFeed(Paths paths) : m_paths(std::move(paths)) {
    m_tick.setSingleShot(true);
    m_tick.setInterval(kTickMs);
    connect(&m_tick, &QTimer::timeout, this, [this] {
        if (!m_record.summary.id.isEmpty())
            Q_EMIT logGrew(m_record.summary.id);
    });
}

void CampaignFeed::begin(const RunningCampaign &campaign, const CampaignRecord &record) {
    m_record = record;
    m_streams.clear();
    connect(&campaign, &RunningCampaign::runChanged, this, &CampaignFeed::setRun);
    connect(&campaign, &RunningCampaign::spoolsOpened, this,
            [this](const PhaseRun &run, const JobSpools &spools) {
                m_streams.append({run, spools.log});
            });
    connect(&campaign, &RunningCampaign::cyclesArrived, this, [this](const QList<Cycle> &cycles) {
        m_record.cycles += cycles;
        Q_EMIT cyclesArrived(m_record.summary.id, cycles);
    });
    connect(&campaign, &RunningCampaign::logGrew, this, [this] {
        if (!m_tick.isActive())
            m_tick.start();
    });
    connect(&campaign, &RunningCampaign::reportsBuilt, this,
            [this](const QList<EvidenceFile> &files) { m_record.files = files; });
    connect(&campaign, &RunningCampaign::judged, this, [this](const Judgement &judgement) {
        m_record.judgement = judgement;
        Q_EMIT judged(m_record.summary.id, judgement);
    });
    connect(&campaign, &RunningCampaign::hostConnectionChanged, this,
            [this](const QString &host, bool connected, const QString &text) {
                Q_EMIT hostConnectionChanged(host, text, connected);
            });
}

void CampaignFeed::end() {
    m_record = {};
    m_streams.clear();
    m_tick.stop();
}

void CampaignFeed::setRun(const PhaseRun &run) {
    putRun(m_record.phaseRuns, run);
    for (LogStream &stream : m_streams) {
        if (stream.run.streamName() == run.streamName())
            stream.run = run;
    }
    Q_EMIT phaseRunChanged(m_record.summary.id, run);
}

QList<LogStream> CampaignFeed::streamsOf(const CampaignRecord &record) const {
    const QString &id = m_record.summary.id;
    return !id.isEmpty() && id == record.summary.id ? m_streams : archivedStreams(m_paths, record);
}

} // namespace slipway
