// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/fleetssh.h"

#include "app/cli/terminal.h"
#include "app/core/paths.h"
#include "app/sandbox/sandbox.h"
#include "app/session/fleetsource.h"
#include "app/ssh/sshlogin.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>

#include <cerrno>
#include <csignal>
#include <functional>
#include <vector>

#include <unistd.h>

namespace slipway::cli {

namespace {

// A fleet, and how its hosts are logged in on.
struct Logins {
    Paths paths;
    QStringList dataDirWords; ///< that name the data directory, from any folder; none for the usual one
    QString name;             ///< what the fleet was asked for by, from any folder
    Fleet fleet;
};

Result<Logins> findLogins(const Context &context, const QString &name) {
    const auto paths = dataPaths(context.dataDir);
    if (!paths)
        return paths.error();
    if (name == kSandboxFleet) {
        const auto status = Sandbox(*paths).status();
        if (!status)
            return status.error();
        if (status->state != SandboxStatus::State::Up)
            return Error{ErrorCode::NotFound,
                         QStringLiteral("The sandbox is not up; slipwayctl sandbox up brings it up.")};
    }
    const auto fleet = openFleet(name, *paths);
    if (!fleet)
        return fleet.error();
    const bool isDefault = context.dataDir.isEmpty() && qEnvironmentVariableIsEmpty("SLIPWAY_DATA_DIR");
    const QStringList dataDir{QStringLiteral("--data-dir"), QFileInfo(paths->dataDir).absoluteFilePath()};
    const bool isFile = fleet->name != name && QFileInfo::exists(name);
    return Logins{*paths, isDefault ? QStringList() : dataDir,
                  isFile ? QFileInfo(name).absoluteFilePath() : name, *fleet};
}

struct Login {
    SshTarget target;
    HostKeyCheck check;
};

Result<Login> loginOf(const Logins &logins, const Host &host) {
    auto target = resolveTarget(host);
    if (!target)
        return target.error();
    auto check = HostKeyCheck::prepare(target->host, target->trust, HostKeyPins(logins.paths.pinFile()));
    if (!check)
        return Error{check.error().code, QStringLiteral("%1: %2").arg(host.name, check.error().text)};
    return Login{*target, *check};
}

Result<QList<SshOption>> optionsOf(const Logins &logins, const Host &host) {
    const auto login = loginOf(logins, host);
    if (!login)
        return login.error();
    return loginOptions(login->target, login->check,
                        QStringList{QCoreApplication::applicationFilePath(), QStringLiteral("fleet"),
                                    QStringLiteral("known-hosts")} +
                            logins.dataDirWords + QStringList{QStringLiteral("--"), logins.name, host.name});
}

// The fleet and the host that "FLEET HOST" names, for `then`.
ExitCode withHost(const Context &context, const QStringList &arguments,
                  const std::function<ExitCode(const Logins &, const Host &)> &then) {
    const auto logins = findLogins(context, arguments.at(0));
    if (!logins)
        return fail(logins.error(), ExitCode::NotDone);
    const Host *host = logins->fleet.find(arguments.at(1));
    if (!host)
        return fail(QStringLiteral("Fleet %1 has no host %2.").arg(logins->fleet.name, arguments.at(1)),
                    ExitCode::Usage);
    return then(*logins, *host);
}

QString aliasOf(const Fleet &fleet, const Host &host) {
    return fleet.name + QLatin1Char('-') + host.name;
}

// Answers only where ssh could not be started.
ExitCode becomeSsh(const QStringList &words) {
    std::vector<QByteArray> bytes;
    for (const QString &word : words)
        bytes.push_back(QFile::encodeName(word));
    std::vector<char *> pointers;
    for (QByteArray &word : bytes)
        pointers.push_back(word.data());
    pointers.push_back(nullptr);
    (void)std::signal(SIGPIPE, SIG_DFL); // ignored here, and a program that is become keeps that
    execvp(pointers.front(), pointers.data());
    return fail(QStringLiteral("%1 cannot be started: %2").arg(words.constFirst(), qt_error_string(errno)),
                ExitCode::NotDone);
}

} // namespace

ExitCode fleetSsh(const Context &context, const QCommandLineParser &parser) {
    const QStringList arguments = parser.positionalArguments();
    return withHost(context, arguments, [&](const Logins &logins, const Host &host) {
        const auto options = optionsOf(logins, host);
        if (!options)
            return fail(options.error(), ExitCode::NotDone);
        QStringList words{QStringLiteral("ssh"), QStringLiteral("-F"), QStringLiteral("none")};
        for (const SshOption &option : *options)
            words << QStringLiteral("-o") << option.name + QLatin1Char('=') + option.value;
        // ssh looks for options behind the host too, unless these dashes stand before it.
        return becomeSsh(words << QStringLiteral("--") << aliasOf(logins.fleet, host) << arguments.mid(2));
    });
}

ExitCode fleetSshConfig(const Context &context, const QCommandLineParser &parser) {
    const auto logins = findLogins(context, parser.positionalArguments().constFirst());
    if (!logins)
        return fail(logins.error(), ExitCode::NotDone);
    TerminalText text;
    for (const Host &host : logins->fleet.hosts) {
        const auto options = optionsOf(*logins, host);
        if (!options)
            return fail(options.error(), ExitCode::NotDone);
        text += lineText(QStringLiteral("Host ") + aliasOf(logins->fleet, host));
        for (const SshOption &option : *options)
            text += lineText(QStringLiteral("    %1 %2").arg(option.name, option.value));
    }
    print(text);
    return ExitCode::Done;
}

ExitCode fleetKnownHosts(const Context &context, const QCommandLineParser &parser) {
    return withHost(context, parser.positionalArguments(), [](const Logins &logins, const Host &host) {
        const auto login = loginOf(logins, host);
        if (!login)
            return fail(login.error(), ExitCode::NotDone);
        print(fileText(login->check.pinnedHostLines().trimmed()));
        return ExitCode::Done;
    });
}

} // namespace slipway::cli
