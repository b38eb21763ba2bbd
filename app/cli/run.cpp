// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"

#include "app/campaign/campaignplan.h"
#include "app/cli/asking.h"
#include "app/cli/following.h"
#include "app/cli/runplan.h"
#include "app/core/builtinprotocols.h"
#include "app/core/inputfile.h"
#include "app/core/paths.h"
#include "app/session/campaigncontroller.h"
#include "app/session/campaignqueries.h"
#include "app/session/fleetsource.h"
#include "app/session/launchinputs.h"
#include "app/session/session.h"
#include "models/evidence/campaignid.h"

#include <QCommandLineParser>
#include <QEventLoop>

namespace slipway::cli {

namespace {

constexpr qint64 kMaxProtocol = 1024LL * 1024; // bytes

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
Result<void> checkIdIsNew(const CampaignQueries &queries, const QString &id) {
    Result<void> isNew;
    bool answered = false;
    QEventLoop wait;
    queries.load(id, [&](const Result<CampaignRecord> &record) {
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

ExitCode run(const Context &context, const QCommandLineParser &parser) {
    const bool planOnly = parser.isSet(QStringLiteral("plan"));
    for (const auto &name : {QStringLiteral("fleet"), QStringLiteral("id")}) {
        if (parser.value(name).isEmpty() && !(planOnly && name == QLatin1String("id")))
            return failUsage(context, QStringLiteral("--%1 is missing").arg(name));
    }
    const auto options = followOptions(parser);
    if (!options)
        return fail(options.error(), ExitCode::Usage);
    LaunchRequest request;
    request.id = parser.value(QStringLiteral("id"));
    if (const QString problem = campaignIdProblem(request.id); !request.id.isEmpty() && !problem.isEmpty())
        return failUsage(context, QStringLiteral("--id: \"%1\" %2").arg(request.id, problem));
    request.ref = parser.value(QStringLiteral("ref"));
    request.keepFleet = parser.isSet(QStringLiteral("keep"));
    request.hosts.takeOver = parser.isSet(QStringLiteral("take-over"));
    request.hosts.despiteProblems = parser.isSet(QStringLiteral("despite-problems"));

    const auto settings = parseSettings(parser.values(QStringLiteral("set")));
    if (!settings)
        return failUsage(context, settings.error().text);
    const QString scripts = parser.value(QStringLiteral("scripts"));
    if (!scripts.isEmpty() && parser.isSet(QStringLiteral("protocol")))
        return failUsage(context, QStringLiteral("--scripts has a protocol of its own"));
    const auto protocol = scripts.isEmpty() ? readProtocol(parser.value(QStringLiteral("protocol")))
                                            : builtInProtocol(kFieldProtocol);
    if (!protocol)
        return fail(protocol.error(), ExitCode::Usage);
    request.protocol = *protocol;
    if (parser.isSet(QStringLiteral("phases"))) {
        const auto phases = parsePhases(parser.value(QStringLiteral("phases")));
        if (!phases)
            return failUsage(context, phases.error().text);
        request.phases = *phases;
    }
    // Bad settings are told before a sandbox is brought up for nothing.
    if (const auto checked = resolveParameters(request.protocol, {}, *settings); !checked)
        return fail(checked.error(), ExitCode::Usage);
    const auto paths = dataPaths(context.dataDir);
    if (!paths)
        return fail(paths.error(), ExitCode::Usage);
    Result<std::unique_ptr<Session>> session = std::unique_ptr<Session>();
    if (!planOnly)
        session = Session::open(*paths);
    if (!session)
        return fail(session.error(), ExitCode::Usage);
    if (!planOnly) {
        if (const auto isNew = checkIdIsNew((*session)->queries(), request.id); !isNew)
            return fail(isNew.error(), ExitCode::Usage);
    }
    const QString fleetName = parser.value(QStringLiteral("fleet"));
    const auto fleet = planOnly ? lookUpFleet(fleetName, *paths) : openFleet(fleetName, *paths);
    if (!fleet)
        return fail(fleet.error(), ExitCode::Usage);
    request.fleet = *fleet;
    const auto parameters = resolveParameters(request.protocol, fleet->parameters, *settings);
    if (!parameters)
        return fail(parameters.error(), ExitCode::Usage);
    request.parameters = *parameters;
    if (planOnly) {
        if (!scripts.isEmpty()) {
            const auto field = readFieldScripts(scripts);
            if (!field)
                return fail(field.error(), ExitCode::Usage);
            request.field = *field;
        }
        return printPlan(request, *settings, parser.isSet(QStringLiteral("json")));
    }
    const auto launch = [&](const Begun &begun) {
        (*session)->campaigns().launch(request, [begun, id = request.id](const Result<void> &launched) {
            if (launched)
                begun(id);
            else
                begun(launched.error());
        });
    };
    return follow(**session, *options, *paths, [&](const Begun &begun) {
        if (scripts.isEmpty()) {
            launch(begun);
            return;
        }
        (*session)->launchInputs().readScripts(scripts, [&, begun](const Result<FieldScripts> &field) {
            if (!field) {
                begun(field.error());
                return;
            }
            request.field = *field;
            launch(begun);
        });
    });
}

} // namespace slipway::cli
