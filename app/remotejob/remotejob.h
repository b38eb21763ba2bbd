// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/sha256.h"
#include "app/remotejob/jobframes.h"
#include "app/ssh/remoteshell.h"

#include <QObject>
#include <QPointer>
#include <QTimer>

#include <memory>
#include <utility>

namespace slipway {

struct RemoteAnswer;

/// A program to run detached on a host.
struct JobSpec {
    QString id; ///< the launch token, [a-z0-9][a-z0-9._-]{0,63}: starting it twice starts it once
    QByteArray script;
    QString interpreter; ///< "bash" or "sh", looked up on the host
    QList<std::pair<QByteArray, QByteArray>>
        environment;                 ///< names [A-Za-z_][A-Za-z0-9_]*, values any bytes but NUL
    QString workDir;                 ///< absolute, exists on the host
    qint64 deadlineSeconds = 86'400; ///< then the host ends it, whoever follows it; at least 1
};

enum class JobState {
    Exited,       ///< with a code
    Signalled,    ///< killed by a signal
    Cancelled,    ///< by stop()
    Overdue,      ///< its host ended it at its deadline
    WrapperGone,  ///< its supervisor was killed; how it ended is not known
    HostRebooted, ///< the host started anew while it ran
    Vanished,     ///< its folder on the host is gone, or its streams were cut
    NeverStarted, ///< the host took it and did not start it
};

struct JobResult {
    JobState state = JobState::WrapperGone;
    int exitCode = -1;  ///< with Exited
    QString signalName; ///< with Signalled, "KILL"
    qint64 outBytes = 0;
    qint64 logBytes = 0;
    bool noSpace = false; ///< the host's disk was full when it ended
    QString text;         ///< how it ended, for a person
};

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
    Result<void> takeUp(QIODevice &out, QIODevice &log);
    void start();
    /// Ends the job's process group, TERM then KILL after 10 s, and whatever carries its cookie. finished()
    /// follows.
    void stop();
    /// Tells the job's program that it may end this part of its work, [a-z0-9_]{1,64}, at its next pause.
    /// While the host cannot be reached nothing is told: whoever calls says it again when the program goes
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
    /// Whether what takeUp() was given is what lies on the host. If not, both streams come again from byte 0.
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
    struct Stream {
        qint64 taken = 0;
        Sha256 hash;
    };
    enum class Stage { Idle, Installing, Starting, Comparing, Following, Over };

    void proceed();
    void install();
    void launch();
    void compare();
    void follow();
    void cancel();
    void takeFrame(const JobFrame &frame);
    void takeStream(Stream &stream, const JobFrame &frame, bool isOutput);
    void takeEnd(const QByteArray &text);
    void takeShellState(RemoteShell::State state);
    void connectionLost(const QString &why);
    void followEnded(const CommandResult &result);
    void followLater();
    void over();
    void failOrRetry(const Error &error, const RemoteAnswer &answer, const CommandResult &result);
    void fail(ErrorCode code, const QString &text);

    RemoteShell &m_shell;
    JobSpec m_spec;
    Stage m_stage = Stage::Idle;
    bool m_launched = false; ///< the host confirmed the start
    bool m_held = false;     ///< bytes of an earlier process, not compared yet
    bool m_stopWanted = false;
    bool m_refused = false;
    Stream m_out;
    Stream m_log;
    std::unique_ptr<JobFrameParser> m_parser;
    QPointer<RemoteCommand> m_following;
    QTimer m_reconnect;
    QTimer m_silence;
    int m_attempt = 0;
};

/// Removes the folder of a job that has ended from its host, where the job was run from this shell's login.
RemoteCommand *removeJob(RemoteShell &shell, const QString &id);

} // namespace slipway
