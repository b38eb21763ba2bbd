// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/git/gitprogram.h"

#include "models/core/plaintext.h"

#include <QElapsedTimer>
#include <QProcess>
#include <QProcessEnvironment>
#include <QRegularExpression>

#include <algorithm>
#include <csignal>
#include <sys/prctl.h>
#include <unistd.h>

namespace slipway {

namespace {

constexpr int kSliceMs = 50;
constexpr int kGraceMs = 3000;
constexpr qint64 kSilenceMs = 10LL * 60 * 1000;
constexpr qsizetype kMaxBytes = 64LL * 1024 * 1024;

// Variables of git that say who somebody is and how a repository is reached.
bool isVariableKept(const QString &name) {
    static const QStringList names{QStringLiteral("GIT_SSH"),           QStringLiteral("GIT_SSH_COMMAND"),
                                   QStringLiteral("GIT_SSH_VARIANT"),   QStringLiteral("GIT_ASKPASS"),
                                   QStringLiteral("GIT_PROXY_COMMAND"), QStringLiteral("GIT_ALLOW_PROTOCOL")};
    static const QStringList kinds{QStringLiteral("GIT_AUTHOR_"), QStringLiteral("GIT_COMMITTER_"),
                                   QStringLiteral("GIT_SSL_"), QStringLiteral("GIT_HTTP_")};
    return !name.startsWith(QLatin1String("GIT_")) || names.contains(name) ||
           std::any_of(kinds.begin(), kinds.end(),
                       [&](const QString &kind) { return name.startsWith(kind); });
}

QProcessEnvironment gitEnvironment(const std::optional<GitSettings> &settings) {
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const QString &name : environment.keys()) {
        // Where the person's settings lie; they are read once, and then not looked at again.
        const bool isSetting = name.startsWith(QLatin1String("GIT_CONFIG"));
        if (!isVariableKept(name) && (settings || !isSetting))
            environment.remove(name);
    }
    environment.insert(QStringLiteral("GIT_TERMINAL_PROMPT"), QStringLiteral("0"));
    environment.insert(QStringLiteral("GIT_EDITOR"), QStringLiteral("true"));
    environment.insert(QStringLiteral("GIT_ATTR_NOSYSTEM"), QStringLiteral("1"));
    environment.insert(QStringLiteral("LC_ALL"), QStringLiteral("C")); // its words are told apart
    if (!settings)
        return environment;
    environment.insert(QStringLiteral("GIT_CONFIG_NOSYSTEM"), QStringLiteral("1"));
    environment.insert(QStringLiteral("GIT_CONFIG_GLOBAL"),
                       settings->globalFile.isEmpty() ? QProcess::nullDevice() : settings->globalFile);
    environment.insert(QStringLiteral("GIT_CONFIG_COUNT"), QString::number(settings->kept.size()));
    for (qsizetype i = 0; i < settings->kept.size(); ++i) {
        environment.insert(QStringLiteral("GIT_CONFIG_KEY_%1").arg(i), settings->kept.at(i).first);
        environment.insert(QStringLiteral("GIT_CONFIG_VALUE_%1").arg(i), settings->kept.at(i).second);
    }
    return environment;
}

// Somebody else's tree may hold links that lead out of it; as files they lead nowhere. Evidence keeps its
// line ends, and all of the branch lies in the tree. A collection of garbage would outlive this call.
QStringList alwaysSet() {
    QStringList arguments;
    for (const auto *setting :
         {"core.symlinks=false", "core.autocrlf=false", "core.attributesFile=/dev/null",
          "core.excludesFile=/dev/null", "core.sparseCheckout=false", "index.sparse=false",
          "core.fsmonitor=false", "core.quotePath=false", "color.ui=false", "gc.autoDetach=false"})
        arguments << QStringLiteral("-c") << QString::fromLatin1(setting);
    return arguments;
}

// What git and what speaks through it said, as plain lines.
QString cleaned(const QByteArray &said) {
    static const QRegularExpression colour(QStringLiteral("\x1b\\[[0-9;?]*[ -/]*[@-~]"));
    QStringList lines;
    for (const QString &line : QString::fromUtf8(said).remove(colour).split(QLatin1Char('\n'))) {
        if (!line.startsWith(QLatin1String("hint:")))
            lines << plainText(line.trimmed());
    }
    return withoutCredentials(lines.join(QLatin1Char('\n')).trimmed());
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

GitProgram GitProgram::withHooks() const {
    GitProgram other = *this;
    other.m_hooks = true;
    return other;
}

GitProgram GitProgram::with(const QString &variable, const QString &value) const {
    GitProgram other = *this;
    other.m_variables.insert(variable, value);
    return other;
}

Result<GitAnswer> GitProgram::run(const QStringList &arguments, const QByteArray &input) const {
    const QString what = QStringLiteral("git ") + arguments.value(0);
    QProcess process;
    process.setWorkingDirectory(m_folder);
    QProcessEnvironment environment = gitEnvironment(m_settings);
    for (auto it = m_variables.begin(); it != m_variables.end(); ++it)
        environment.insert(it.key(), it.value());
    process.setProcessEnvironment(environment);
    if (input.isEmpty())
        process.setStandardInputFile(QProcess::nullDevice());
    process.setChildProcessModifier([] {
        ::setsid();
        ::prctl(PR_SET_PDEATHSIG, SIGKILL); // NOLINT(cppcoreguidelines-pro-type-vararg)
    });
    QStringList settings = alwaysSet();
    if (m_settings) // without, the person's are asked for
        settings << QStringLiteral("-c")
                 << QStringLiteral("core.hooksPath=") + (m_hooks && !m_settings->hooks.isEmpty()
                                                             ? m_settings->hooks
                                                             : QProcess::nullDevice());
    process.start(QStringLiteral("git"), settings + arguments);
    if (!process.waitForStarted())
        return Error{ErrorCode::CommandFailed,
                     QStringLiteral("git cannot be started: %1. Install it, or put it into PATH.")
                         .arg(process.errorString())};
    if (!input.isEmpty()) {
        process.write(input);
        process.closeWriteChannel();
    }
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
        if (silent.elapsed() > kSilenceMs || out.size() + said.size() > kMaxBytes) {
            endGroup(process);
            return Error{
                ErrorCode::TimedOut,
                QStringLiteral("%1 gave no answer for 10 minutes, or far too long a one.").arg(what)};
        }
    }
    take();
    const int exitCode = process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1;
    return GitAnswer{exitCode, out, cleaned(said)};
}

} // namespace slipway
