// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/fleetinventory.h"

#include "app/cli/asking.h"
#include "app/cli/fleetrental.h"
#include "app/cli/tables.h"
#include "app/core/paths.h"
#include "app/fleet/fleetimportfile.h"
#include "app/fleet/fleetstore.h"
#include "models/core/countof.h"
#include "models/fleet/fleetdiff.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace slipway::cli {

namespace {

// Answers with the exit code.
ExitCode showFleets(const QList<StoredFleet> &fleets, const Result<KnownRentals> &rented, bool json) {
    QJsonArray array;
    QList<QStringList> rows{
        {QStringLiteral("FLEET"), QStringLiteral("PEERS"), QStringLiteral("CHAOS"), QStringLiteral("FILE")}};
    TerminalText problems;
    for (const StoredFleet &stored : fleets) {
        QJsonObject object{
            {QStringLiteral("name"), stored.name},   {QStringLiteral("file"), stored.file},
            {QStringLiteral("rented"), false},       {QStringLiteral("peers"), QJsonValue()},
            {QStringLiteral("chaos"), QJsonValue()}, {QStringLiteral("problem"), QJsonValue()}};
        QStringList row{stored.name};
        if (stored.fleet) {
            const qsizetype peers = stored.fleet->withRole(HostRole::Peer).size();
            const qsizetype chaos = stored.fleet->withRole(HostRole::Chaos).size();
            object.insert(QStringLiteral("peers"), peers);
            object.insert(QStringLiteral("chaos"), chaos);
            row << QString::number(peers) << QString::number(chaos);
        } else {
            object.insert(QStringLiteral("problem"), stored.fleet.error().text);
            row << QStringLiteral("?") << QStringLiteral("?");
            problems += lineText(stored.fleet.error().text);
        }
        array.append(object);
        rows << (row << stored.file);
    }
    if (!rented)
        problems += lineText(rented.error().text);
    for (const KnownRental &known : rented ? rented->rentals : QList<KnownRental>()) {
        QJsonObject object = rentalToJson(known.rental, rented->now);
        object.insert(QStringLiteral("rented"), true);
        object.insert(QStringLiteral("problem"), orNull(known.problem));
        if (!known.problem.isEmpty())
            problems += lineText(known.problem);
        array.append(object);
        const qsizetype peers = std::count_if(
            known.rental.members.begin(), known.rental.members.end(),
            [](const Rental::Member &member) { return member.requested.role == HostRole::Peer; });
        rows << QStringList{known.rental.spec.name, QString::number(peers),
                            QString::number(known.rental.members.size() - peers),
                            QStringLiteral("rented: ") + rentalStateText(known.rental.state, known.held)};
    }
    if (json)
        print(jsonText(QJsonDocument(array)));
    else if (rows.size() == 1)
        print("No fleet yet; slipwayctl fleet import --help\n");
    else
        print(tableText(rows));
    if (json && rented)
        printTimeProblem(rented->nowProblem);
    return problems.isEmpty() ? ExitCode::Done : fail(problems, ExitCode::NotDone);
}

TerminalText hostChangesText(const QList<HostChange> &changes) {
    QList<QStringList> rows;
    for (const HostChange &change : changes) {
        if (change.fields.isEmpty())
            rows << QStringList{hostChangeName(change.kind), change.name};
        for (const QString &field : change.fields)
            rows << QStringList{hostChangeName(change.kind), change.name, field};
    }
    return tableText(rows);
}

QJsonArray hostChangesJson(const QList<HostChange> &changes) {
    QJsonArray array;
    for (const HostChange &change : changes)
        array.append(QJsonObject{{QStringLiteral("change"), hostChangeName(change.kind)},
                                 {QStringLiteral("host"), change.name},
                                 {QStringLiteral("fields"), QJsonArray::fromStringList(change.fields)}});
    return array;
}

// Keeps what was imported, or shows what would be kept; answers with the exit code.
ExitCode keepImport(const Paths &paths, const FleetImport &import, bool replace, bool dryRun, bool json) {
    const FleetStore store(paths);
    const QString name = import.fleet.name;
    const auto present = store.load(name);
    const bool isThere = present || present.error().code != ErrorCode::NotFound;
    std::optional<Fleet> before;
    if (isThere && !present)
        return fail(present.error(), ExitCode::NotDone);
    if (present && replace)
        before = *present;
    const Fleet after = before ? updatedFleet(*before, import.fleet) : import.fleet;
    const auto changes = before ? fleetChanges(*before, after) : QList<HostChange>();
    const bool isNew = !before || *before != after;
    for (const QString &note : import.notes)
        printNote(note);
    if (isThere && !replace)
        return fail(
            QStringLiteral("There is a fleet %1 already. --replace takes its place and shows what changes; "
                           "give another name with --name.")
                .arg(name),
            ExitCode::NotDone);
    if (!dryRun && isNew) {
        if (const auto kept = store.write({{name, before, after}}); !kept)
            return fail(kept.error(), ExitCode::NotDone);
    }
    if (json) {
        print(jsonText(QJsonDocument(
            QJsonObject{{QStringLiteral("kept"), !dryRun},
                        {QStringLiteral("fleet"), QJsonDocument::fromJson(fleetToJson(after)).object()},
                        {QStringLiteral("changes"), hostChangesJson(changes)},
                        {QStringLiteral("notes"), QJsonArray::fromStringList(import.notes)}})));
        return ExitCode::Done;
    }
    print(before ? hostChangesText(changes) : hostsText(after));
    const QString count = countOf(after.hosts.size(), "host");
    const QString verb = dryRun                    ? QStringLiteral("would be")
                         : after.hosts.size() == 1 ? QStringLiteral("is now")
                                                   : QStringLiteral("are now");
    print("\n" +
          lineText(isNew
                       ? QStringLiteral("%1 %2 fleet %3").arg(count, verb, name)
                       : QStringLiteral("Fleet %1 is as the inventory has it; nothing changes.").arg(name)));
    return ExitCode::Done;
}

} // namespace

