// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/asking.h"
#include "app/cli/fleetrental.h"
#include "app/cli/terminal.h"
#include "app/cloud/provider.h"
#include "app/core/paths.h"

#include <QCommandLineParser>

namespace slipway::cli {

ExitCode fleetToken(const Context &context, const QCommandLineParser &parser) {
    const auto paths = dataPaths(context.dataDir);
    if (!paths)
        return fail(paths.error(), ExitCode::Usage);
    const auto cloud = builtInCloud(*paths);
    const auto address = cloud->address();
    if (!address)
        return fail(address.error(), ExitCode::Usage);
    if (parser.isSet(QStringLiteral("forget"))) {
        const auto forgotten = cloud->forgetToken(address->url);
        return forgotten ? ExitCode::Done : fail(forgotten.error(), ExitCode::NotDone);
    }
    const auto secret = askSecret(QStringLiteral("Token for %1 (not shown):").arg(addressText(address->url)));
    if (!secret)
        return fail(QStringLiteral("No token was given. Run this in a terminal."), ExitCode::Usage);
    const auto kept = cloud->keepToken(*secret, address->url);
    if (kept)
        return ExitCode::Done;
    return fail(kept.error(),
                kept.error().code == ErrorCode::InvalidInput ? ExitCode::Usage : ExitCode::NotDone);
}

ExitCode fleetApi(const Context &context, const QCommandLineParser &parser) {
    const auto paths = dataPaths(context.dataDir);
    if (!paths)
        return fail(paths.error(), ExitCode::Usage);
    const auto cloud = builtInCloud(*paths);
    const QString requested = parser.positionalArguments().value(0);
    const bool isDefault = parser.isSet(QStringLiteral("usual"));
    if (isDefault && !requested.isEmpty())
        return failUsage(context, QStringLiteral("give an address or --usual, not both"));
    if (isDefault || !requested.isEmpty()) {
        if (const auto kept = cloud->rememberAddress(requested); !kept)
            return fail(kept.error(), exitCodeOf(kept.error()));
    }
    const auto address = cloud->address();
    if (!address)
        return fail(address.error(), ExitCode::Usage);
    print(lineText(QStringLiteral("%1 (%2)").arg(addressText(address->url), address->source)));
    return ExitCode::Done;
}

} // namespace slipway::cli
