// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/campaign/fleetcheck.h"
#include "app/cli/asking.h"
#include "app/cli/commands.h"
#include "app/cli/fleetinventory.h"
#include "app/cli/fleetrental.h"
#include "app/cli/loginanswer.h"
#include "app/cli/tables.h"
#include "app/cli/terminal.h"
#include "app/core/paths.h"
#include "app/core/stopsignal.h"
#include "app/session/fleetsource.h"
#include "app/ssh/sshconfig.h"
#include "app/ssh/sshshell.h"
#include "models/core/countof.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTimer>

#include <functional>

namespace slipway::cli {

namespace {

QJsonDocument healthJson(const QList<HostHealth> &hosts) {
    QJsonArray array;
    for (const HostHealth &health : hosts) {
        QJsonObject object{{QStringLiteral("host"), health.host},
                           {QStringLiteral("ok"), health.problem.isEmpty()}};
        const auto insert = [&object](const QString &name, const std::optional<qint64> &value) {
            object.insert(name, value ? QJsonValue(*value) : QJsonValue());
        };
        insert(QStringLiteral("answer_ms"), health.answerMs);
        insert(QStringLiteral("clock_ms"), health.clockMs);
        insert(QStringLiteral("free_kb"), health.freeKb);
        for (const auto &[name, value] :
             {std::pair{"problem", health.problem}, std::pair{"system", health.system},
              std::pair{"server_version", health.serverVersion},
              std::pair{"server_sha256", health.serverSha256}})
            object.insert(QLatin1String(name), orNull(value));
        array.append(object);
    }
    return QJsonDocument(array);
}

TerminalText healthText(const QList<HostHealth> &hosts) {
    QList<QStringList> rows{{QStringLiteral("HOST"), QStringLiteral("STATE"), QStringLiteral("ANSWER"),
                             QStringLiteral("CLOCK"), QStringLiteral("FREE"), QStringLiteral("SERVER")}};
    TerminalText problems;
    for (const HostHealth &health : hosts) {
        rows << QStringList{
            health.host,        health.problem.isEmpty() ? QStringLiteral("ok") : QStringLiteral("PROBLEM"),
            answerText(health), clockText(health),
            freeText(health),   serverText(health)};
        if (!health.problem.isEmpty())
            problems += lineText(QStringLiteral("%1: %2").arg(health.host, health.problem));
    }
    return tableText(rows) + (problems.isEmpty() ? problems : "\n" + problems);
}

ExitCode check(const Fleet &fleet, SshOptions options, bool acceptNew, bool json) {
    options.prompt = std::make_shared<LoginPrompt>();
    const LoginHandler logins(options.prompt, loginAnswer(acceptNew, &printNote));
    FleetCheck checking(fleet, needsOf(fleet),
                        [options](const Host &host) { return std::make_unique<SshShell>(host, options); });
    QList<HostHealth> hosts;
    QObject::connect(&checking, &FleetCheck::finished, &checking, [&](const QList<HostHealth> &all) {
        hosts = all;
        QCoreApplication::quit();
    });
    bool isStopped = false;
    const StopSignal stop([&isStopped] {
        isStopped = true;
        QCoreApplication::quit();
    });
    QTimer::singleShot(0, &checking, [&] { checking.start(); });
    QCoreApplication::exec();
    if (isStopped)
        return fail(QStringLiteral("Stopped before all hosts had answered."), ExitCode::Stopped);
    print(json ? jsonText(healthJson(hosts)) : healthText(hosts));
    const bool well = std::all_of(hosts.begin(), hosts.end(),
                                  [](const HostHealth &health) { return health.problem.isEmpty(); });
    return well && hosts.size() == fleet.hosts.size() ? ExitCode::Done : ExitCode::No;
}

ExitCode forgetKey(const Fleet &fleet, const QString &name, const QString &pinFile) {
    const Host *host = fleet.find(name);
    if (!host)
        return fail(QStringLiteral("Fleet %1 has no host %2.").arg(fleet.name, name), ExitCode::Usage);
    // A key is pinned to where ssh_config leads.
    const auto target = resolveTarget(*host);
    if (!target)
        return fail(target.error(), ExitCode::NotDone);
    const auto count = HostKeyPins(pinFile).forget(target->host);
    if (!count)
        return fail(count.error(), ExitCode::NotDone);
    print(lineText(QStringLiteral("%1: %2 forgotten").arg(name, countOf(*count, "pinned key"))));
    return ExitCode::Done;
}

ExitCode withFleet(const Context &context, const QCommandLineParser &parser,
                   const std::function<ExitCode(const Fleet &, const Paths &)> &then) {
    const QString name = parser.value(QStringLiteral("fleet"));
    if (name.isEmpty())
        return failUsage(context, QStringLiteral("--fleet is missing"));
    const auto paths = dataPaths(context.dataDir);
    if (!paths)
        return fail(paths.error(), ExitCode::Usage);
    const auto fleet = openFleet(name, *paths);
    return fleet ? then(*fleet, *paths) : fail(fleet.error(), ExitCode::Usage);
}

} // namespace

ExitCode fleetCheck(const Context &context, const QCommandLineParser &parser) {
    return withFleet(context, parser, [&](const Fleet &fleet, const Paths &paths) {
        SshOptions options;
        options.pinFile = paths.pinFile();
        return check(fleet, options, parser.isSet(QStringLiteral("accept-new")),
                     parser.isSet(QStringLiteral("json")));
    });
}

ExitCode fleetForgetKey(const Context &context, const QCommandLineParser &parser) {
    return withFleet(context, parser, [&](const Fleet &fleet, const Paths &paths) {
        return forgetKey(fleet, parser.positionalArguments().constFirst(), paths.pinFile());
    });
}

} // namespace slipway::cli
