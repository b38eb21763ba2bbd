// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/result.h"

#include <QByteArray>
#include <QStringList>

class QProcess;

namespace slipway {

/// The kernel kills the child when this thread ends, also by kill -9: nothing of an interrupted call stays.
void dieWithParent(QProcess &process);

/// Runs a program to its end, without a shell, and returns its standard output. Blocks, `timeoutMs` at most.
/// The error (CommandFailed, TimedOut) names the program and the last thing it said.
Result<QByteArray> runProgram(const QString &program, const QStringList &arguments, int timeoutMs);

/// Starts a program that outlives this process: a session of its own, no input, output appended to `logFile`,
/// `environment` ("NAME=value") on top of this process's. Returns its process id.
Result<qint64> startDetached(const QString &program, const QStringList &arguments,
                             const QStringList &environment, const QString &logFile);

} // namespace slipway
