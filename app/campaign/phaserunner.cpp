// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/campaign/phaserunner.h"

#include <QRandomGenerator>

namespace slipway {

namespace {

// 64 random bits: a launch token that no other launch has.
QString launchToken(const PhaseRun &run, const QString &runToken) {
    return QStringLiteral("p%1-%2-%3-%4")
        .arg(run.phase)
        .arg(run.step.left(16), runToken)
        .arg(QRandomGenerator::system()->generate64(), 16, 16, QLatin1Char('0'));
}

} // namespace

PhaseRunner::PhaseRunner(const CampaignPlan &plan, Phase phase, HostLinks &links, QObject *parent)
    : QObject(parent), m_plan(plan), m_phase(std::move(phase)), m_links(links) {}

PhaseRun PhaseRunner::blankRun(const Step &step, const Host &host) const {
    PhaseRun run;
    run.phase = m_phase.number;
    run.step = step.name;
    run.host = host.name;
    return run;
}

void PhaseRunner::start() {
    nextStep();
}

void PhaseRunner::stop() {
    m_stopping = true;
    for (JobRun *job : std::as_const(m_jobs))
        job->stop();
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
        m_pending = static_cast<int>(hosts.size());
        for (const Host &host : hosts)
            startOn(step, host);
        return;
    }
    Q_EMIT finished();
}

void PhaseRunner::startOn(const Step &step, const Host &host) {
    m_links.connectTo(host, [this, step, host](const Result<RemoteShell *> &shell) {
        PhaseRun run = blankRun(step, host);
        if (shell) {
            runJob(step, host, **shell, run);
            return;
        }
        run.startedAt = run.finishedAt = QDateTime::currentDateTimeUtc();
        run.state = RunState::Failed;
        run.message =
            QStringLiteral("Phase %1, step %2: %3").arg(run.phase).arg(run.step, shell.error().text);
        Q_EMIT runChanged(run);
        endRun(run);
    });
}

void PhaseRunner::runJob(const Step &step, const Host &host, RemoteShell &shell, const PhaseRun &run) {
    const auto refuse = [&](const QString &why) {
        PhaseRun failedRun = run;
        failedRun.state = RunState::Failed;
        failedRun.startedAt = failedRun.finishedAt = QDateTime::currentDateTimeUtc();
        failedRun.message = why;
        Q_EMIT runChanged(failedRun);
        endRun(failedRun);
    };
    const auto program = phaseProgram(step.program);
    if (!program)
        return refuse(program.error().text);
    JobSpools spools;
    for (const auto &[spool, suffix] :
         {std::pair{&spools.observations, ".obs.jsonl"}, std::pair{&spools.log, ".log"}}) {
        auto opened =
            LogSpool::open(m_plan.spoolDir + QLatin1Char('/') + run.streamName() + QLatin1String(suffix));
        if (!opened)
            return refuse(opened.error().text);
        *spool = std::move(*opened);
    }
    JobSpec spec;
    spec.id = launchToken(run, m_plan.runToken);
    spec.script = *program;
    spec.interpreter = QStringLiteral("bash");
    spec.environment = stepEnvironment(m_plan, m_phase, step, host);
    spec.workDir = host.workDir;
    auto *job = new JobRun(shell, run, spec, spools, m_plan.patienceMs, this);
    m_jobs.append(job);
    connect(job, &JobRun::changed, this, &PhaseRunner::runChanged);
    connect(job, &JobRun::logGrew, this, &PhaseRunner::logGrew);
    connect(job, &JobRun::linesArrived, this, [this, run](const QString &, const QList<StreamLine> &lines) {
        Q_EMIT linesArrived(run, lines);
    });
    connect(job, &JobRun::connectionChanged, this,
            [this, name = host.name](bool connected, const QString &text) {
                Q_EMIT hostTrouble(name, connected, text);
            });
    connect(job, &JobRun::finished, this, &PhaseRunner::endRun, Qt::QueuedConnection);
    Q_EMIT spoolsOpened(run, spools);
    job->start();
    if (m_stopping)
        job->stop();
}

void PhaseRunner::endRun(const PhaseRun &run) {
    if (run.state != RunState::Passed && m_broken.isEmpty() && !m_phase.steps.at(m_next - 1).always)
        m_broken = QStringLiteral("not run: step %1 failed on %2").arg(run.step, run.host);
    if (--m_pending == 0)
        nextStep();
}

} // namespace slipway
