// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/campaign/phaserunner.h"

#include "app/core/steadytime.h"
#include "models/observation/zstream.h"
#include "models/protocol/deadline.h"

#include <QFile>
#include <QTimer>

#include <algorithm>
#include <utility>

namespace slipway {

namespace {

constexpr int kRetryMs = 2000;
constexpr qsizetype kReplayedLines = 4096; // at a time

} // namespace

PhaseRunner::PhaseRunner(const CampaignPlan &plan, Phase phase, HostLinks &links, const KnownRuns &known,
                         QObject *parent)
    : QObject(parent), m_plan(plan), m_phase(std::move(phase)), m_links(links), m_known(known) {}

PhaseRun PhaseRunner::blankRun(const Step &step, const Host &host) const {
    PhaseRun run;
    run.phase = m_phase.number;
    run.step = step.name;
    run.host = host.name;
    return run;
}

Step PhaseRunner::stepOf(const PhaseRun &run) const {
    const auto it = std::find_if(m_phase.steps.begin(), m_phase.steps.end(),
                                 [&](const Step &step) { return step.name == run.step; });
    return it == m_phase.steps.end() ? Step() : *it;
}

void PhaseRunner::start() {
    nextStep();
}

void PhaseRunner::stop() {
    m_stopping = true;
    // What heals and cleans comes to its end: cut short it would leave servers running for the next campaign
    // to measure.
    for (JobRun *job : std::as_const(m_jobs)) {
        if (!stepOf(job->run()).always)
            job->stop();
    }
}

void PhaseRunner::sayEnough(const QString &part) {
    for (JobRun *job : std::as_const(m_jobs))
        job->sayEnough(part);
}

void PhaseRunner::nextStep() {
    m_jobs.clear();
    while (m_next < m_phase.steps.size()) {
        const Step &step = m_phase.steps.at(m_next++);
        const QList<Host> hosts = hostsOfStep(m_plan.fleet, step);
        if ((m_stopping || !m_broken.isEmpty()) && !step.always) {
            for (const Host &host : hosts) {
                PhaseRun run = blankRun(step, host);
                run.state = RunState::Stopped;
                run.message = m_stopping ? QStringLiteral("not run: the campaign was stopped") : m_broken;
                Q_EMIT runChanged(run);
            }
            continue;
        }
        m_pending += static_cast<int>(hosts.size());
        for (const Host &host : hosts)
            startOn(step, host);
        if (!step.concurrent)
            return;
    }
    if (m_pending == 0)
        Q_EMIT finished();
}

void PhaseRunner::startOn(const Step &step, const Host &host) {
    PhaseRun run = blankRun(step, host);
    const auto old = std::find_if(m_known.runs.begin(), m_known.runs.end(), [&](const PhaseRun &known) {
        return known.streamName() == run.streamName();
    });
    if (old == m_known.runs.end()) {
        connectAndRun(step, host, run, QDeadlineTimer(0));
    } else if (old->state == RunState::Running || old->state == RunState::Waiting) {
        run.startedAt = old->startedAt;
        connectAndRun(step, host, run, QDeadlineTimer(m_plan.timeoutMs));
    } else {
        QTimer::singleShot(0, this, [this, ended = *old] { reportAgain(ended); });
    }
}

// What runs on a host is not lost because the host does not answer at once.
void PhaseRunner::connectAndRun(const Step &step, const Host &host, const PhaseRun &run,
                                QDeadlineTimer timeout) {
    m_links.connectTo(host, [this, step, host, run, timeout](const Result<RemoteShell *> &shell) {
        if (shell) {
            runJob(step, host, **shell, run);
            return;
        }
        const bool refused =
            shell.error().code == ErrorCode::HostKeyRefused || shell.error().code == ErrorCode::AuthRefused;
        if (!refused && !m_stopping && !timeout.hasExpired()) {
            QTimer::singleShot(kRetryMs, this,
                               [this, step, host, run, timeout] { connectAndRun(step, host, run, timeout); });
            return;
        }
        PhaseRun failed = run;
        failed.finishedAt = steadyNowUtc();
        failed.startedAt =
            run.startedAt.isValid() ? std::min(run.startedAt, failed.finishedAt) : failed.finishedAt;
        failed.state = RunState::Failed;
        failed.message =
            QStringLiteral("Phase %1, step %2: %3").arg(run.phase).arg(run.step, shell.error().text);
        Q_EMIT runChanged(failed);
        endRun(failed);
    });
}

void PhaseRunner::reportAgain(const PhaseRun &run) {
    PhaseRun reported = run;
    // Both are known only after both hashes were compared.
    if ((run.exitCode || run.state == RunState::Stopped) && !run.jobId.isEmpty())
        Q_EMIT fetchedWhole(run.host, run.jobId);
    if (!run.jobId.isEmpty()) {
        if (const auto replayed = replay(run); !replayed) {
            reported.state = RunState::Failed;
            reported.message = replayed.error().text;
        }
    }
    Q_EMIT runChanged(reported);
    endRun(reported);
}

Result<void> PhaseRunner::replay(const PhaseRun &run) {
    const EndedStream *kept = keptOf(run);
    const auto spools = openSpools(run, kept);
    if (!spools)
        return spools.error();
    Q_EMIT spoolsOpened(run, *spools);
    const bool isObserved = stepOf(run).output == Step::Output::Observations;
    const auto seen = [&](const QList<StreamLine> &lines) {
        if (isObserved)
            Q_EMIT linesArrived(run, lines);
    };
    if (kept)
        return replayKept(*kept, *spools, seen);
    LineSplitter splitter;
    TRY(replaySpools(*spools, splitter, seen));
    splitter.finish([&](qint64 at, const QByteArray &line) { seen({{at, line}}); });
    return {};
}

Result<void> PhaseRunner::replayKept(const EndedStream &kept, const JobSpools &spools,
                                     const LinesSeen &seen) {
    QList<StreamLine> lines;
    const auto read = forEachLine({kept.name + kCompressedSuffix, kept.compressed},
                                  [&](QByteArrayView line, qint64 offset) {
                                      lines.append({offset, line.toByteArray()});
                                      if (lines.size() == kReplayedLines)
                                          seen(std::exchange(lines, {}));
                                      return true;
                                  });
    if (!read)
        return read;
    seen(lines);
    QFile log(spools.log->path());
    return spools.logRecord->add(log);
}

const EndedStream *PhaseRunner::keptOf(const PhaseRun &run) const {
    const QString name = run.streamName() + streamSuffix(stepOf(run).output);
    const auto it = std::find_if(m_known.streams.begin(), m_known.streams.end(),
                                 [&](const EndedStream &stream) { return stream.name == name; });
    return it == m_known.streams.end() ? nullptr : &*it;
}

Result<JobSpools> PhaseRunner::openSpools(const PhaseRun &run, const EndedStream *kept) const {
    const Step::Output output = stepOf(run).output;
    const QString name = run.streamName() + streamSuffix(output);
    const QString logName = run.streamName() + QStringLiteral(".log");
    JobSpools spools;
    spools.logRecord = std::make_shared<StreamRecord>(logName, StreamRecord::Keeps::Warnings);
    spools.output = kept ? std::make_shared<StreamRecord>(*kept)
                         : std::make_shared<StreamRecord>(name, output == Step::Output::Archive
                                                                    ? StreamRecord::Keeps::Nothing
                                                                    : StreamRecord::Keeps::Bytes);
    for (const auto &[spool, file] :
         {std::pair{&spools.observations, name}, std::pair{&spools.log, logName}}) {
        if (kept && file == name)
            continue;
        auto opened = LogSpool::open(m_plan.spoolDir + QLatin1Char('/') + file);
        if (!opened)
            return opened.error();
        *spool = std::move(*opened);
    }
    return spools;
}

void PhaseRunner::runJob(const Step &step, const Host &host, RemoteShell &shell, const PhaseRun &run) {
    const auto refuse = [&](const QString &why) {
        PhaseRun failedRun = run;
        failedRun.state = RunState::Failed;
        failedRun.startedAt = failedRun.finishedAt = steadyNowUtc();
        failedRun.message = why;
        Q_EMIT runChanged(failedRun);
        endRun(failedRun);
    };
    const auto program = stepProgram(m_plan, m_phase, step);
    if (!program)
        return refuse(program.error().text);
    auto spools = openSpools(run);
    if (!spools && !m_stopping) {
        // A disk that is full or away for a while costs time only.
        if (!m_waiting.contains(run.streamName()))
            Q_EMIT hostTrouble(host.name, true,
                               spools.error().text + QStringLiteral(" It is tried again, and waited for."));
        m_waiting.insert(run.streamName());
        QTimer::singleShot(kRetryMs, this, [this, step, host, run] {
            connectAndRun(step, host, run, QDeadlineTimer(m_plan.timeoutMs));
        });
        return;
    }
    if (!spools)
        return refuse(spools.error().text);
    JobSpec spec;
    spec.id = launchToken(m_plan, run);
    spec.script = *program;
    spec.interpreter = QStringLiteral("bash");
    spec.environment = stepEnvironment(m_plan, m_phase, step, host);
    spec.workDir = host.workDir;
    const auto deadline = deadlineSeconds(step.deadline, m_plan.parameters);
    if (!deadline)
        return refuse(QStringLiteral("Phase %1, step %2: its deadline cannot be read: %3.")
                          .arg(m_phase.number)
                          .arg(step.name, deadline.error().text));
    spec.deadlineSeconds = *deadline;
    auto *job = new JobRun(shell, run, spec, *spools, m_plan.timeoutMs, this);
    m_jobs.append(job);
    connect(job, &JobRun::changed, this, &PhaseRunner::runChanged);
    connect(job, &JobRun::logGrew, this, &PhaseRunner::logGrew);
    connect(job, &JobRun::fetchedWhole, this,
            [this, name = host.name, id = spec.id] { Q_EMIT fetchedWhole(name, id); });
    if (step.output == Step::Output::Observations)
        connect(job, &JobRun::linesArrived, this,
                [this, run](const QString &, const QList<StreamLine> &lines) {
                    Q_EMIT linesArrived(run, lines);
                });
    connect(job, &JobRun::connectionChanged, this,
            [this, name = host.name](bool connected, const QString &text) {
                Q_EMIT hostTrouble(name, connected, text);
            });
    connect(job, &JobRun::finished, this, &PhaseRunner::endRun, Qt::QueuedConnection);
    Q_EMIT spoolsOpened(run, *spools);
    job->start();
    if (m_stopping && !step.always)
        job->stop();
}

void PhaseRunner::endRun(const PhaseRun &run) {
    Q_EMIT runEnded(run);
    if (run.state != RunState::Passed && m_broken.isEmpty() && !stepOf(run).always)
        m_broken = QStringLiteral("not run: step %1 failed on %2").arg(run.step, run.host);
    if (--m_pending == 0)
        nextStep();
}

} // namespace slipway
