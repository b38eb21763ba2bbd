// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/asking.h"
#include "app/cli/commands.h"

#include <QCommandLineParser>
#include <QCoreApplication>

namespace slipway::cli {

namespace {

constexpr OwnWords kHelp =
    "slipwayctl [--data-dir DIR] remove ID … [--undo]\n\n"
    "Takes campaigns out of lists and searches. What is recorded of them stays in the archive, and show\n"
    "still shows it. --undo brings them back. All or none.\n"
    "Exit code: 0, or 4 when there is no such campaign.\n";

} // namespace

int removeCampaigns(const Context &context, const QStringList &arguments) {
    QCommandLineParser parser;
    parser.addOption({QStringLiteral("undo"), {}});
    if (const auto code = parse(parser, QStringLiteral("remove"), arguments, kHelp, 1, arguments.size()))
        return *code;
    const QStringList ids = parser.positionalArguments();
    const bool undo = parser.isSet(QStringLiteral("undo"));
    return withServices(context, [=](Services &services) {
        services.setRemoved(ids, !undo, [=](const Result<void> &done) {
            if (done)
                print(lineText(
                    undo ? QStringLiteral("%1 campaigns are back").arg(ids.size())
                         : QStringLiteral("%1 campaigns removed; --undo brings them back").arg(ids.size())));
            QCoreApplication::exit(done ? 0 : fail(done.error().text, kNothing));
        });
    });
}

} // namespace slipway::cli
