// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/services.h"

#include "app/archive/archivethread.h"
#include "app/cloud/rental/rentals.h"
#include "app/core/mailbox.h"
#include "app/session/campaignstop.h"
#include "app/session/fleetsource.h"
#include "app/session/inventory.h"
#include "app/session/runningcampaign.h"
#include "app/session/runrecorder.h"
#include "app/ssh/keyring.h"

namespace slipway {

namespace {

constexpr int kRoomMs = 1000;

} // namespace

Services::Services(Paths paths, std::unique_ptr<ArchiveThread> archive)
    : m_paths(std::move(paths)), m_archive(std::move(archive)), m_mailbox(std::make_unique<Mailbox>()),
      m_recorder(std::make_unique<RunRecorder>(*m_archive)), m_keys(std::make_shared<KeyRing>()),
      m_inventory(std::make_unique<Inventory>(m_paths, m_keys)), m_stop(new CampaignStop(*this)) {
    connect(m_stop, &CampaignStop::waits, this, &Services::stopWaits);
    connect(m_stop, &CampaignStop::gaveUp, this, &Services::giveUpStopping);
    connect(m_recorder.get(), &RunRecorder::failed, this, &Services::problemOccurred);
    SshOptions ssh;
    ssh.pinFile = m_paths.pinFile();
    ssh.keys = m_keys;
    m_rentals = std::make_unique<Rentals>(m_paths, ssh);
    connect(m_rentals.get(), &Rentals::failed, this, &Services::problemOccurred);
    m_room.setInterval(kRoomMs);
    connect(&m_room, &QTimer::timeout, this, &Services::leaveWhenShort);
    m_tick.setSingleShot(true);
    m_tick.setInterval(50);
    connect(&m_tick, &QTimer::timeout, this, [this] {
        if (m_running)
            Q_EMIT logGrew(m_running->record.summary.id);
    });
}

Services::~Services() {
    m_rentals.reset();
    cancelImport();
    m_compareStop.request_stop();
    m_inventory.reset();
    m_importWorker.reset();
    cancelExport();
    m_exportWorker.reset();
    cancelPublication();
    m_publishWorker.reset();
    m_fileWorker.reset();
    m_running.reset();
    m_recorder.reset();
}

Result<std::unique_ptr<Services>> Services::open(const Paths &paths) {
    auto archive = ArchiveThread::open(paths);
    if (!archive)
        return archive.error();
    return std::unique_ptr<Services>(new Services(paths, std::move(*archive)));
}

Result<std::unique_ptr<Services>> Services::openToLook(const Paths &paths) {
    auto archive = ArchiveThread::open(paths, ArchiveUse::Look);
    if (!archive)
        return archive.error();
    return std::unique_ptr<Services>(new Services(paths, std::move(*archive)));
}

QList<LogStream> Services::logStreams(const CampaignRecord &record) const {
    if (m_running && m_running->record.summary.id == record.summary.id)
        return m_running->streams;
    return archivedStreams(m_paths, record);
}

QList<LogStream> Services::archivedStreams(const Paths &paths, const CampaignRecord &record) {
    QList<LogStream> streams;
    for (const PhaseRun &run : record.phaseRuns) {
        const QString path =
            paths.spoolDir(record.summary.id) + QLatin1Char('/') + run.streamName() + QStringLiteral(".log");
        if (!QFile::exists(path))
            continue;
        if (const auto spool = LogSpool::open(path))
            streams.append({run, *spool});
    }
    return streams;
}

QString Services::runningCampaign() const {
    return m_running && m_running->begun ? m_running->record.summary.id : QString();
}

Worker &Services::fileWorker() {
    if (!m_fileWorker)
        m_fileWorker = std::make_unique<Worker>(QStringLiteral("files"));
    return *m_fileWorker;
}

void Services::openFleet(const QString &name, std::function<void(Result<Fleet>)> done) {
    fileWorker().post([name, done = std::move(done), paths = m_paths, &mailbox = *m_mailbox] {
        mailbox.post([done, fleet = slipway::openFleet(name, paths)] { done(fleet); });
    });
}

void Services::readScripts(const QString &dir, std::function<void(Result<FieldScripts>)> done) {
    fileWorker().post([dir, done = std::move(done), &mailbox = *m_mailbox] {
        mailbox.post([done, scripts = readFieldScripts(dir)] { done(scripts); });
    });
}

// Runs on the campaign's thread: each signal's values are carried over to this object's by the mailbox.
void Services::wire(CampaignRunner &runner) {
    Mailbox &mailbox = *m_mailbox;
    connect(&runner, &CampaignRunner::prepared, &runner,
            [this, &mailbox](const Result<void> &result, bool canTakeOver) {
                mailbox.post([this, result, canTakeOver] { takePrepared(result, canTakeOver); });
            });
    connect(&runner, &CampaignRunner::problemFound, &runner, [this, &mailbox](const Error &error) {
        mailbox.post([this, error] { Q_EMIT problemOccurred(runningCampaign(), error); });
    });
    connect(&runner, &CampaignRunner::runChanged, &runner,
            [this, &mailbox](const PhaseRun &run) { mailbox.post([this, run] { takeRun(run); }); });
    connect(&runner, &CampaignRunner::spoolsOpened, &runner,
            [this, &mailbox](const PhaseRun &run, const JobSpools &spools) {
                mailbox.post([this, run, log = spools.log] {
                    if (m_running)
                        m_running->streams.append({run, log});
                });
            });
    connect(&runner, &CampaignRunner::streamsEnded, &runner,
            [this, &mailbox](const QList<EndedStream> &streams) {
                mailbox.post([this, streams] {
                    if (!m_running)
                        return;
                    const QString &id = m_running->record.summary.id;
                    m_recorder->record(id, m_paths.spoolDir(id), streams);
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
    connect(&runner, &CampaignRunner::passphraseRequested, &runner,
            [this, &mailbox](const QString &host, const QString &file, bool again) {
                mailbox.post([this, host, file, again] { Q_EMIT passphraseRequested(host, file, again); });
            });
    connect(&runner, &CampaignRunner::finished, &runner,
            [this, &mailbox](RunState state, const Judgement &judgement) {
                mailbox.post([this, state, judgement] { finish(state, judgement); });
            });
    connect(&runner, &CampaignRunner::cleaned, &runner,
            [this, &mailbox] { mailbox.post([this] { forgetRunning(); }); });
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

} // namespace slipway
