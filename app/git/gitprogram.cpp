// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/git/gitprogram.h"

#include "app/core/program.h"
#include "models/core/plaintext.h"

#include <QProcess>
#include <QProcessEnvironment>
#include <QRegularExpression>

#include <algorithm>

namespace slipway {

namespace {

constexpr int kSilenceMs = 10 * 60 * 1000;
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
    environment.insert(QStringLiteral("LC_ALL"), QStringLiteral("C")); // its words are compared
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
    ProgramCall call{QStringLiteral("git"), {}, kSilenceMs};
    call.name = QStringLiteral("git ") + arguments.value(0);
    call.folder = m_folder;
    call.input = input;
    call.environment = gitEnvironment(m_settings);
    for (auto it = m_variables.begin(); it != m_variables.end(); ++it)
        call.environment->insert(it.key(), it.value());
    call.maxOutput = kMaxBytes;
    call.isTimedBySilence = true;
    call.hasSession = true;
    call.isGivenUp = [this] { return m_stop.stop_requested(); };
    call.arguments = alwaysSet();
    if (m_settings) // without, the person's are asked for
        call.arguments << QStringLiteral("-c")
                       << QStringLiteral("core.hooksPath=") + (m_hooks && !m_settings->hooks.isEmpty()
                                                                   ? m_settings->hooks
                                                                   : QProcess::nullDevice());
    call.arguments += arguments;
    const auto answer = runProgram(call);
    if (!answer)
        return answer.error();
    return GitAnswer{answer->exitCode, answer->out, cleaned(answer->err)};
}

} // namespace slipway
