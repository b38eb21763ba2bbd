// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"

#include "app/campaign/campaignplan.h"
#include "app/cli/asking.h"
#include "app/cli/following.h"
#include "app/cli/runplan.h"
#include "app/core/builtinprotocols.h"
#include "app/core/inputfile.h"
#include "app/core/paths.h"
#include "app/fleet/fleetsource.h"

#include <QCommandLineParser>
#include <QEventLoop>

namespace slipway::cli {

namespace {

constexpr int kUsage = 2;
constexpr qint64 kMaxProtocol = 1024LL * 1024; // bytes

constexpr OwnWords kHelp =
    "slipwayctl [--data-dir DIR] run --fleet NAME|FILE|sandbox --id ID [OPTIONS]\n"
    "slipwayctl [--data-dir DIR] run --plan --fleet NAME|FILE|sandbox [OPTIONS]\n\n"
    "Runs a campaign and follows it. Ctrl-C stops it on its hosts.\n\n"
    "  --plan                 run nothing, touch no host: what would run where, with which parameters, how\n"
    "                         long that takes, and what it can prove or why it cannot\n"
    "  --fleet NAME|FILE      a named fleet or a fleet file; \"sandbox\" brings up four on this machine\n"
    "  --id ID                1 to 64 letters, digits, dots, dashes, underscores; must be new\n"
    "  --ref REF              what is being judged, a git ref of the server under test\n"
    "  --protocol FILE        another protocol than the built-in ship-gate\n"
    "  --scripts DIR          the phase1*.sh … phase4*.sh of a folder, unmodified, as in the field\n"
    "  --phases 1,2,3,4       only these; the verdict still wants all\n"
    "  --set NAME=VALUE       a parameter of the protocol; may be repeated\n"
    "  --keep                 a rented fleet is not given back at the end; without it, it is\n"
    "  --take-over            hosts of a campaign that nobody leads any more: ends what it left there\n"
    "  --despite-problems     begin although hosts lack what the campaign needs\n"
    "  --accept-new           pin the keys of hosts that are not known yet\n"
    "  --quiet                no progress, only the result\n"
    "  --json                 the result as JSON on standard output\n\n"
    "Exit code: 0 PROVEN, 1 FAIL, 3 UNPROVEN PASS, 4 evidence missing or invalid, 2 wrong usage. With "
    "--plan:\n"
    "0 it can prove the claim, 3 it cannot, 2 wrong usage.\n";

Result<QList<int>> parsePhases(const QString &text) {
    QList<int> phases;
    for (const QString &word : text.split(QLatin1Char(','))) {
        bool isNumber = false;
        const int number = word.toInt(&isNumber);
        if (!isNumber || (!phases.isEmpty() && number <= phases.constLast()))
            return Error{
                ErrorCode::InvalidInput,
                QStringLiteral("--phases wants ascending numbers such as 1,2,4, not \"%1\"").arg(text)};
        phases.append(number);
    }
    return phases;
}

Result<QMap<QString, QString>> parseSettings(const QStringList &settings) {
    QMap<QString, QString> values;
    for (const QString &setting : settings) {
        const qsizetype equals = setting.indexOf(QLatin1Char('='));
        if (equals < 1)
            return Error{ErrorCode::InvalidInput,
                         QStringLiteral("--set wants NAME=VALUE, not \"%1\"").arg(setting)};
        values.insert(setting.left(equals), setting.mid(equals + 1));
    }
    return values;
}

Result<Protocol> readProtocol(const QString &path) {
    if (path.isEmpty())
        return builtInProtocol(QStringLiteral("ship-gate"));
    const auto bytes = readInput(path, kMaxProtocol);
    if (!bytes)
        return bytes.error();
    return parseProtocol(*bytes, path);
}

// A taken id is told before a sandbox is brought up for nothing.
Result<void> checkIdIsNew(Services &services, const QString &id) {
    Result<void> isNew;
    bool answered = false;
    QEventLoop wait;
    services.loadCampaign(id, [&](const Result<CampaignRecord> &record) {
        if (record)
            isNew = idIsTaken(id);
        else if (record.error().code != ErrorCode::NotFound)
            isNew = record.error();
        answered = true;
        wait.quit();
    });
    if (!answered)
        wait.exec();
    return isNew;
}

} // namespace

int run(const Context &context, const QStringList &arguments) {
    QCommandLineParser parser;
    for (const auto &name : {"fleet", "id", "ref", "protocol", "scripts", "phases", "set"})
        parser.addOption({QLatin1String(name), {}, QStringLiteral("value")});
    addFollowOptions(parser);
    for (const auto &name : {"keep", "take-over", "despite-problems"})
        parser.addOption({QLatin1String(name), {}});
    parser.addOption({QStringLiteral("plan"), {}});
    if (const auto code = parse(parser, QStringLiteral("run"), arguments, kHelp, 0, 0))
        return *code;
    const bool planOnly = parser.isSet(QStringLiteral("plan"));
    for (const auto &name : {QStringLiteral("fleet"), QStringLiteral("id")}) {
        if (parser.value(name).isEmpty() && !(planOnly && name == QLatin1String("id")))
            return failUsage(QStringLiteral("run"), QStringLiteral("--%1 is missing").arg(name));
    }
    LaunchRequest request;
    request.id = parser.value(QStringLiteral("id"));
    request.ref = parser.value(QStringLiteral("ref"));
    request.keepFleet = parser.isSet(QStringLiteral("keep"));
    request.hosts.takeOver = parser.isSet(QStringLiteral("take-over"));
    request.hosts.despiteProblems = parser.isSet(QStringLiteral("despite-problems"));

    const auto settings = parseSettings(parser.values(QStringLiteral("set")));
    if (!settings)
        return failUsage(QStringLiteral("run"), settings.error().text);
    const QString scripts = parser.value(QStringLiteral("scripts"));
    if (!scripts.isEmpty() && parser.isSet(QStringLiteral("protocol")))
        return failUsage(QStringLiteral("run"), QStringLiteral("--scripts has a protocol of its own"));
    const auto protocol = scripts.isEmpty() ? readProtocol(parser.value(QStringLiteral("protocol")))
                                            : builtInProtocol(kFieldProtocol);
    if (!protocol)
        return fail(protocol.error().text, kUsage);
    request.protocol = *protocol;
    if (parser.isSet(QStringLiteral("phases"))) {
        const auto phases = parsePhases(parser.value(QStringLiteral("phases")));
        if (!phases)
            return failUsage(QStringLiteral("run"), phases.error().text);
        request.phases = *phases;
    }
    // Bad settings are told before a sandbox is brought up for nothing.
    if (const auto checked = resolveParameters(request.protocol, {}, *settings); !checked)
        return fail(checked.error().text, kUsage);
    const auto paths = dataPaths(context.dataDir);
    if (!paths)
        return fail(paths.error().text, kUsage);
    Result<std::unique_ptr<Services>> services = std::unique_ptr<Services>();
    if (!planOnly)
        services = Services::open(*paths);
    if (!services)
        return fail(services.error().text, kUsage);
    if (!planOnly) {
        if (const auto isNew = checkIdIsNew(**services, request.id); !isNew)
            return fail(isNew.error().text, kUsage);
    }
    const QString fleetName = parser.value(QStringLiteral("fleet"));
    const auto fleet = planOnly ? lookUpFleet(fleetName, *paths) : openFleet(fleetName, *paths);
    if (!fleet)
        return fail(fleet.error().text, kUsage);
    request.fleet = *fleet;
    const auto parameters = resolveParameters(request.protocol, fleet->parameters, *settings);
    if (!parameters)
        return fail(parameters.error().text, kUsage);
    request.parameters = *parameters;
    if (planOnly) {
        if (!scripts.isEmpty()) {
            const auto field = readFieldScripts(scripts);
            if (!field)
                return fail(field.error().text, kUsage);
            request.field = *field;
        }
        return printPlan(request, *settings, parser.isSet(QStringLiteral("json")));
    }
    const auto launch = [&request](Services &engine, const Begun &begun) {
        engine.launch(request, [begun, id = request.id](const Result<void> &launched) {
            if (launched)
                begun(id);
            else
                begun(launched.error());
        });
    };
    return follow(**services, followOptions(parser), *paths, [&](Services &engine, const Begun &begun) {
        if (scripts.isEmpty()) {
            launch(engine, begun);
            return;
        }
        engine.readScripts(scripts, [&, begun](const Result<FieldScripts> &field) {
            if (!field) {
                begun(field.error());
                return;
            }
            request.field = *field;
            launch(engine, begun);
        });
    });
}

} // namespace slipway::cli
