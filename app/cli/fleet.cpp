// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/campaign/fleetcheck.h"
#include "app/cli/asking.h"
#include "app/cli/commands.h"
#include "app/cli/fleetinventory.h"
#include "app/cli/fleetrental.h"
#include "app/cli/tables.h"
#include "app/cli/terminal.h"
#include "app/core/paths.h"
#include "app/core/stopsignal.h"
#include "app/fleet/fleetsource.h"
#include "app/ssh/sshshell.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTimer>

namespace slipway::cli {

namespace {

constexpr int kFailed = 1;
constexpr int kUsage = 2;

constexpr OwnWords kHelp =
    "slipwayctl [--data-dir DIR] fleet import PATH [--format FORMAT] [--name NAME] [--dry-run] [--json]\n"
    "slipwayctl [--data-dir DIR] fleet list [--json]\n"
    "slipwayctl [--data-dir DIR] fleet show|rename|remove|undo NAME [OPTIONS]\n"
    "slipwayctl [--data-dir DIR] fleet check --fleet NAME|FILE|sandbox [--accept-new] [--json]\n"
    "slipwayctl [--data-dir DIR] fleet forget-key HOST --fleet NAME|FILE\n"
    "slipwayctl [--data-dir DIR] fleet create|prepare|destroy NAME [OPTIONS]\n"
    "slipwayctl [--data-dir DIR] fleet sweep|cost|token|api [OPTIONS]\n\n"
    "import, list, show, rename, remove and undo keep named fleets; each has a --help of its own.\n"
    "create, prepare and destroy rent droplets, sweep finds forgotten ones: fleet create --help tells the "
    "rest.\n"
    "check asks all hosts at the same time for what a campaign of all phases needs: reached, clock, home and "
    "work\n"
    "folder with room, programs, free ports, PostgreSQL, the server under test and whether all have the same "
    "one.\n"
    "forget-key removes the pinned host keys of one host, on purpose: after it was set up anew.\n\n"
    "  --accept-new   pin the keys of hosts that are not known yet\n"
    "  --json         an array of objects on standard output; null is what was not measured\n\n"
    "Exit code: 0 all is well, 1 a host has a problem, 2 wrong usage.\n";

using Verb = int (*)(const Context &, const QStringList &);
constexpr std::pair<const char *, Verb> kVerbs[] = {
    {"import", fleetImport},   {"list", fleetList},   {"show", fleetShow},     {"rename", fleetRename},
    {"remove", fleetRemove},   {"undo", fleetUndo},   {"create", fleetCreate}, {"prepare", fleetPrepare},
    {"destroy", fleetDestroy}, {"sweep", fleetSweep}, {"cost", fleetCost},     {"token", fleetToken},
    {"api", fleetApi}};

QJsonDocument healthJson(const QList<HostHealth> &hosts) {
    QJsonArray array;
    for (const HostHealth &health : hosts) {
        QJsonObject object{{QStringLiteral("host"), health.host},
                           {QStringLiteral("ok"), health.problem.isEmpty()}};
        if (!health.problem.isEmpty())
            object.insert(QStringLiteral("problem"), health.problem);
        const auto insert = [&object](const QString &name, const std::optional<qint64> &value) {
            object.insert(name, value ? QJsonValue(*value) : QJsonValue());
        };
        insert(QStringLiteral("answer_ms"), health.answerMs);
        insert(QStringLiteral("clock_ms"), health.clockMs);
        insert(QStringLiteral("free_kb"), health.freeKb);
        for (const auto &[name, value] :
             {std::pair{"system", health.system}, std::pair{"server_version", health.serverVersion},
              std::pair{"server_sha256", health.serverSha256}})
            object.insert(QLatin1String(name), value.isEmpty() ? QJsonValue() : QJsonValue(value));
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

int check(const Fleet &fleet, const SshOptions &options, bool acceptNew, bool json) {
    FleetCheck checking(fleet, needsOf(fleet),
                        [options](const Host &host) { return std::make_unique<SshShell>(host, options); });
    QObject::connect(
        &checking, &FleetCheck::hostKeyUnknown, &checking,
        [&, acceptNew](const QString &host, const HostKey &key) {
            fail(acceptNew
                     ? QStringLiteral("%1: pinning its %2 key %3").arg(host, key.type, key.fingerprint)
                     : QStringLiteral("%1 shows a %2 key that is not known: %3. Check it, then run again "
                                      "with --accept-new.")
                           .arg(host, key.type, key.fingerprint),
                 0);
            checking.answerHostKey(host, acceptNew);
        });
    QObject::connect(&checking, &FleetCheck::passphraseRequested, &checking,
                     [&](const QString &host, const QString &file, bool again) {
                         checking.answerPassphrase(host, askPassphrase(host, file, again));
                     });
    QList<HostHealth> hosts;
    QObject::connect(&checking, &FleetCheck::finished, &checking, [&](const QList<HostHealth> &all) {
        hosts = all;
        QCoreApplication::quit();
    });
    const StopSignal stop([] { QCoreApplication::quit(); });
    QTimer::singleShot(0, &checking, [&] { checking.start(); });
    QCoreApplication::exec();
    print(json ? jsonText(healthJson(hosts)) : healthText(hosts));
    const bool well = std::all_of(hosts.begin(), hosts.end(),
                                  [](const HostHealth &health) { return health.problem.isEmpty(); });
    return well && hosts.size() == fleet.hosts.size() ? 0 : kFailed;
}

int forgetKey(const Fleet &fleet, const QString &name, const QString &pinFile) {
    const Host *host = fleet.find(name);
    if (!host)
        return fail(QStringLiteral("Fleet %1 has no host %2.").arg(fleet.name, name), kUsage);
    const auto count = HostKeyPins(pinFile).forget(*host);
    if (!count)
        return fail(count.error().text, kFailed);
    print(lineText(QStringLiteral("%1: %2 pinned keys forgotten").arg(name).arg(*count)));
    return 0;
}

} // namespace

int fleet(const Context &context, const QStringList &arguments) {
    for (const auto &[word, verb] : kVerbs) {
        if (arguments.value(0) == QLatin1String(word))
            return verb(context, arguments.mid(1));
    }
    QCommandLineParser parser;
    parser.addOption({QStringLiteral("fleet"), {}, QStringLiteral("value")});
    for (const auto &name : {"accept-new", "json"})
        parser.addOption({QLatin1String(name), {}});
    if (const auto code = parse(parser, QStringLiteral("fleet"), arguments, kHelp, 1, 2))
        return *code;
    const QStringList words = parser.positionalArguments();
    const bool checks = words == QStringList{QStringLiteral("check")};
    const bool forgets = words.size() == 2 && words.constFirst() == QLatin1String("forget-key");
    if (!checks && !forgets)
        return failUsage(QStringLiteral("fleet"),
                         QStringLiteral("\"%1\" is none of import, list, show, rename, remove, undo, create, "
                                        "prepare, destroy, sweep, "
                                        "cost, token, api, check, forget-key HOST")
                             .arg(words.join(QLatin1Char(' '))));
    if (parser.value(QStringLiteral("fleet")).isEmpty())
        return failUsage(QStringLiteral("fleet"), QStringLiteral("--fleet is missing"));
    const auto paths = dataPaths(context.dataDir);
    if (!paths)
        return fail(paths.error().text, kUsage);
    const auto fleet = openFleet(parser.value(QStringLiteral("fleet")), *paths);
    if (!fleet)
        return fail(fleet.error().text, kUsage);
    if (forgets)
        return forgetKey(*fleet, words.at(1), paths->pinFile());
    SshOptions options;
    options.pinFile = paths->pinFile();
    return check(*fleet, options, parser.isSet(QStringLiteral("accept-new")),
                 parser.isSet(QStringLiteral("json")));
}

} // namespace slipway::cli
