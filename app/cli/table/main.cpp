// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/asking.h"
#include "app/cli/selfdescription.h"
#include "app/cli/table/commandtable.h"
#include "app/cli/terminal.h"
#include "app/commandline/commandparser.h"
#include "app/core/paths.h"
#include "app/core/program.h"
#include "app/core/resourceroom.h"
#include "app/diagnostics/messages.h"

#include <QCommandLineParser>
#include <QCoreApplication>

#include <algorithm>

namespace slipway::cli {

namespace {

ExitCode dispatch(const QStringList &words) {
    Context context;
    context.program = &kProgram;
    context.command = &kProgram;
    const auto found = findCommand(kProgram, words);
    if (!found)
        return failUsage(context, found.error().text);
    context.command = found->command;
    QCommandLineParser parser;
    if (const auto parsed = parseArguments(parser, *found->command, found->arguments); !parsed)
        return failUsage(context, parsed.error().text);
    const bool isJson = std::any_of(
        found->command->options.begin(), found->command->options.end(), [&](const OptionSpec &option) {
            return qstrcmp(option.name, "json") == 0 && parser.isSet(QStringLiteral("json"));
        });
    if (parser.isSet(QStringLiteral("help")) || (found->command->isPaged && !isJson))
        pageOutput();
    if (parser.isSet(QStringLiteral("help"))) {
        print(helpText(*found->command));
        return ExitCode::Done;
    }
    if (context.command == &kProgram && parser.isSet(QStringLiteral("version")))
        return version(context, parser);
    context.dataDir = parser.value(QStringLiteral("data-dir"));
    if (const auto paths = dataPaths(context.dataDir))
        keepEvents(*paths);
    if (parser.isSet(QStringLiteral("verbose")))
        showEvents();
    setDocument(QString::fromUtf8(found->command->documents).section(QLatin1Char(' '), 0, 0));
    if (found->command->run)
        return found->command->run(context, parser);
    print(helpText(*found->command));
    return ExitCode::Usage;
}

} // namespace

} // namespace slipway::cli

int main(int argc, char *argv[]) {
    using slipway::ExitCode;
    slipway::raiseDescriptorLimit();
    slipway::closeInheritedOnExec();
    slipway::sayWhenMemoryEnds("slipwayctl");
    slipway::cli::openTerminal();
    if (const auto room = slipway::roomToBegin(); !room)
        return static_cast<int>(
            slipway::cli::fail(QStringLiteral("slipwayctl: ") + room.error().text, ExitCode::NotDone));
    const QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("slipway"));
    QCoreApplication::setApplicationVersion(QStringLiteral(SLIPWAY_VERSION));
    const QStringList words = QCoreApplication::arguments().mid(1);
    ExitCode code = slipway::cli::dispatch(words);
    // What follows "--" is not an option.
    if (words.mid(0, words.indexOf(QStringLiteral("--"))).contains(QStringLiteral("--json")))
        slipway::cli::printErrorAsJson(code);
    slipway::cli::endOutput();
    // What a script reads must be whole, also when the disk behind a redirection is full.
    if (!slipway::cli::outputIsWhole())
        code = slipway::cli::fail(QStringLiteral("slipwayctl: the output could not be written out whole"),
                                  ExitCode::NotDone);
    return static_cast<int>(code);
}
