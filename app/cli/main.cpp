// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/asking.h"
#include "app/cli/commands.h"
#include "app/cli/sandbox.h"
#include "app/cli/terminal.h"
#include "app/core/resourceroom.h"

#include <QCoreApplication>

#include <array>
#include <span>

namespace slipway::cli {

namespace {

constexpr int kUsage = 2;

// One line per subcommand, in the order of --help.
constexpr std::array kCommands{
    Command{"archive", "check, back up, restore, recover or compact the archive", archive},
    Command{"diff", "what changed from one campaign to another", diff},
    Command{"export", "write campaigns as pages into a Pages repo", exportRuns},
    Command{"fleet", "import, list and check fleets", fleet},
    Command{"import", "take a Pages repo or a campaign's folder into the archive", importPath},
    Command{"insight", "what people write about a campaign: show, edit, lint, export", insight},
    Command{"list", "list archived campaigns", list},
    Command{"rejudge", "judge archived campaigns by newer rules", rejudge},
    Command{"release", "write a release's summary from a proven campaign", release},
    Command{"remove", "take campaigns out of lists and searches, or back", removeCampaigns},
    Command{"resume", "take up a campaign whose dashboard died", resume},
    Command{"run", "run a campaign on a fleet and follow it", run},
    Command{"sandbox", "a fleet of four hosts on this machine", runSandbox},
    Command{"search", "find words in reasons, logs and insights", search},
    Command{"show", "show one campaign: verdict, checks, files", show},
    Command{"triage", "note whose fault a failure is, for all that failed the same way", triage},
    Command{"verify", "judge a campaign or a folder from its evidence", verify},
};

void printHelp() {
    print("slipwayctl: run and judge release ship-gates\n\n"
          "  slipwayctl [--data-dir DIR] COMMAND [ARGUMENTS]\n\nCommands:\n");
    for (const Command &command : std::span<const Command>(kCommands)) {
        print(lineText(QStringLiteral("  %1%2")
                           .arg(QLatin1String(command.name), -10)
                           .arg(QLatin1String(command.summary))));
    }
    print("\n  slipwayctl COMMAND --help tells the rest.\n");
}

int dispatch(QStringList arguments) {
    Context context;
    arguments.removeFirst();
    while (!arguments.isEmpty() && arguments.constFirst().startsWith(QLatin1String("--"))) {
        const QString option = arguments.takeFirst();
        if (option == QLatin1String("--help")) {
            printHelp();
            return 0;
        }
        if (option == QLatin1String("--version")) {
            print("slipwayctl " SLIPWAY_VERSION "\n");
            return 0;
        }
        if (option == QLatin1String("--data-dir") && !arguments.isEmpty()) {
            context.dataDir = arguments.takeFirst();
            if (context.dataDir.isEmpty())
                return fail(QStringLiteral("slipwayctl: --data-dir is empty: is a variable not set?"),
                            kUsage);
            continue;
        }
        return fail(
            QStringLiteral("slipwayctl: unknown or unfinished option %1; see slipwayctl --help").arg(option),
            kUsage);
    }
    if (arguments.isEmpty()) {
        printHelp();
        return kUsage;
    }
    const QString name = arguments.takeFirst();
    for (const Command &command : std::span<const Command>(kCommands)) {
        if (name == QLatin1String(command.name))
            return command.run(context, arguments);
    }
    return fail(QStringLiteral("slipwayctl: there is no command \"%1\"; see slipwayctl --help").arg(name),
                kUsage);
}

} // namespace

} // namespace slipway::cli

int main(int argc, char *argv[]) {
    slipway::raiseDescriptorLimit();
    slipway::sayWhenMemoryEnds("slipwayctl");
    slipway::cli::openTerminal();
    if (const auto room = slipway::roomToBegin(); !room)
        return slipway::cli::fail(QStringLiteral("slipwayctl: ") + room.error().text, slipway::cli::kNothing);
    const QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("slipway"));
    QCoreApplication::setApplicationVersion(QStringLiteral(SLIPWAY_VERSION));
    const int exitCode = slipway::cli::dispatch(QCoreApplication::arguments());
    // What a script reads must be whole, also when the disk behind a redirection is full.
    if (!slipway::cli::outputIsWhole())
        return slipway::cli::fail(QStringLiteral("slipwayctl: the output could not be written out whole"),
                                  slipway::cli::kNothing);
    return exitCode;
}
