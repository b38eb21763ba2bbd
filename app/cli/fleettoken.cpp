// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/asking.h"
#include "app/cli/fleetrental.h"
#include "app/cli/terminal.h"
#include "app/core/paths.h"

#include <QCommandLineParser>

namespace slipway::cli {

namespace {} // namespace

ExitCode fleetToken(const Context &context, const QCommandLineParser &parser) {
    const auto paths = dataPaths(context.dataDir);
    if (!paths)
        return fail(paths.error(), ExitCode::Usage);
    const auto base = apiBase(*paths);
    if (!base)
        return fail(base.error(), ExitCode::Usage);
    if (parser.isSet(QStringLiteral("forget"))) {
        const auto forgotten = forgetToken(base->url);
        return forgotten ? ExitCode::Done : fail(forgotten.error(), ExitCode::NotDone);
    }
    const auto secret = askSecret(QStringLiteral("Token for %1 (not shown):").arg(apiText(base->url)));
    if (!secret)
        return fail(QStringLiteral("No token was given. Run this in a terminal."), ExitCode::Usage);
    const auto token = ApiToken::parse(*secret);
    if (!token)
        return fail(token.error(), ExitCode::Usage);
    const auto kept = keepToken(*token, base->url);
    return kept ? ExitCode::Done : fail(kept.error(), ExitCode::NotDone);
}

ExitCode fleetApi(const Context &context, const QCommandLineParser &parser) {
    const auto paths = dataPaths(context.dataDir);
    if (!paths)
        return fail(paths.error(), ExitCode::Usage);
    const QString wanted = parser.positionalArguments().value(0);
    const bool usual = parser.isSet(QStringLiteral("usual"));
    if (usual && !wanted.isEmpty())
        return failUsage(context, QStringLiteral("give an address or --usual, not both"));
    if (usual || !wanted.isEmpty()) {
        if (const auto kept = rememberApiBase(*paths, wanted); !kept)
            return fail(kept.error(), exitCodeOf(kept.error()));
    }
    const auto base = apiBase(*paths);
    if (!base)
        return fail(base.error(), ExitCode::Usage);
    print(lineText(QStringLiteral("%1 (%2)").arg(apiText(base->url), apiSourceText(*base))));
    return ExitCode::Done;
}

} // namespace slipway::cli
