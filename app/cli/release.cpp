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
               "    [--accept-unproven] [--ref REF] [--server VERSION] [--dry-run] [--diff] [--replace] "
               "[--json]\n\n"
               "Writes releases/VERSION/summary.json from the published folder REPO/runs/ID, judged as "
               "verify "
               "does, and checks it\n"
               "against REPO's releases/schema.json. Keys that are there and are not Slipway's stay. Refused "
               "unless the verdict is\n"
               "PROVEN and the campaign measured VERSION: its ref and its server's version must be those of "
               "the "
               "release. One that\n"
               "asks for less than its protocol's claim is never released. slipwayctl verify REPO/runs/ID "
               "shows "
               "why.\n"
               "  --campaign ID             what the release stands on\n"
               "  --ref REF                 the campaign's ref, where it is spelled another way than "
               "VERSION; of a\n"
               "                            campaign that was run without one, VERSION says that it is this\n"
               "  --server VERSION          what the server calls its version, where it is not VERSION\n"
               "  --accept-unproven         releases an UNPROVEN PASS too, and says so in its notes\n") +
           kPublishHelp +
           "Exit code: 0, 2 wrong usage, 4 when it was refused or could not be done, 5 when it was "
           "stopped.\n";
}

} // namespace

int release(const Context &context, const QStringList &arguments) {
    QCommandLineParser parser;
    addPublishOptions(parser);
    parser.addOptions({{QStringLiteral("campaign"), {}, QStringLiteral("id")},
                       {QStringLiteral("accept-unproven"), {}},
                       {QStringLiteral("ref"), {}, QStringLiteral("ref")},
                       {QStringLiteral("server"), {}, QStringLiteral("version")}});
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
                       parser.isSet(QStringLiteral("accept-unproven")), parser.value(QStringLiteral("ref")),
                       parser.value(QStringLiteral("server"))};
    return publishAndExit(context, parser, request);
}

} // namespace slipway::cli
