// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/asking.h"
#include "app/cli/commands.h"
#include "app/cli/following.h"
#include "app/core/paths.h"

#include <QCommandLineParser>

namespace slipway::cli {

namespace {

constexpr OwnWords kHelp =
    "slipwayctl [--data-dir DIR] resume [ID] [--accept-new] [--quiet] [--json]\n\n"
    "Takes up a campaign whose dashboard was killed or lost its machine: what had ended is read from here, "
    "what runs on\n"
    "the hosts is attached to, the rest is run. With no ID: the newest one that was cut off. Slipway's "
    "window "
    "does the\n"
    "same when it opens. Rented fleets whose campaign has ended are given back.\n"
    "Exit code: as run; 2 when there is nothing to take up or another process leads the campaign.\n";

} // namespace

int resume(const Context &context, const QStringList &arguments) {
    QCommandLineParser parser;
    addFollowOptions(parser);
    if (const auto code = parse(parser, QStringLiteral("resume"), arguments, kHelp, 0, 1))
        return *code;
    const auto paths = dataPaths(context.dataDir);
    if (!paths)
        return fail(paths.error().text, kNothing);
    auto services = Services::open(*paths);
    if (!services)
        return fail(services.error().text, kNothing);
    const QString id = parser.positionalArguments().value(0);
    return follow(**services, followOptions(parser), *paths, [id](Services &engine, const Begun &begun) {
        engine.giveBackOverdueFleets();
        if (id.isEmpty()) {
            engine.resumeLatest([begun](const Result<QString> &resumed) {
                if (resumed && resumed->isEmpty())
                    begun(Error{ErrorCode::NotFound, QStringLiteral("No campaign was cut off.")});
                else
                    begun(resumed);
            });
            return;
        }
        engine.resume(id, [begun, id](const Result<void> &resumed) {
            begun(resumed ? Result<QString>(id) : Result<QString>(resumed.error()));
        });
    });
}

} // namespace slipway::cli
