// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/remotejob/jobattachment.h"
#include "app/remotejob/jobframes.h"
#include "app/remotejob/jobhelper.h"
#include "app/remotejob/jobresult.h"
#include "app/remotejob/jobspec.h"
#include "app/remotejob/jobstreams.h"
#include "app/ssh/remoteshell.h"

#include <QObject>
#include <QPointer>
#include <QTimer>

#include <memory>

namespace slipway {

/// A durable job on a host (reliability.md §2): it runs on without us; we follow both streams by offset, and
/// a lost connection costs time, never bytes. Lives on the shell's thread and uses the shell, which it opens
/// again after a loss (0.5 s, 1 s, … 30 s; not after a refused key). Destroying it leaves the job running.
class RemoteJob : public QObject {
    Q_OBJECT
public:
    RemoteJob(RemoteShell &shell, JobSpec spec, QObject *parent = nullptr);
    ~RemoteJob() override;

    /// Before start(): these bytes of stdout and stderr were fetched by an earlier process, which died. With
    /// any of them the job is only attached to, never started; heldCompared() comes before any further byte.
    Result<void> resume(QIODevice &out, QIODevice &log);
    void start();
    /// Ends the job's process group, TERM then KILL after 10 s, and whatever carries its cookie. finished()
    /// follows.
    void stop();
    /// Notifies the job's program that it may end this part of its work, [a-z0-9_]{1,64}, at its next pause.
    /// While the host cannot be reached nothing is sent: the caller repeats it when the program goes
    /// on.
    void sayEnough(const QString &part);
    /// From a slot of outputArrived() or logArrived(): these bytes cannot be kept now. They come again in 2
    /// s.
    void refuse() { m_refused = true; }
    /// From a slot of those two, or of finished(): what was kept is gone, and all of both streams comes again
    /// in 2 s.
    void startOver();

Q_SIGNALS:
    void started();
    /// Whether what resume() was given is what lies on the host. If not, both streams come again from byte 0.
    void heldCompared(bool same);
    void outputArrived(qint64 offset,
                       const QByteArray &bytes);             ///< stdout: contiguous, each byte once, in order
    void logArrived(qint64 offset, const QByteArray &bytes); ///< stderr, likewise
    void connectionChanged(bool connected, const QString &text);
    /// Exactly once: after every byte of both streams was delivered and their SHA-256 compared with the
    /// host's.
    void finished(const slipway::JobResult &result);
    /// Instead of finished(): the job could not be started or followed, and trying again does not help.
    void failed(const slipway::Error &error);

private:
    enum class Stage { Idle, Attaching, Following, Over };

    void proceed();
    void attach();
    void follow();
    void cancel();
    void takeFrame(const JobFrame &frame);
    void takeBytes(JobStreams::Which which, const JobFrame &frame);
    void takeEnd(const QByteArray &text);
    void takeShellState(RemoteShell::State state);
    void connectionLost(const QString &why);
    void followEnded(const CommandResult &result);
    void followLater();
    void over();
    void fail(ErrorCode code, const QString &text);

    RemoteShell &m_shell;
    JobSpec m_spec;
    JobHelper m_helper;
    JobStreams m_arrived;
    JobAttachment m_attachment;
    Stage m_stage = Stage::Idle;
    bool m_launched = false;  ///< the host confirmed the start
    bool m_held = false;      ///< bytes of an earlier process, not compared yet
    bool m_isStopped = false; ///< stop() was called
    bool m_refused = false;
    std::unique_ptr<JobFrameParser> m_parser;
    QPointer<RemoteCommand> m_following;
    QTimer m_reconnect;
    QTimer m_silence;
    int m_attempt = 0;
};

/// Removes the folder of a job that has ended from its host, where the job was run from this shell's login.
RemoteCommand *removeJob(RemoteShell &shell, const QString &id);

} // namespace slipway
