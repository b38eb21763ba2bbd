// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/result.h"

#include <QByteArray>
#include <QProcessEnvironment>
#include <QStringList>

#include <functional>
#include <optional>

class QProcess;

namespace slipway {

/// A program to be run to its end, without a shell.
struct ProgramCall {
    QString program;
    QStringList arguments;
    int timeoutMs = 10'000;
    QByteArray input{};                               ///< empty: it has nothing to read
    std::optional<QProcessEnvironment> environment{}; ///< nothing: this process's
    QString folder{};                                 ///< it works in; empty: this process's
    QString name{};                                   ///< in errors; empty: the program's
    qsizetype maxOutput = qsizetype{4} * 1024 * 1024; ///< bytes, of both streams together
    bool isTimedBySilence = false;                    ///< the timeout begins anew whenever it says something
    /// A session of its own: what it starts ends with it, and it finds no terminal to ask a person at.
    bool hasSession = false;
    std::function<bool()> isGivenUp{}; ///< asked every 50 ms
};

struct ProgramAnswer {
    int exitCode = -1; ///< -1: a signal ended it
    QByteArray out;
    QByteArray err;
};

/// Runs it and waits for its end; it dies with the thread that calls. Unsupported when it cannot be started,
/// TimedOut, Cancelled when the caller stopped it, InvalidInput when it says too much. Blocks.
Result<ProgramAnswer> runProgram(const ProgramCall &call);

/// What it printed. CommandFailed, with the last line that it said, unless it ended with 0.
Result<QByteArray> programOutput(const ProgramCall &call);

/// Starts a program that outlives this process: a session of its own, no input, output appended to `logFile`,
/// `environment` ("NAME=value") on top of this process's. Returns its process id.
Result<qint64> startDetached(const QString &program, const QStringList &arguments,
                             const QStringList &environment, const QString &logFile);

/// The kernel kills the child when this thread ends, also by kill -9: nothing of an interrupted call stays.
/// `kept`: a descriptor that the child has open too, so that a lock on it lasts until both have ended.
void dieWithThread(QProcess &process, int kept = -1);

/// What was open when this process began, beyond its three streams, is not handed on to the programs that it
/// starts: one that outlives it would hold its starter's locks. Call it before threads begin.
void closeInheritedOnExec();

} // namespace slipway
