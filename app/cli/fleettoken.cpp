// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/asking.h"
#include "app/cli/fleetrental.h"
#include "app/cli/terminal.h"

#include <QCommandLineParser>

namespace slipway::cli {

namespace {

constexpr int kFailed = 1;
constexpr int kUsage = 2;

const char *const kHelp = "slipwayctl fleet token [--forget]\n\n"
                          "Asks for a token of DigitalOcean on the terminal and keeps it in the system "
                          "keyring. It is in no file, no setting\n"
                          "and on no command line. Instead, DIGITALOCEAN_TOKEN can be set.\n\n"
                          "  --forget   remove it from the keyring\n\n"
                          "Exit code: 0 done, 1 the keyring cannot be used, 2 no token was given.\n";

} // namespace

int fleetToken(const Context &, const QStringList &arguments) {
    QCommandLineParser parser;
    parser.addOption({QStringLiteral("forget"), {}});
    if (const auto code = parse(parser, QStringLiteral("fleet"), arguments, kHelp, 0, 0))
        return *code;
    if (parser.isSet(QStringLiteral("forget"))) {
        const auto forgotten = forgetToken();
        return forgotten ? 0 : fail(forgotten.error().text, kFailed);
    }
    const auto secret = askSecret(QStringLiteral("Token of DigitalOcean (not shown):"));
    if (!secret)
        return fail(QStringLiteral("No token was given. Run this in a terminal."), kUsage);
    const auto token = ApiToken::parse(*secret);
    if (!token)
        return fail(token.error().text, kUsage);
    const auto kept = keepToken(*token);
    return kept ? 0 : fail(kept.error().text, kFailed);
}

} // namespace slipway::cli