ExitCode fleetImport(const Context &context, const QCommandLineParser &parser) {
    std::optional<FleetFormat> format;
    const QString requested = parser.value(QStringLiteral("format"));
    if (!requested.isEmpty() && requested != QLatin1String("auto")) {
        for (const FleetFormat one : fleetFormats()) {
            if (fleetFormatName(one) == requested)
                format = one;
        }
        if (!format)
            return failUsage(context,
                             QStringLiteral("\"%1\" is not a format that can be imported").arg(requested));
    }
    const auto import = readFleetImport(parser.positionalArguments().constFirst(), format,
                                        parser.value(QStringLiteral("name")));
    if (!import)
        return fail(import.error(), ExitCode::NotDone);
    const auto paths = dataPaths(context.dataDir);
    if (!paths)
        return fail(paths.error(), ExitCode::NotDone);
    return keepImport(*paths, *import, parser.isSet(QStringLiteral("replace")),
                      parser.isSet(QStringLiteral("dry-run")), parser.isSet(QStringLiteral("json")));
}

TerminalText hostsText(const Fleet &fleet) {
    QList<QStringList> rows{{QStringLiteral("HOST"), QStringLiteral("ROLE"), QStringLiteral("ADDRESS"),
                             QStringLiteral("PRIVATE"), QStringLiteral("ID"), QStringLiteral("GROUP"),
                             QStringLiteral("TAGS")}};
    const auto orDash = [](const QString &text) { return text.isEmpty() ? QStringLiteral("-") : text; };
    for (const Host &host : fleet.hosts)
        rows << QStringList{host.name,
                            hostRoleName(host.role),
                            host.address,
                            host.privateAddress,
                            orDash(host.id),
                            orDash(host.group),
                            orDash(host.tags.join(QLatin1Char(' ')))};
    return tableText(rows);
}

ExitCode fleetList(const Context &context, const QCommandLineParser &parser) {
    const auto paths = dataPaths(context.dataDir);
    if (!paths)
        return fail(paths.error(), ExitCode::NotDone);
    const bool json = parser.isSet(QStringLiteral("json"));
    return withRentals(context, true, [json, fleets = FleetStore(*paths).list()](Rentals &rentals) {
        rentals.list([json, fleets](const Result<KnownRentals> &rented) {
            exitWith(showFleets(fleets, rented, json));
        });
    });
}

ExitCode fleetShow(const Context &context, const QCommandLineParser &parser) {
    const auto paths = dataPaths(context.dataDir);
    if (!paths)
        return fail(paths.error(), ExitCode::NotDone);
    const QString name = parser.positionalArguments().constFirst();
    const bool json = parser.isSet(QStringLiteral("json"));
    if (const auto rental = knownRental(*paths, name); rental && rental->state != Rental::State::Ended) {
        return withRentals(context, true, [json, name](Rentals &rentals) {
            rentals.list([json, name](const Result<KnownRentals> &rented) {
                if (!rented) {
                    endWith(rented.error());
                    return;
                }
                for (const KnownRental &known : rented->rentals) {
                    if (known.rental.spec.name == name)
                        printRental({known.rental, rented->now, rented->nowProblem}, json);
                }
                exitWith(ExitCode::Done);
            });
        });
    }
    const auto fleet = FleetStore(*paths).load(name);
    if (!fleet)
        return fail(fleet.error(), ExitCode::NotDone);
    print(json ? jsonText(QJsonDocument::fromJson(fleetToJson(*fleet))) : hostsText(*fleet));
    return ExitCode::Done;
}

} // namespace slipway::cli
