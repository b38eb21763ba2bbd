// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sandbox/sandboxprogram.h"

#include <QProcess>

#include <csignal>
#include <sys/prctl.h>

namespace slipway {

void dieWithParent(QProcess &process) {
    process.setChildProcessModifier([] { prctl(PR_SET_PDEATHSIG, SIGKILL); });
}

Result<QByteArray> runProgram(const QString &program, const QStringList &arguments, int timeoutMs) {
    QProcess process;
    process.setStandardInputFile(QProcess::nullDevice());
    dieWithParent(process);
    process.start(program, arguments);
    if (!process.waitForStarted()) {
        return Error{ErrorCode::CommandFailed,
                     QStringLiteral("%1 cannot be started: %2").arg(program, process.errorString())};
    }
    if (!process.waitForFinished(timeoutMs)) {
        process.kill();
        process.waitForFinished();
        return Error{ErrorCode::TimedOut,
                     QStringLiteral("%1 gave no answer for %2 s.").arg(program).arg(timeoutMs / 1000)};
    }
    if (process.exitStatus() != QProcess::NormalExit || process.exitCode() != 0) {
        const QByteArray said = process.readAllStandardError().trimmed();
        return Error{ErrorCode::CommandFailed,
                     QStringLiteral("%1 ended with %2: %3")
                         .arg(program)
                         .arg(process.exitCode())
                         .arg(QString::fromUtf8(said.mid(said.lastIndexOf('\n') + 1)))};
    }
    return process.readAllStandardOutput();
}

Result<qint64> startDetached(const QString &program, const QStringList &arguments,
                             const QStringList &environment, const QString &logFile) {
    QProcess process;
    process.setProgram(program);
    process.setArguments(arguments);
    process.setEnvironment(QProcess::systemEnvironment() + environment);
    process.setStandardInputFile(QProcess::nullDevice());
    process.setStandardOutputFile(logFile, QIODevice::Append);
    process.setStandardErrorFile(logFile, QIODevice::Append);
    qint64 pid = 0;
    if (!process.startDetached(&pid)) {
        return Error{ErrorCode::CommandFailed,
                     QStringLiteral("%1 cannot be started: %2").arg(program, process.errorString())};
    }
    return pid;
}

} // namespace slipway
