// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/remotejob/remotejob.h"
#include "app/ssh/sshshell.h"
#include "models/fleet/fleet.h"

#include <QByteArray>
#include <QString>

#include <memory>
#include <optional>

namespace slipway::test {

/// A job of 350 numbered lines on each stream in about five seconds, so that a fault hits it in the middle.
/// It exits with 7 and leaves a line in `runs` each time it is run.
[[nodiscard]] JobSpec numberedJob(const QString &id);
[[nodiscard]] QByteArray numberedOutput();
[[nodiscard]] QByteArray numberedLog();

/// A job on a connection of its own, and all that came of it.
struct WatchedJob {
    WatchedJob(const Host &host, const JobSpec &spec);
    ~WatchedJob();
    WatchedJob(const WatchedJob &) = delete;
    WatchedJob &operator=(const WatchedJob &) = delete;
    WatchedJob(WatchedJob &&) = delete;
    WatchedJob &operator=(WatchedJob &&) = delete;

    [[nodiscard]] bool waitForOutput(qsizetype bytes); ///< false when it ended before
    [[nodiscard]] bool waitForEnd();
    /// Nothing lost, nothing doubled, and the end is the job's own; empty, or what is wrong.
    [[nodiscard]] QString notAsIfNothingHadBeen() const;

    std::unique_ptr<RemoteShell> shell;
    std::unique_ptr<RemoteJob> job;
    QByteArray out;
    QByteArray log;
    bool contiguous = true;
    int ends = 0;
    QString trouble; ///< the last thing that was reported of the connection
    std::optional<JobResult> result;
    std::optional<Error> error;
};

/// Runs a program text on the host 0.7 s from now, detached from the connection that carries it, since faults
/// cut that.
[[nodiscard]] bool inject(const Host &host, const QString &program);
/// The same, waiting for its end; its output.
QByteArray onHost(const Host &host, const QString &program);

/// For a program text: drops what `chains` ("input", "output" or both) see for so long, then heals.
[[nodiscard]] QString dropping(const QStringList &chains, double seconds, const QString &verdict = {});

} // namespace slipway::test
