// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/campaign/campaignrunner.h"

#include "app/core/builtinprotocols.h"
#include "app/core/events.h"
#include "app/core/steadytime.h"
#include "models/evidence/judgeevidence.h"
#include "models/evidence/reportbuilder.h"
#include "models/observation/zstream.h"

#include <utility>

namespace slipway {

namespace {

constexpr int kCleaningMs = 10'000;
constexpr qint64 kReportLimit = 512LL * 1024 * 1024;

QByteArray reportBytes(StreamRecord &record) {
    const EndedStream &stream = record.end();
    const auto bytes = plainBytes({stream.name + kCompressedSuffix, stream.compressed}, kReportLimit);
    return bytes ? *bytes : QByteArray(); // one that is longer than that is none
}

} // namespace

CampaignRunner::CampaignRunner(CampaignPlan plan, ShellFactory factory, KnownRuns known, QObject *parent)
    : QObject(parent), m_plan(std::move(plan)), m_links(std::move(factory)),
      m_preparation(m_links, m_plan, this), m_known(std::move(known)), m_earlyEnd(m_plan.parameters) {
    connect(&m_preparation, &HostPreparation::settled, this, [this](const Result<void> &settled) {
        if (std::exchange(m_preparing, false))
            Q_EMIT prepared(settled, !settled && m_preparation.canTakeOver());
    });
    connect(&m_preparation, &HostPreparation::problemFound, this, &CampaignRunner::problemFound);
    connect(&m_preparation, &HostPreparation::released, this, &CampaignRunner::endCleaning);
    connect(&m_links, &HostLinks::connectionChanged, this, &CampaignRunner::hostConnectionChanged);
}

CampaignRunner::~CampaignRunner() {
    delete m_phase; // its jobs hold references to the shells
}

void CampaignRunner::prepare(const HostPreparation::Options &options) {
    m_preparing = true;
    m_preparation.begin(options);
}

void CampaignRunner::start() {
    nextPhase();
}

void CampaignRunner::stop() {
    m_stopping = true;
    if (m_phase)
        m_phase->stop();
    if (m_preparing)
        m_preparation.giveUp();
}

void CampaignRunner::nextPhase() {
    if (m_stopping || m_next == m_plan.phases.size()) {
        const Judgement judgement = judgeNow(true);
        const RunState state = m_stopping    ? RunState::Stopped
                               : m_anyFailed ? RunState::Failed
                                             : RunState::Passed;
        Q_EMIT finished(state, judgement);
        return;
    }
    m_phase =
        new PhaseRunner(m_plan, *m_plan.protocol.phase(m_plan.phases.at(m_next++)), m_links, m_known, this);
    connect(m_phase, &PhaseRunner::runChanged, this, [this](const PhaseRun &run) {
        qCDebug(campaignEvents).noquote()
            << m_plan.id << run.streamName() << run.host << runStateName(run.state) << run.message;
        m_anyFailed = m_anyFailed || run.state == RunState::Failed || run.state == RunState::Lost;
        Q_EMIT runChanged(run);
    });
    connect(m_phase, &PhaseRunner::fetchedWhole, this,
            [this](const QString &host, const QString &jobId) { m_fetched[host] << jobId; });
    connect(m_phase, &PhaseRunner::spoolsOpened, this, [this](const PhaseRun &run, const JobSpools &spools) {
        m_streams[run.streamName()] = {run, spools};
        Q_EMIT spoolsOpened(run, spools);
    });
    connect(m_phase, &PhaseRunner::linesArrived, this, &CampaignRunner::takeLines);
    connect(m_phase, &PhaseRunner::runEnded, this, &CampaignRunner::endStreams);
    connect(m_phase, &PhaseRunner::logGrew, this, &CampaignRunner::logGrew);
    connect(m_phase, &PhaseRunner::hostTrouble, this, &CampaignRunner::hostConnectionChanged);
    connect(m_phase, &PhaseRunner::finished, this, &CampaignRunner::endPhase, Qt::QueuedConnection);
    m_phase->start();
}

void CampaignRunner::endPhase() {
    m_phase->deleteLater();
    m_phase = nullptr;
    if (!m_stopping && m_next < m_plan.phases.size())
        judgeNow(false);
    nextPhase();
}

void CampaignRunner::cleanHosts() {
    m_toClean = 1; // for this function
    m_cleaning.setSingleShot(true);
    connect(&m_cleaning, &QTimer::timeout, this, &CampaignRunner::endCleaning);
    m_cleaning.start(kCleaningMs);
    for (auto it = m_fetched.constBegin(); it != m_fetched.constEnd(); ++it) {
        const Host *host = m_plan.fleet.find(it.key());
        if (!host)
            continue;
        ++m_toClean;
        m_links.connectTo(*host, [this, ids = it.value()](const Result<RemoteShell *> &shell) {
            if (shell) {
                m_toClean += ids.size();
                for (const QString &id : ids)
                    connect(removeJob(**shell, id), &RemoteCommand::finished, this,
                            &CampaignRunner::countDown);
            }
            countDown();
        });
    }
    countDown();
}

void CampaignRunner::countDown() {
    if (--m_toClean == 0)
        m_preparation.release();
}

void CampaignRunner::endCleaning() {
    m_cleaning.stop();
    if (!std::exchange(m_cleaned, true))
        Q_EMIT cleaned();
}

void CampaignRunner::endStreams(const PhaseRun &run) {
    const auto it = m_streams.find(run.streamName());
    if (it == m_streams.end())
        return;
    JobSpools &spools = it->second.second;
    spools.observations.reset();
    Q_EMIT streamsEnded({spools.output->end(), spools.logRecord->end()});
}

void CampaignRunner::takeLines(const PhaseRun &run, const QList<StreamLine> &lines) {
    if (run.phase != 4)
        return;
    const QString file = run.streamName() + QStringLiteral(".obs.jsonl");
    for (const StreamLine &line : lines) {
        if (const auto observation = parseObservation(line.bytes, {file, line.offset, line.bytes.size()})) {
            m_cycles.add(*observation);
            m_fieldCycles.add(*observation);
        }
    }
    const QList<Cycle> observed = m_cycles.takeFinished();
    for (const QString &fault : m_earlyEnd.add(observed)) {
        if (m_phase)
            m_phase->sayEnough(fault);
    }
    if (const QList<Cycle> cycles = observed + m_fieldCycles.takeFinished(); !cycles.isEmpty())
        Q_EMIT cyclesArrived(cycles);
}

QList<EvidenceFile> CampaignRunner::observations() const {
    QList<EvidenceFile> files;
    for (const auto &[name, stream] : m_streams) {
        const EndedStream &ended = stream.second.output->end();
        files.append({kObservationFolder + ended.name + kCompressedSuffix, ended.compressed});
    }
    return files;
}

// The reports of field scripts exactly as printed, and the cycles as written; of a campaign that
// an older version began, the reports that its streams give.
QList<EvidenceFile> CampaignRunner::claimedFiles() const {
    if (m_plan.protocol.name != kFieldProtocol) {
        QList<ObservedStream> streams;
        for (const auto &[name, stream] : m_streams) {
            const auto &[run, spools] = stream;
            const EndedStream &ended = spools.output->end();
            streams.append(
                {run.phase, run.step, run.host, {ended.name + kCompressedSuffix, ended.compressed}});
        }
        return buildReports(streams, m_plan.parameters, peerNames(m_plan.fleet));
    }
    QList<EvidenceFile> files = m_fieldCycles.files();
    for (const auto &[name, stream] : m_streams) {
        const auto &[run, spools] = stream;
        if (!spools.output->end().name.endsWith(streamSuffix(Step::Output::Report)))
            continue;
        const QString file = run.phase == 1 ? QStringLiteral("phase1-%1.json").arg(run.host)
                                            : QStringLiteral("phase%1.json").arg(run.phase);
        files.append({file, reportBytes(*spools.output)});
    }
    return files;
}

Judgement CampaignRunner::judgeNow(bool last) {
    const Judgement judgement = m_plan.recorded ? judgeObserved(*m_plan.recorded, last) : judgeClaimed(last);
    Q_EMIT judged(judgement);
    return judgement;
}

Judgement CampaignRunner::judgeObserved(const RecordedPlan &plan, bool last) {
    const QList<EvidenceFile> observed = observations();
    const Derivation derived = derive(plan, observed, builtInProtocols(), {});
    QList<EvidenceFile> made{{kPlanFile, planBytes(plan)}};
    made += derived.reports;
    if (last)
        made.append(derived.summary);
    Q_EMIT reportsBuilt(made);
    return judgeEvidence(made + observed, derived, {builtInProtocols(), false, {}, {}, {}});
}

// Of field scripts, and of a campaign that an older version began.
Judgement CampaignRunner::judgeClaimed(bool last) {
    const QStringList peers = peerNames(m_plan.fleet);
    QList<EvidenceFile> files = claimedFiles();
    JudgeContext context{builtInProtocols(), false, {}, {}, {}};
    context.plan =
        PublishedPlan{m_plan.protocol.name, m_plan.parameters, peers, m_plan.protocol.phaseNumbers()};
    Judgement judgement = judgeEvidence(files, context);
    if (last) {
        // The summary is the campaign's own claim; it is made from the verdict and never the other way round.
        const bool pass = judgement.verdict == Verdict::Proven || judgement.verdict == Verdict::UnprovenPass;
        files.append(buildSummary(
            {m_plan.id, m_plan.ref, steadyNowUtc(), pass, verdictName(judgement.verdict)}, files));
        judgement = judgeEvidence(files, context);
    }
    Q_EMIT reportsBuilt(files);
    return judgement;
}

} // namespace slipway
