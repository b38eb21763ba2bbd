// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

namespace slipway {

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

/// How a job ended, as `follow` of the helper program says it (README.md, "Z"). What is not understood is
/// JobState::WrapperGone. `isStopped`: its end was asked for.
[[nodiscard]] JobResult readJobResult(const QByteArray &end, bool isStopped);

} // namespace slipway
