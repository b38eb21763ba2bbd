// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/asking.h"
#include "app/cli/commands.h"
#include "app/cli/following.h"
#include "app/core/paths.h"

#include <QCommandLineParser>

namespace slipway::cli {

namespace {} // namespace

ExitCode resume(const Context &context, const QCommandLineParser &parser) {
    const auto paths = dataPaths(context.dataDir);
    if (!paths)
        return fail(paths.error(), ExitCode::NotDone);
    const auto options = followOptions(parser);
    if (!options)
        return fail(options.error(), ExitCode::Usage);
    auto services = Services::open(*paths);
    if (!services)
        return fail(services.error(), ExitCode::NotDone);
    const QString id = parser.positionalArguments().value(0);
    return follow(**services, *options, *paths, [id](Services &engine, const Begun &begun) {
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
