// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/services.h"

#include "app/archive/archivethread.h"
#include "app/campaign/campaignrunner.h"
#include "app/core/mailbox.h"
#include "app/core/runlock.h"
#include "app/core/worker.h"
#include "app/fleet/fleetsource.h"
#include "app/runrecorder.h"
#include "app/ssh/sshshell.h"

#include <QDir>
#include <QRandomGenerator>

#include <map>
#include <utility>

namespace slipway {

/// One running campaign: a runner on a worker, and what of it this thread knows.
struct Services::Running {
    CampaignRecord record;
    QList<LogStream> streams;
    RunLock lock;
    CampaignRunner *runner = nullptr; ///< lives on the worker
    std::unique_ptr<Worker> worker;

    ~Running() {
        worker->post([this] { delete std::exchange(runner, nullptr); });
        worker.reset();
    }
};

Services::Services(Paths paths, std::unique_ptr<ArchiveThread> archive)
    : m_paths(std::move(paths)), m_archive(std::move(archive)), m_mailbox(std::make_unique<Mailbox>()),
      m_recorder(std::make_unique<RunRecorder>(*m_archive)) {
    connect(m_recorder.get(), &RunRecorder::failed, this, &Services::problemOccurred);
    m_tick.setSingleShot(true);
    m_tick.setInterval(50);
    connect(&m_tick, &QTimer::timeout, this, [this] {
        if (m_running)
            Q_EMIT logGrew(m_running->record.summary.id);
    });
}

Services::~Services() {
    cancelImport();
    m_importWorker.reset();
    m_fleetWorker.reset();
    m_running.reset();
    m_recorder.reset();
}

Result<std::unique_ptr<Services>> Services::open(const Paths &paths) {
    auto archive = ArchiveThread::open(paths);
    if (!archive)
        return archive.error();
    return std::unique_ptr<Services>(new Services(paths, std::move(*archive)));
}

QList<LogStream> Services::logStreams(const CampaignRecord &record) const {
    if (m_running && m_running->record.summary.id == record.summary.id)
        return m_running->streams;
    QList<LogStream> streams;
    for (const PhaseRun &run : record.phaseRuns) {
        const QString path = m_paths.spoolDir(record.summary.id) + QLatin1Char('/') + run.streamName() +
                             QStringLiteral(".log");
        if (!QFile::exists(path))
            continue;
        if (const auto spool = LogSpool::open(path))
            streams.append({run, *spool});
    }
    return streams;
}

QString Services::runningCampaign() const {
    return m_running ? m_running->record.summary.id : QString();
}

void Services::openFleet(const QString &name, std::function<void(Result<Fleet>)> done) {
    if (!m_fleetWorker)
        m_fleetWorker = std::make_unique<Worker>(QStringLiteral("fleet"));
    m_fleetWorker->post([name, done = std::move(done), paths = m_paths, &mailbox = *m_mailbox] {
        mailbox.post([done, fleet = slipway::openFleet(name, paths)] { done(fleet); });
    });
}

void Services::launch(const LaunchRequest &request, std::function<void(Result<void>)> done) {
    CampaignPlan plan;
    plan.id = request.id;
    plan.ref = request.ref;
    plan.fleet = request.fleet;
    plan.protocol = request.protocol;
    plan.phases = request.phases;
    plan.parameters = request.parameters;
    plan.runToken = QStringLiteral("%1").arg(QRandomGenerator::system()->generate(), 8, 16, QLatin1Char('0'));
    plan.spoolDir = m_paths.spoolDir(plan.id);
    if (plan.phases.isEmpty()) {
        for (const Phase &phase : plan.protocol.phases)
            plan.phases << phase.number;
    }
    if (m_running) {
        done(Error{ErrorCode::AlreadyExists,
                   QStringLiteral("Campaign %1 is running here. Stop it or wait for its end.")
                       .arg(runningCampaign())});
        return;
    }
    if (const auto checked = checkPlan(plan); !checked) {
        done(checked);
        return;
    }
    CampaignRecord record;
    record.summary.id = plan.id;
    record.summary.ref = plan.ref;
    record.summary.fleet = plan.fleet.name;
    record.summary.protocol = plan.protocol.name;
    record.summary.source = QStringLiteral("run");
    record.summary.state = RunState::Running;
    record.summary.startedAt = QDateTime::currentDateTimeUtc();
    record.parameters = plan.parameters;
    record.peers = peerNames(plan.fleet);
    // Every phase of the protocol is required, also where only some were asked for: those are then missing.
    for (const Phase &phase : plan.protocol.phases)
        record.requiredPhases << phase.number;
    // The id is taken in the archive first: of two that want it, one gets it.
    m_archive->ask<bool>(
        [record](CampaignStore &store) -> Result<bool> {
            if (const auto created = store.createCampaign(record); !created)
                return created.error();
            return true;
        },
        [this, plan, record, done = std::move(done)](const Result<bool> &created) {
            if (!created) {
                done(created.error());
                return;
            }
            const QFile::Permissions mine = QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner;
            if (!QDir().mkpath(plan.spoolDir) || !QFile::setPermissions(plan.spoolDir, mine)) {
                done(Error{ErrorCode::Io,
                           QStringLiteral("The folder %1 for the logs cannot be made.").arg(plan.spoolDir)});
                return;
            }
            begin(plan, record);
            done({});
        });
}

void Services::begin(const CampaignPlan &plan, const CampaignRecord &record) {
    m_running = std::make_unique<Running>();
    if (!m_running->lock.take(plan.spoolDir))
        Q_EMIT problemOccurred(
            plan.id,
            Error{ErrorCode::Io,
                  QStringLiteral("%1 cannot be locked; another window may show this campaign as lost.")
                      .arg(plan.spoolDir)});
    m_running->record = record;
    m_running->worker = std::make_unique<Worker>(QStringLiteral("campaign"));
    SshOptions options;
    options.pinFile = m_paths.dataDir + QStringLiteral("/host-keys");
    m_running->worker->post([this, plan, options, running = m_running.get()] {
        running->runner = new CampaignRunner(
            plan, [options](const Host &host) { return std::make_unique<SshShell>(host, options); });
        wire(*running->runner);
        running->runner->start();
    });
    Q_EMIT campaignStarted(record);
    Q_EMIT campaignListChanged();
}

// Runs on the campaign's thread: each signal's values are carried over to this object's by the mailbox.
void Services::wire(CampaignRunner &runner) {
    Mailbox &mailbox = *m_mailbox;
    connect(&runner, &CampaignRunner::runChanged, &runner,
            [this, &mailbox](const PhaseRun &run) { mailbox.post([this, run] { takeRun(run); }); });
    connect(&runner, &CampaignRunner::spoolsOpened, &runner,
            [this, &mailbox](const PhaseRun &run, const JobSpools &spools) {
                mailbox.post([this, run, log = spools.log] {
                    if (m_running)
                        m_running->streams.append({run, log});
                });
            });
    connect(&runner, &CampaignRunner::linesArrived, &runner,
            [this, &mailbox](const PhaseRun &run, const QList<StreamLine> &lines) {
                mailbox.post([this, run, lines] {
                    if (m_running)
                        m_recorder->record(m_running->record.summary.id, run, lines);
                });
            });
    connect(&runner, &CampaignRunner::cyclesArrived, &runner, [this, &mailbox](const QList<Cycle> &cycles) {
        mailbox.post([this, cycles] {
            if (!m_running)
                return;
            m_running->record.cycles += cycles;
            Q_EMIT cyclesArrived(m_running->record.summary.id, cycles);
        });
    });
    connect(&runner, &CampaignRunner::logGrew, &runner, [this, &mailbox] {
        mailbox.post([this] {
            if (!m_tick.isActive())
                m_tick.start();
        });
    });
    connect(&runner, &CampaignRunner::reportsBuilt, &runner,
            [this, &mailbox](const QList<EvidenceFile> &files) {
                mailbox.post([this, files] { takeFiles(files); });
            });
    connect(&runner, &CampaignRunner::judged, &runner, [this, &mailbox](const Judgement &judgement) {
        mailbox.post([this, judgement] { takeJudgement(judgement); });
    });
    connect(&runner, &CampaignRunner::hostConnectionChanged, &runner,
            [this, &mailbox](const QString &host, bool connected, const QString &text) {
                mailbox.post(
                    [this, host, connected, text] { Q_EMIT hostConnectionChanged(host, text, connected); });
            });
    connect(&runner, &CampaignRunner::hostKeyUnknown, &runner,
            [this, &mailbox](const QString &host, const HostKey &key) {
                mailbox.post([this, host, key] { Q_EMIT hostKeyUnknown(host, key.type, key.fingerprint); });
            });
    connect(&runner, &CampaignRunner::finished, &runner,
            [this, &mailbox](RunState state, const Judgement &judgement) {
                mailbox.post([this, state, judgement] { finish(state, judgement); });
            });
}

void Services::takeRun(const PhaseRun &run) {
    if (!m_running)
        return;
    auto &runs = m_running->record.phaseRuns;
    const auto it = std::find_if(runs.begin(), runs.end(), [&](const PhaseRun &other) {
        return other.streamName() == run.streamName();
    });
    if (it == runs.end())
        runs.append(run);
    else
        *it = run;
    for (LogStream &stream : m_running->streams) {
        if (stream.run.streamName() == run.streamName())
            stream.run = run;
    }
    m_recorder->record(m_running->record.summary.id, run);
    Q_EMIT phaseRunChanged(m_running->record.summary.id, run);
}

void Services::takeFiles(const QList<EvidenceFile> &files) {
    if (!m_running)
        return;
    m_running->record.files = files;
    m_recorder->record(m_running->record.summary.id, files);
}

void Services::takeJudgement(const Judgement &judgement) {
    if (!m_running)
        return;
    m_running->record.judgement = judgement;
    Q_EMIT judged(m_running->record.summary.id, judgement);
}

void Services::finish(RunState state, const Judgement &judgement) {
    if (!m_running)
        return;
    CampaignSummary summary = m_running->record.summary;
    summary.state = state;
    summary.finishedAt = QDateTime::currentDateTimeUtc();
    summary.verdict = judgement.verdict;
    summary.claimedPass = judgement.claimedPass;
    summary.reason = judgement.reason;
    m_recorder->finish(summary, judgement, m_paths.spoolDir(summary.id), [this, id = summary.id] {
        m_running.reset();
        Q_EMIT campaignFinished(id);
        Q_EMIT campaignListChanged();
    });
}

void Services::stopCampaign() {
    if (m_running)
        m_running->worker->post([running = m_running.get()] { running->runner->stop(); });
}

void Services::answerHostKey(const QString &host, bool accepted) {
    if (m_running)
        m_running->worker->post(
            [running = m_running.get(), host, accepted] { running->runner->answerHostKey(host, accepted); });
}

} // namespace slipway
