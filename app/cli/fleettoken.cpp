// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/asking.h"
#include "app/cli/fleetrental.h"
#include "app/cli/terminal.h"
#include "app/core/paths.h"

#include <QCommandLineParser>

namespace slipway::cli {

namespace {

constexpr int kFailed = 1;
constexpr int kUsage = 2;

constexpr OwnWords kTokenHelp =
    "slipwayctl [--data-dir DIR] fleet token [--forget]\n\n"
    "Asks for a token of DigitalOcean on the terminal and keeps it in the system keyring, for the API's "
    "address "
    "as it is\n"
    "now (fleet api) and for no other. It is in no file, no setting and on no command line. Instead, "
    "DIGITALOCEAN_TOKEN can\n"
    "be set.\n\n"
    "  --forget   remove it from the keyring\n\n"
    "Exit code: 0 done, 1 the keyring cannot be used, 2 no token was given.\n";

constexpr OwnWords kApiHelp =
    "slipwayctl [--data-dir DIR] fleet api [URL|--usual]\n\n"
    "Shows the address of the API that fleets are rented at, or remembers another one for the window and the "
    "shell:\n"
    "https, or http to this machine. DIGITALOCEAN_API_URL comes before it. A token that is kept for one "
    "address is "
    "not\n"
    "sent to another, and a fleet is given back where it was rented.\n\n"
    "  --usual   https://api.digitalocean.com again\n\n"
    "Exit code: 0 done, 1 it cannot be kept, 2 such an address cannot be used.\n";

} // namespace

int fleetToken(const Context &context, const QStringList &arguments) {
    QCommandLineParser parser;
    parser.addOption({QStringLiteral("forget"), {}});
    if (const auto code = parse(parser, QStringLiteral("fleet token"), arguments, kTokenHelp, 0, 0))
        return *code;
    const auto paths = dataPaths(context.dataDir);
    if (!paths)
        return fail(paths.error().text, kUsage);
    const auto base = apiBase(*paths);
    if (!base)
        return fail(base.error().text, kUsage);
    if (parser.isSet(QStringLiteral("forget"))) {
        const auto forgotten = forgetToken(base->url);
        return forgotten ? 0 : fail(forgotten.error().text, kFailed);
    }
    const auto secret = askSecret(QStringLiteral("Token for %1 (not shown):").arg(apiText(base->url)));
    if (!secret)
        return fail(QStringLiteral("No token was given. Run this in a terminal."), kUsage);
    const auto token = ApiToken::parse(*secret);
    if (!token)
        return fail(token.error().text, kUsage);
    const auto kept = keepToken(*token, base->url);
    return kept ? 0 : fail(kept.error().text, kFailed);
}

int fleetApi(const Context &context, const QStringList &arguments) {
    QCommandLineParser parser;
    parser.addOption({QStringLiteral("usual"), {}});
    if (const auto code = parse(parser, QStringLiteral("fleet api"), arguments, kApiHelp, 0, 1))
        return *code;
    const auto paths = dataPaths(context.dataDir);
    if (!paths)
        return fail(paths.error().text, kUsage);
    const QString wanted = parser.positionalArguments().value(0);
    const bool usual = parser.isSet(QStringLiteral("usual"));
    if (usual && !wanted.isEmpty())
        return failUsage(QStringLiteral("fleet api"), QStringLiteral("give an address or --usual, not both"));
    if (usual || !wanted.isEmpty()) {
        if (const auto kept = rememberApiBase(*paths, wanted); !kept)
            return fail(kept.error().text, exitCodeOf(kept.error()));
    }
    const auto base = apiBase(*paths);
    if (!base)
        return fail(base.error().text, kUsage);
    print(lineText(QStringLiteral("%1 (%2)").arg(apiText(base->url), apiSourceText(*base))));
    return 0;
}

} // namespace slipway::cli
