// SPDX-License-Identifier: GPL-3.0-or-later
// fleet rename, remove and undo.
#include "app/cli/asking.h"
#include "app/cli/fleetinventory.h"
#include "app/cli/fleetrental.h"
#include "app/core/paths.h"
#include "app/fleet/fleetstore.h"

#include <QCommandLineParser>

namespace slipway::cli {

namespace {

constexpr OwnWords kRenameHelp = "slipwayctl [--data-dir DIR] fleet rename NAME NEW\n\n"
                                 "Gives a named fleet another name; fleet undo takes it back.\n"
                                 "Exit code: 0, 2 wrong usage, 4 there is no such fleet, or NEW is taken.\n";

constexpr OwnWords kRemoveHelp = "slipwayctl [--data-dir DIR] fleet remove NAME [--dry-run]\n\n"
                                 "Takes a named fleet out of the list; its machines are not touched, and "
                                 "fleet undo brings it back. A rented\n"
                                 "fleet is given back by fleet destroy.\n"
                                 "  --dry-run   shows its hosts and removes nothing\n"
                                 "Exit code: 0, 2 wrong usage, 4 there is no such fleet.\n";

constexpr OwnWords kUndoHelp = "slipwayctl [--data-dir DIR] fleet undo [--dry-run]\n\n"
                               "Takes the last change of the named fleets back: an import, a replacement, a "
                               "renaming, a removal, an edit in\n"
                               "the window. Refused where something was changed after it.\n"
                               "  --dry-run   shows what it would take back\n"
                               "Exit code: 0, 2 wrong usage, 4 there is nothing to undo.\n";

Result<Fleet> loadNamed(const Paths &paths, const QString &name) {
    auto fleet = FleetStore(paths).load(name);
    if (!fleet && fleet.error().code == ErrorCode::NotFound) {
        if (const auto rental = knownRental(paths, name); rental && rental->state != Rental::State::Ended)
            return Error{
                ErrorCode::InvalidInput,
                QStringLiteral("%1 is a rented fleet: slipwayctl fleet destroy %1 gives it back.").arg(name)};
    }
    return fleet;
}

QString undoText(const FleetChange &change) {
    if (!change.before)
        return QStringLiteral("%1: was made; it is removed").arg(change.name);
    return change.after ? QStringLiteral("%1: was changed; it is as before").arg(change.name)
                        : QStringLiteral("%1: was removed; it is there again").arg(change.name);
}

} // namespace

int fleetRename(const Context &context, const QStringList &arguments) {
    QCommandLineParser parser;
    if (const auto code = parse(parser, QStringLiteral("fleet rename"), arguments, kRenameHelp, 2, 2))
        return *code;
    const auto paths = dataPaths(context.dataDir);
    if (!paths)
        return fail(paths.error().text, kNothing);
    const QString name = parser.positionalArguments().at(0);
    const QString wanted = parser.positionalArguments().at(1);
    const auto fleet = loadNamed(*paths, name);
    if (!fleet)
        return fail(fleet.error().text, kNothing);
    if (const auto rental = knownRental(*paths, wanted); rental && rental->state != Rental::State::Ended)
        return fail(QStringLiteral("%1 is the name of a rented fleet.").arg(wanted), kNothing);
    Fleet renamed = *fleet;
    renamed.name = wanted;
    if (const auto written =
            FleetStore(*paths).write({{name, *fleet, std::nullopt}, {wanted, std::nullopt, renamed}});
        !written)
        return fail(written.error().text, kNothing);
    print(lineText(
        QStringLiteral("Fleet %1 is now called %2; slipwayctl fleet undo takes it back.").arg(name, wanted)));
    return 0;
}

int fleetRemove(const Context &context, const QStringList &arguments) {
    QCommandLineParser parser;
    parser.addOption({QStringLiteral("dry-run"), {}});
    if (const auto code = parse(parser, QStringLiteral("fleet remove"), arguments, kRemoveHelp, 1, 1))
        return *code;
    const auto paths = dataPaths(context.dataDir);
    if (!paths)
        return fail(paths.error().text, kNothing);
    const QString name = parser.positionalArguments().constFirst();
    const auto fleet = loadNamed(*paths, name);
    if (!fleet)
        return fail(fleet.error().text, kNothing);
    print(hostsText(*fleet));
    if (parser.isSet(QStringLiteral("dry-run"))) {
        print(lineText(QStringLiteral("Fleet %1 would be removed.").arg(name)));
        return 0;
    }
    if (const auto written = FleetStore(*paths).write({{name, *fleet, std::nullopt}}); !written)
        return fail(written.error().text, kNothing);
    print(lineText(QStringLiteral("Fleet %1 is removed; slipwayctl fleet undo brings it back.").arg(name)));
    return 0;
}

int fleetUndo(const Context &context, const QStringList &arguments) {
    QCommandLineParser parser;
    parser.addOption({QStringLiteral("dry-run"), {}});
    if (const auto code = parse(parser, QStringLiteral("fleet undo"), arguments, kUndoHelp, 0, 0))
        return *code;
    const auto paths = dataPaths(context.dataDir);
    if (!paths)
        return fail(paths.error().text, kNothing);
    const bool dryRun = parser.isSet(QStringLiteral("dry-run"));
    const auto undone = FleetStore(*paths).undo(dryRun);
    if (!undone)
        return fail(undone.error().text, kNothing);
    for (const FleetChange &change : *undone)
        print(lineText(undoText(change)));
    if (dryRun)
        print("Nothing was changed.\n");
    return 0;
}

} // namespace slipway::cli
