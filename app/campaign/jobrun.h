// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/streamrecord.h"
#include "app/logstream/logspool.h"
#include "app/remotejob/remotejob.h"
#include "models/campaign/campaign.h"
#include "models/log/linesplitter.h"

#include <QObject>
#include <QTimer>

#include <functional>
#include <memory>

class QFile;

namespace slipway {

/// A line of a stream of observations, as it came.
struct StreamLine {
    qint64 offset = 0;
    QByteArray bytes;
};

/// The two streams of a job run, spooled on disk, and what came of them, for the campaign's thread.
struct JobSpools {
    std::shared_ptr<LogSpool> observations; ///< none once the archive keeps them
    std::shared_ptr<LogSpool> log;
    std::shared_ptr<StreamRecord> output;
    std::shared_ptr<StreamRecord> logRecord;
};

using LinesSeen = std::function<void(const QList<StreamLine> &)>;

/// Takes what the spools hold into their records, and hands on the lines of the output, some thousand at a
/// time.
Result<void> replaySpools(const JobSpools &spools, LineSplitter &splitter, const LinesSeen &seen);

/// One step of a phase on one host: a durable remote job, its two spools, its state. Lives on the campaign's
/// thread. finished() comes exactly once, whatever happens to the host.
class JobRun : public QObject {
    Q_OBJECT
public:
    JobRun(RemoteShell &shell, PhaseRun run, const JobSpec &spec, JobSpools spools, int timeoutMs,
           QObject *parent);

    /// Goes on where the spools end, if they hold anything: their lines are delivered once more, and the job
    /// is attached to.
    void start();
    /// Ends the job's process group on the host; finished() follows, as stopped.
    void stop();
    /// Its program may end this part of its work (RemoteJob::sayEnough()).
    void sayEnough(const QString &part);
    [[nodiscard]] const PhaseRun &run() const { return m_run; }

Q_SIGNALS:
    void changed(const slipway::PhaseRun &run);
    void linesArrived(const QString &stream, const QList<slipway::StreamLine> &lines);
    void logGrew();
    void connectionChanged(bool connected, const QString &text);
    void fetchedWhole(); ///< both streams, by their hashes: its host may forget it once they are kept
    void finished(const slipway::PhaseRun &run);

private:
    Result<void> resumeSpools();
    void takeHeld(bool same);
    bool setAside();
    void fetchAgain(const QString &why);
    void deliver(QList<StreamLine> lines);
    void takeOutput(qint64 offset, const QByteArray &bytes);
    void takeLog(qint64 offset, const QByteArray &bytes);
    void takeConnection(bool connected, const QString &text);
    [[nodiscard]] bool keep(LogSpool &spool, qint64 offset, const QByteArray &bytes);
    void take(const JobResult &result);
    void end(RunState state, const QString &message);

    PhaseRun m_run;
    JobSpools m_spools;
    RemoteJob *m_job;
    qint64 m_deadlineSeconds;
    LineSplitter m_splitter;
    QTimer m_timeout;
    QString m_lastTrouble;
    qint64 m_clockSetMs = 0; ///< when it began
    bool m_stopping = false;
    const LogSpool *m_stuck = nullptr; ///< the one that cannot be written
    qint64 m_delivered = 0;            ///< lines that begin before this were handed on
    bool m_ended = false;
};

} // namespace slipway
