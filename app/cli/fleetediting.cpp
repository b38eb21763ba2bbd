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

ExitCode fleetRename(const Context &context, const QCommandLineParser &parser) {
    const auto paths = dataPaths(context.dataDir);
    if (!paths)
        return fail(paths.error(), ExitCode::NotDone);
    const QString name = parser.positionalArguments().at(0);
    const QString newName = parser.positionalArguments().at(1);
    const auto fleet = loadNamed(*paths, name);
    if (!fleet)
        return fail(fleet.error(), ExitCode::NotDone);
    if (const auto rental = knownRental(*paths, newName); rental && rental->state != Rental::State::Ended)
        return fail(QStringLiteral("%1 is the name of a rented fleet.").arg(newName), ExitCode::NotDone);
    Fleet renamed = *fleet;
    renamed.name = newName;
    if (const auto written =
            FleetStore(*paths).write({{name, *fleet, std::nullopt}, {newName, std::nullopt, renamed}});
        !written)
        return fail(written.error(), ExitCode::NotDone);
    print(lineText(QStringLiteral("Fleet %1 is now called %2; slipwayctl fleet undo takes it back.")
                       .arg(name, newName)));
    return ExitCode::Done;
}

ExitCode fleetRemove(const Context &context, const QCommandLineParser &parser) {
    const auto paths = dataPaths(context.dataDir);
    if (!paths)
        return fail(paths.error(), ExitCode::NotDone);
    const QString name = parser.positionalArguments().constFirst();
    const auto fleet = loadNamed(*paths, name);
    if (!fleet)
        return fail(fleet.error(), ExitCode::NotDone);
    print(hostsText(*fleet));
    if (parser.isSet(QStringLiteral("dry-run"))) {
        print(lineText(QStringLiteral("Fleet %1 would be removed.").arg(name)));
        return ExitCode::Done;
    }
    if (const auto written = FleetStore(*paths).write({{name, *fleet, std::nullopt}}); !written)
        return fail(written.error(), ExitCode::NotDone);
    print(lineText(QStringLiteral("Fleet %1 is removed; slipwayctl fleet undo brings it back.").arg(name)));
    return ExitCode::Done;
}

ExitCode fleetUndo(const Context &context, const QCommandLineParser &parser) {
    const auto paths = dataPaths(context.dataDir);
    if (!paths)
        return fail(paths.error(), ExitCode::NotDone);
    const bool dryRun = parser.isSet(QStringLiteral("dry-run"));
    const auto undone = FleetStore(*paths).undo(dryRun);
    if (!undone)
        return fail(undone.error(), ExitCode::NotDone);
    for (const FleetChange &change : *undone)
        print(lineText(undoText(change)));
    if (dryRun)
        print("Nothing was changed.\n");
    return ExitCode::Done;
}

} // namespace slipway::cli
