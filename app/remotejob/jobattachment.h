// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/remotejob/jobhelper.h"
#include "app/remotejob/jobstreams.h"

#include <QObject>
#include <QPointer>

namespace slipway {

struct RemoteAnswer;

/// The way of a job, on a shell that is open, to where it can be followed: the helper is put there and
/// verified, then what an earlier process fetched is compared, or the job is started, where neither was done
/// yet. After a lost connection it begins again. On the shell's thread; uses `spec` and `arrived`, which must
/// outlive it.
class JobAttachment : public QObject {
    Q_OBJECT
public:
    JobAttachment(RemoteShell &shell, const JobSpec &spec, JobStreams &arrived);

    /// Before begin(): where any bytes are there, they are an earlier process's. The job is not started then.
    void compareFirst();
    void begin();
    /// What the host answers to what was begun is nobody's any more.
    void abandon() { m_command.clear(); }

Q_SIGNALS:
    void started();
    /// Whether the bytes of the earlier process are what lies on the host. If not, none have arrived.
    void heldCompared(bool same);
    void attached(); ///< it runs, or ran, and can be followed
    void lost(const QString &why);
    void failed(const slipway::Error &error); ///< trying again does not help

private:
    using Ended = std::function<void(const RemoteAnswer &answer, const CommandResult &result)>;
    void await(RemoteCommand *command, Ended ended);
    void launch();
    void compare();
    void end();
    void failOrRetry(const Error &error, const RemoteAnswer &answer, const CommandResult &result);
    void fail(const QString &text);

    RemoteShell &m_shell;
    const JobSpec &m_spec;
    JobStreams &m_arrived;
    JobHelper m_helper;
    bool m_launched = false;           ///< the host confirmed the start
    bool m_held = false;               ///< bytes of an earlier process, not compared yet
    QPointer<RemoteCommand> m_command; ///< whose answer is awaited
};

} // namespace slipway
