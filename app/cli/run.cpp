// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"

#include "app/cli/following.h"
#include "app/cli/runplan.h"
#include "app/core/paths.h"
#include "app/session/campaignlauncher.h"
#include "app/session/fleetsource.h"
#include "app/session/session.h"
#include "models/evidence/campaignid.h"

#include <QCommandLineParser>

namespace slipway::cli {

namespace {

/// The options of `run` as a choice.
Result<LaunchChoice> choiceOf(const QCommandLineParser &parser) {
    LaunchChoice choice;
    choice.fleet = parser.value(QStringLiteral("fleet"));
    choice.scripts = parser.value(QStringLiteral("scripts"));
    choice.protocol = parser.value(QStringLiteral("protocol"));
    choice.id = parser.value(QStringLiteral("id"));
    choice.ref = parser.value(QStringLiteral("ref"));
    choice.keepFleet = parser.isSet(QStringLiteral("keep"));
    choice.hosts.takeOver = parser.isSet(QStringLiteral("take-over"));
    choice.hosts.despiteProblems = parser.isSet(QStringLiteral("despite-problems"));
    if (const QString problem = campaignIdProblem(choice.id); !choice.id.isEmpty() && !problem.isEmpty())
        return Error{ErrorCode::InvalidInput, QStringLiteral("--id: \"%1\" %2").arg(choice.id, problem)};
    const auto settings = parseSettings(parser.values(QStringLiteral("set")));
    if (!settings)
        return settings.error();
    choice.settings = *settings;
    if (!choice.scripts.isEmpty() && parser.isSet(QStringLiteral("protocol")))
        return Error{ErrorCode::InvalidInput, QStringLiteral("--scripts has a protocol of its own")};
    if (parser.isSet(QStringLiteral("phases"))) {
        const auto phases = parsePhases(parser.value(QStringLiteral("phases")));
        if (!phases)
            return phases.error();
        choice.phases = *phases;
    }
    return choice;
}

// Looks up what the choice names and begins nothing.
ExitCode showPlan(const LaunchChoice &choice, const Paths &paths, bool json) {
    const auto programs = readPrograms(choice);
    if (!programs)
        return fail(programs.error(), ExitCode::Usage);
    const auto fleet = lookUpFleet(choice.fleet, paths);
    if (!fleet)
        return fail(fleet.error(), ExitCode::Usage);
    const auto request = launchRequest(choice, *programs, *fleet);
    return request ? printPlan(*request, json) : fail(request.error(), ExitCode::Usage);
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
    const auto choice = choiceOf(parser);
    if (!choice)
        return failUsage(context, choice.error().text);
    const auto paths = dataPaths(context.dataDir);
    if (!paths)
        return fail(paths.error(), ExitCode::Usage);
    if (planOnly)
        return showPlan(*choice, *paths, parser.isSet(QStringLiteral("json")));
    const auto session = Session::open(*paths);
    if (!session)
        return fail(session.error(), ExitCode::Usage);
    return follow(**session, *options, *paths, [&](const Begun &begun) {
        (*session)->launcher().launch(*choice, [begun, id = choice->id](const Result<void> &launched) {
            if (launched)
                begun(id);
            else
                begun(launched.error());
        });
    });
}

} // namespace slipway::cli
