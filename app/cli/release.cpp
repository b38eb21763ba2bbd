// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/asking.h"
#include "app/cli/commands.h"
#include "app/cli/publishing.h"

#include <QCommandLineParser>

namespace slipway::cli {

namespace {

TerminalText helpText() {
    return TerminalText(
               "slipwayctl [--data-dir DIR] release VERSION --campaign ID --to REPO [--push] [--branch "
               "NAME]\n"
               "    [--accept-unproven] [--json]\n\n"
               "Writes releases/VERSION/summary.json from what the campaign shows, judged by today's rules, "
               "and "
               "checks "
               "it\n"
               "against REPO's releases/schema.json. Keys that are there and are not Slipway's stay. Refused "
               "unless "
               "the verdict is\n"
               "PROVEN.\n"
               "  --campaign ID             what the release stands on\n"
               "  --accept-unproven         releases an UNPROVEN PASS too, and says so in its notes\n") +
           kPublishHelp +
           "Exit code: 0, 2 wrong usage, 4 when it was refused or could not be done, 5 when it was "
           "stopped.\n";
}

} // namespace

int release(const Context &context, const QStringList &arguments) {
    QCommandLineParser parser;
    addPublishOptions(parser);
    parser.addOptions(
        {{QStringLiteral("campaign"), {}, QStringLiteral("id")}, {QStringLiteral("accept-unproven"), {}}});
    const QString name = QStringLiteral("release");
    if (const auto code = parse(parser, name, arguments, helpText(), 1, 1))
        return *code;
    PagesRequest request;
    if (const QString problem = takePublishOptions(parser, request); !problem.isEmpty())
        return failUsage(name, problem);
    request.releaseOf = parser.value(QStringLiteral("campaign"));
    if (request.releaseOf.isEmpty())
        return failUsage(name, QStringLiteral("--campaign ID is missing"));
    request.release = {parser.positionalArguments().constFirst(),
                       parser.isSet(QStringLiteral("accept-unproven"))};
    return publishAndExit(context, parser, request);
}

} // namespace slipway::cli
