// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/asking.h"
#include "app/cli/commands.h"
#include "app/cli/following.h"
#include "app/cloud/rental/rentals.h"
#include "app/core/paths.h"
#include "app/session/campaigncontroller.h"
#include "app/session/campaignqueries.h"
#include "app/session/overduefleets.h"
#include "app/session/session.h"

#include <QCommandLineParser>

namespace slipway::cli {

ExitCode resume(const Context &context, const QCommandLineParser &parser) {
    const auto options = followOptions(parser);
    if (!options)
        return fail(options.error(), ExitCode::Usage);
    const auto paths = dataPaths(context.dataDir);
    if (!paths)
        return fail(paths.error(), ExitCode::NotDone);
    const auto session = Session::open(*paths);
    if (!session)
        return fail(session.error(), ExitCode::NotDone);
    const QString id = parser.positionalArguments().value(0);
    return follow(**session, *options, *paths, [&](const Begun &begun) {
        destroyOverdueFleets((*session)->queries(), (*session)->rentals(),
                             [](const Error &error) { printNote(error.text); });
        CampaignController &campaigns = (*session)->campaigns();
        if (id.isEmpty()) {
            campaigns.resumeLatest([begun](const Result<QString> &resumed) {
                if (resumed && resumed->isEmpty())
                    begun(Error{ErrorCode::NotFound, QStringLiteral("No campaign was cut off.")});
                else
                    begun(resumed);
            });
            return;
        }
        campaigns.resume(id, [begun, id](const Result<void> &resumed) {
            begun(resumed ? Result<QString>(id) : Result<QString>(resumed.error()));
        });
    });
}

} // namespace slipway::cli
