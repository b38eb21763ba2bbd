// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/asking.h"
#include "app/cli/commands.h"
#include "app/cli/publishing.h"

#include <QCommandLineParser>

namespace slipway::cli {

ExitCode release(const Context &context, const QCommandLineParser &parser) {
    PagesRequest request;
    if (const QString problem = takePublishOptions(parser, request); !problem.isEmpty())
        return failUsage(context, problem);
    request.releaseOf = parser.value(QStringLiteral("campaign"));
    if (request.releaseOf.isEmpty())
        return failUsage(context, QStringLiteral("--campaign ID is missing"));
    request.release = {parser.positionalArguments().constFirst(),
                       parser.isSet(QStringLiteral("accept-unproven")), parser.value(QStringLiteral("ref")),
                       parser.value(QStringLiteral("server"))};
    return publishAndExit(context, parser, request);
}

} // namespace slipway::cli
