// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/result.h"

#include <QByteArray>
#include <QObject>

namespace slipway {

/// How a remote command ended. Only Exited and Signalled are facts about the command; every other end says
/// nothing about what runs on the host.
struct CommandResult {
    enum class End { Exited, Signalled, ConnectionLost, TimedOut, Abandoned, FailedToStart };

    End end = End::ConnectionLost;
    int exitCode = -1;  ///< with Exited
    QString signalName; ///< with Signalled, "KILL"
    Error error;        ///< with the other ends
};

/// One command on one channel. Lives on the thread of its RemoteShell, which owns it until finished() was
/// emitted; after that it deletes itself. Signals: started at most once, then output and error output in
/// batches, then finished exactly once, in every case.
class RemoteCommand : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    /// Queues bytes for the command's standard input, 16 MiB in total at most.
    virtual void write(const QByteArray &bytes) = 0;
    virtual void closeInput() = 0;

    /// Closes the channel. Does not end the remote process.
    virtual void abandon() = 0;

    /// Output stops being read while paused (back-pressure reaches the host).
    virtual void setPaused(bool paused) = 0;

Q_SIGNALS:
    void started();
    void outputArrived(const QByteArray &bytes);
    void errorOutputArrived(const QByteArray &bytes);
    void finished(const slipway::CommandResult &result);
};

} // namespace slipway
