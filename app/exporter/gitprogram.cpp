// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/exporter/gitprogram.h"

#include <QElapsedTimer>
#include <QProcess>
#include <QProcessEnvironment>
#include <QRegularExpression>

#include <csignal>
#include <sys/prctl.h>
#include <unistd.h>

namespace slipway {

namespace {

constexpr int kSliceMs = 50;
constexpr int kGraceMs = 3000;
constexpr qint64 kSilenceMs = 10LL * 60 * 1000;
constexpr qsizetype kMostBytes = 64LL * 1024 * 1024;

QProcessEnvironment gitEnvironment() {
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    // When a hook of git started this program, these point git at the repository of that hook.
    for (const auto *name : {"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_COMMON_DIR",
                             "GIT_OBJECT_DIRECTORY", "GIT_NAMESPACE"})
        environment.remove(QString::fromLatin1(name));
    environment.insert(QStringLiteral("GIT_TERMINAL_PROMPT"), QStringLiteral("0"));
    environment.insert(QStringLiteral("GIT_EDITOR"), QStringLiteral("true"));
    environment.insert(QStringLiteral("LC_ALL"), QStringLiteral("C")); // its words are told apart
    return environment;
}

// The whole group: git, and the ssh, hooks and helpers that it waits for.
void endGroup(QProcess &process) {
    const auto group = static_cast<pid_t>(process.processId());
    if (group <= 0)
        return;
    ::kill(-group, SIGTERM);
    if (!process.waitForFinished(kGraceMs)) {
        ::kill(-group, SIGKILL);
        process.waitForFinished();
    }
}

} // namespace

QString withoutCredentials(const QString &text) {
    static const QRegularExpression userInfo(QStringLiteral("([A-Za-z][A-Za-z0-9+.-]*://)[^/\\s'\"<>]*@"));
    return QString(text).replace(userInfo, QStringLiteral("\\1***@"));
}

Result<GitAnswer> GitProgram::run(const QStringList &arguments) const {
    const QString what = QStringLiteral("git ") + arguments.value(0);
    QProcess process;
    process.setWorkingDirectory(m_folder);
    process.setProcessEnvironment(gitEnvironment());
    process.setStandardInputFile(QProcess::nullDevice());
    process.setChildProcessModifier([] {
        ::setsid();
        ::prctl(PR_SET_PDEATHSIG, SIGKILL); // NOLINT(cppcoreguidelines-pro-type-vararg)
    });
    // Somebody else's tree may hold links that lead out of it; as files they lead nowhere. Evidence keeps its
    // line ends. A collection of garbage would outlive this call.
    process.start(QStringLiteral("git"),
                  QStringList{QStringLiteral("-c"), QStringLiteral("core.symlinks=false"),
                              QStringLiteral("-c"), QStringLiteral("core.autocrlf=false"),
                              QStringLiteral("-c"), QStringLiteral("gc.autoDetach=false")} +
                      arguments);
    if (!process.waitForStarted())
        return Error{ErrorCode::CommandFailed,
                     QStringLiteral("git cannot be started: %1. Install it, or put it into PATH.")
                         .arg(process.errorString())};
    QByteArray out;
    QByteArray said;
    QElapsedTimer silent;
    silent.start();
    const auto take = [&] {
        const QByteArray newOut = process.readAllStandardOutput();
        const QByteArray newSaid = process.readAllStandardError();
        if (!newOut.isEmpty() || !newSaid.isEmpty())
            silent.restart();
        out += newOut;
        said += newSaid;
    };
    while (!process.waitForFinished(kSliceMs) && process.state() != QProcess::NotRunning) {
        take();
        if (m_stop.stop_requested()) {
            endGroup(process);
            return Error{ErrorCode::Cancelled, QStringLiteral("%1 was stopped.").arg(what)};
        }
        if (silent.elapsed() > kSilenceMs || out.size() + said.size() > kMostBytes) {
            endGroup(process);
            return Error{
                ErrorCode::TimedOut,
                QStringLiteral("%1 gave no answer for 10 minutes, or far too long a one.").arg(what)};
        }
    }
    take();
    const int exitCode = process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1;
    return GitAnswer{exitCode, out, withoutCredentials(QString::fromUtf8(said).trimmed())};
}

} // namespace slipway
