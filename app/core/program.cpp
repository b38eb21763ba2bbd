// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/core/program.h"

#include "app/core/events.h"

#include <QElapsedTimer>
#include <QProcess>

#include <csignal>
#include <fcntl.h>
#include <linux/close_range.h>
#include <sys/prctl.h>
#include <unistd.h>

namespace slipway {

namespace {

constexpr int kSliceMs = 50;
constexpr int kGraceMs = 3000;

// In the child, before it becomes the program. The kernel sends nothing for a parent that died before it was
// asked to: such a child has another parent by then.
void dieWith(pid_t parent) {
    ::prctl(PR_SET_PDEATHSIG, SIGKILL); // NOLINT(cppcoreguidelines-pro-type-vararg)
    if (::getppid() != parent)
        ::raise(SIGKILL);
}

// With a session: the whole group, the program and the helpers that it waits for.
void end(QProcess &process, bool hasSession) {
    const auto group = static_cast<pid_t>(process.processId());
    if (hasSession && group > 0) {
        ::kill(-group, SIGTERM);
        if (process.waitForFinished(kGraceMs))
            return;
        ::kill(-group, SIGKILL);
    } else {
        process.kill();
    }
    process.waitForFinished();
}

} // namespace

void dieWithThread(QProcess &process, int kept) {
    process.setChildProcessModifier([parent = ::getpid(), kept] {
        dieWith(parent);
        if (kept >= 0)
            ::fcntl(kept, F_SETFD, 0); // NOLINT(cppcoreguidelines-pro-type-vararg)
    });
}

void closeInheritedOnExec() {
    ::close_range(STDERR_FILENO + 1, ~0U, CLOSE_RANGE_CLOEXEC);
}

Result<ProgramAnswer> runProgram(const ProgramCall &call) {
    const QString name = call.name.isEmpty() ? call.program : call.name;
    QProcess process;
    if (call.hasSession)
        process.setChildProcessModifier([parent = ::getpid()] {
            ::setsid();
            dieWith(parent);
        });
    else
        dieWithThread(process);
    if (call.environment)
        process.setProcessEnvironment(*call.environment);
    process.setWorkingDirectory(call.folder);
    if (call.input.isEmpty())
        process.setStandardInputFile(QProcess::nullDevice());
    QElapsedTimer sinceStart;
    sinceStart.start();
    process.start(call.program, call.arguments);
    if (!process.waitForStarted())
        return Error{ErrorCode::Unsupported,
                     QStringLiteral("%1 cannot be started: %2. Install it, or put it into PATH.")
                         .arg(call.program, process.errorString())};
    if (!call.input.isEmpty()) {
        process.write(call.input);
        process.closeWriteChannel();
    }
    ProgramAnswer answer;
    const auto failed = [&](ErrorCode code, const QString &why) {
        end(process, call.hasSession);
        qCDebug(programEvents).noquote() << name << why;
        return Error{code, QStringLiteral("%1 %2.").arg(name, why)};
    };
    QElapsedTimer clock;
    clock.start();
    for (bool runs = true; runs;) {
        runs = !process.waitForFinished(kSliceMs) && process.state() != QProcess::NotRunning;
        const qsizetype before = answer.out.size() + answer.err.size();
        answer.out += process.readAllStandardOutput();
        answer.err += process.readAllStandardError();
        const qsizetype after = answer.out.size() + answer.err.size();
        if (after > before && call.isTimedBySilence)
            clock.restart();
        if (after > call.maxOutput)
            return failed(ErrorCode::InvalidInput, QStringLiteral("answers with more than %1 MiB")
                                                       .arg(call.maxOutput / (qsizetype{1024} * 1024)));
        if (runs && call.isGivenUp && call.isGivenUp())
            return failed(ErrorCode::Cancelled, QStringLiteral("was stopped"));
        if (runs && clock.hasExpired(call.timeoutMs))
            return failed(ErrorCode::TimedOut,
                          QStringLiteral("gave no answer for %1 s").arg(call.timeoutMs / 1000));
    }
    answer.exitCode = process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1;
    qCDebug(programEvents).noquote() << QStringLiteral("%1 ended with %2 after %3 ms")
                                            .arg(name)
                                            .arg(answer.exitCode)
                                            .arg(sinceStart.elapsed());
    return answer;
}

Result<QByteArray> programOutput(const ProgramCall &call) {
    const auto answer = runProgram(call);
    if (!answer)
        return answer.error();
    if (answer->exitCode == 0)
        return answer->out;
    const QByteArray said = answer->err.trimmed();
    return Error{ErrorCode::CommandFailed, QStringLiteral("%1 ended with %2: %3")
                                               .arg(call.name.isEmpty() ? call.program : call.name)
                                               .arg(answer->exitCode)
                                               .arg(QString::fromUtf8(said.mid(said.lastIndexOf('\n') + 1)))};
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
