// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/campaign/jobrun.h"

#include "app/core/inputfile.h"
#include "app/core/steadytime.h"
#include "models/core/plaintext.h"

#include <QFile>

#include <algorithm>
#include <cstdlib>
#include <utility>

namespace slipway {

namespace {

constexpr qint64 kClockSetMs = 2000;              // less is a time service at work
constexpr qint64 kReplayed = qint64(1024) * 1024; // bytes at a time
constexpr qint64 kLogTail = 4096;                 // bytes in which the last line of a log is looked for
constexpr qsizetype kLastWords = 400;             // characters

// The last line of a log that holds more than blanks; empty when there is none.
QString lastWords(const QString &path) {
    QFile log(path);
    if (!log.open(QIODevice::ReadOnly) || !log.seek(std::max<qint64>(0, log.size() - kLogTail)))
        return {};
    const QList<QByteArray> lines = log.read(kLogTail).split('\n');
    for (auto line = lines.crbegin(); line != lines.crend(); ++line) {
        const QString text = plainText(QString::fromUtf8(*line)).trimmed();
        if (!text.isEmpty())
            return text.left(kLastWords);
    }
    return {};
}

QString whatToDo(ErrorCode code) {
    return code == ErrorCode::DiskFull
               ? QStringLiteral(" Make room on this machine: the rest is fetched then.")
               : QStringLiteral(" It is tried again every 2 s.");
}

} // namespace

Result<void> replaySpools(const JobSpools &spools, LineSplitter &splitter, const LinesSeen &seen) {
    QFile file(spools.observations->path());
    TRY(openToRead(file));
    while (!file.atEnd()) {
        const QByteArray bytes = file.read(kReplayed);
        if (bytes.isEmpty())
            return unreadable(file);
        spools.output->add(bytes);
        QList<StreamLine> lines;
        splitter.add(bytes, [&](qint64 at, const QByteArray &line) { lines.append({at, line}); });
        seen(lines);
    }
    QFile log(spools.log->path());
    return spools.logRecord->add(log);
}

JobRun::JobRun(RemoteShell &shell, PhaseRun run, const JobSpec &spec, JobSpools spools, int timeoutMs,
               QObject *parent)
    : QObject(parent), m_run(std::move(run)), m_spools(std::move(spools)),
      m_job(new RemoteJob(shell, spec, this)), m_deadlineSeconds(spec.deadlineSeconds) {
    m_run.jobId = spec.id;
    m_timeout.setSingleShot(true);
    m_timeout.setInterval(timeoutMs);
    connect(&m_timeout, &QTimer::timeout, this, [this] {
        end(RunState::Lost,
            QStringLiteral("%1 has been out of reach for %2 s (%3). What runs there is not known.")
                .arg(m_run.host)
                .arg(m_timeout.interval() / 1000)
                .arg(m_lastTrouble));
    });
    connect(m_job, &RemoteJob::outputArrived, this, &JobRun::takeOutput);
    connect(m_job, &RemoteJob::logArrived, this, &JobRun::takeLog);
    connect(m_job, &RemoteJob::connectionChanged, this, &JobRun::takeConnection);
    connect(m_job, &RemoteJob::heldCompared, this, &JobRun::takeHeld);
    connect(m_job, &RemoteJob::finished, this, &JobRun::take);
    connect(m_job, &RemoteJob::failed, this, [this](const Error &error) {
        // Nothing is judged by bytes that are known to be wrong.
        if (error.code != ErrorCode::Corrupt || setAside())
            end(RunState::Failed, error.text);
    });
}

void JobRun::start() {
    m_run.state = RunState::Running;
    m_clockSetMs = clockSetMs();
    if (!m_run.startedAt.isValid())
        m_run.startedAt = steadyNowUtc();
    Q_EMIT changed(m_run);
    if (const auto taken = resumeSpools(); !taken) {
        end(RunState::Failed, taken.error().text);
        return;
    }
    m_job->start();
}

Result<void> JobRun::resumeSpools() {
    if (m_spools.observations->byteCount() == 0 && m_spools.log->byteCount() == 0)
        return {};
    QFile out(m_spools.observations->path());
    QFile log(m_spools.log->path());
    TRY(openToRead(out));
    TRY(openToRead(log));
    return m_job->resume(out, log);
}

void JobRun::takeHeld(bool same) {
    if (!same) {
        if (setAside())
            Q_EMIT connectionChanged(
                true,
                QStringLiteral("what was fetched of %1 is not what lies on %2 (SHA-256 differs). It was "
                               "set aside as *.changed-* and is fetched again.")
                    .arg(m_run.streamName(), m_run.host));
        return;
    }
    const auto replayed =
        replaySpools(m_spools, m_splitter, [this](const QList<StreamLine> &lines) { deliver(lines); });
    if (!replayed)
        end(RunState::Failed, replayed.error().text);
}

bool JobRun::setAside() {
    for (LogSpool *spool : {m_spools.observations.get(), m_spools.log.get()}) {
        if (const auto aside = spool->setAside(); !aside) {
            end(RunState::Failed, aside.error().text);
            return false;
        }
    }
    m_spools.output->clear();
    m_spools.logRecord->clear();
    return true;
}

void JobRun::stop() {
    m_stopping = true;
    if (!m_ended)
        m_job->stop();
}

void JobRun::sayEnough(const QString &part) {
    if (!m_ended)
        m_job->sayEnough(part);
}

// What cannot be written, for want of room or for another reason, waits on its host, where it is safe.
bool JobRun::keep(LogSpool &spool, qint64 offset, const QByteArray &bytes) {
    const auto appended = spool.append(offset, bytes);
    if (!appended && appended.error().code == ErrorCode::Corrupt) {
        fetchAgain(appended.error().text);
        return false;
    }
    if (!appended) {
        m_job->refuse();
        if (!std::exchange(m_stuck, &spool))
            Q_EMIT connectionChanged(true, appended.error().text + whatToDo(appended.error().code));
    } else if (m_stuck == &spool) {
        m_stuck = nullptr;
        Q_EMIT connectionChanged(true, QStringLiteral("it can be written again: following goes on"));
    }
    return appended.ok();
}

void JobRun::takeOutput(qint64 offset, const QByteArray &bytes) {
    if (!keep(*m_spools.observations, offset, bytes))
        return;
    m_spools.output->add(bytes);
    QList<StreamLine> lines;
    m_splitter.add(bytes, [&](qint64 at, const QByteArray &line) { lines.append({at, line}); });
    deliver(lines);
}

void JobRun::deliver(QList<StreamLine> lines) {
    lines.removeIf([this](const StreamLine &line) { return line.offset < m_delivered; });
    if (lines.isEmpty())
        return;
    m_delivered = lines.constLast().offset + 1;
    Q_EMIT linesArrived(m_run.streamName(), lines);
}

// The host has all of it until the archive has it.
void JobRun::fetchAgain(const QString &why) {
    if (!setAside())
        return;
    m_splitter = LineSplitter();
    m_job->startOver();
    Q_EMIT connectionChanged(true, why + QStringLiteral(" It is fetched again."));
}

void JobRun::takeLog(qint64 offset, const QByteArray &bytes) {
    if (!keep(*m_spools.log, offset, bytes))
        return;
    m_spools.logRecord->add(bytes);
    Q_EMIT logGrew();
}

void JobRun::takeConnection(bool connected, const QString &text) {
    if (connected) {
        m_timeout.stop();
    } else {
        m_lastTrouble = text;
        if (!m_timeout.isActive() && !m_ended)
            m_timeout.start();
    }
    Q_EMIT connectionChanged(connected, text);
}

void JobRun::take(const JobResult &result) {
    const bool isFetched = result.state == JobState::Exited || result.state == JobState::Signalled ||
                           result.state == JobState::Cancelled || result.state == JobState::Overdue;
    for (const LogSpool *spool : {m_spools.observations.get(), m_spools.log.get()}) {
        const auto inPlace = spool->checkInPlace();
        if (isFetched && !inPlace && inPlace.error().code == ErrorCode::Corrupt) {
            fetchAgain(inPlace.error().text);
            return;
        }
    }
    const QString where =
        QStringLiteral("phase %1, step %2 on %3").arg(m_run.phase).arg(m_run.step, m_run.host);
    m_splitter.finish([&](qint64 at, const QByteArray &line) { deliver({{at, line}}); });
    if (result.state == JobState::Exited)
        m_run.exitCode = result.exitCode;
    if (isFetched)
        Q_EMIT fetchedWhole();
    if (m_stopping || result.state == JobState::Cancelled)
        end(RunState::Stopped, QStringLiteral("%1 was stopped. %2").arg(where, result.text).trimmed());
    else if (result.noSpace)
        end(RunState::Failed, QStringLiteral("The disk of %1 ran full during %2: its evidence has gaps.")
                                  .arg(m_run.host, where));
    else if (result.state == JobState::Exited && result.exitCode == 0 && result.outBytes == 0)
        end(RunState::Failed, QStringLiteral("%1 ended and printed nothing.").arg(where));
    else if (result.state == JobState::Exited && result.exitCode == 0)
        end(RunState::Passed, {});
    else {
        const QString words = lastWords(m_spools.log->path());
        const QString how =
            result.state == JobState::Overdue
                ? QStringLiteral("it was not done after %1 s, the deadline of this step in the "
                                 "protocol, and was ended")
                      .arg(m_deadlineSeconds)
                : result.text;
        end(RunState::Failed,
            QStringLiteral("%1 failed: %2%3")
                .arg(where, how,
                     words.isEmpty() ? QString() : QStringLiteral(". The last line of its log: ") + words));
    }
}

void JobRun::end(RunState state, const QString &message) {
    if (m_ended)
        return;
    m_ended = true;
    m_job->disconnect(this); // what it is judged by is what came until now
    m_timeout.stop();
    m_run.state = state;
    m_run.message = message;
    // One that another process began was timed by that process's clock.
    m_run.finishedAt = std::max(steadyNowUtc(), m_run.startedAt);
    if (const qint64 set = clockSetMs() - m_clockSetMs; std::abs(set) > kClockSetMs)
        m_run.message =
            QStringLiteral("%1 The clock of this machine was set by %2 s meanwhile; the times here "
                           "are by a clock that is not set.")
                .arg(m_run.message)
                .arg(set / 1000)
                .trimmed();
    Q_EMIT changed(m_run);
    Q_EMIT finished(m_run);
}

} // namespace slipway
