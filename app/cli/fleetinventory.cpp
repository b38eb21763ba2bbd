// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/fleetinventory.h"

#include "app/cli/asking.h"
#include "app/cli/fleetrental.h"
#include "app/cli/tables.h"
#include "app/fleet/fleetimportfile.h"
#include "app/fleet/fleetstore.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace slipway::cli {

namespace {

constexpr OwnWords kImportHelp =
    "slipwayctl [--data-dir DIR] fleet import PATH|- [--format FORMAT] [--name NAME] [--dry-run] [--json]\n\n"
    "Makes a named fleet of an inventory. The format is told by the content, or by --format:\n"
    "  slipway            a fleet file\n"
    "  terraform-output   terraform output -json\n"
    "  terraform-show     terraform show -json\n"
    "  doctl              doctl compute droplet list -o json\n"
    "  ssh-config         the names of Host lines, Include followed\n"
    "  csv                a header with name and address; role, privateAddress, port, user, id, group, tags "
    "…\n\n"
    "  --name NAME   what the fleet is called; else as it says itself, or as the file\n"
    "  --dry-run     shows what would come in and keeps nothing\n"
    "  --json        the fleet and the notes on standard output\n\n"
    "Exit code: 0 done, 2 wrong usage, 4 the file cannot be taken, or there is a fleet of that name.\n";

constexpr OwnWords kListHelp = "slipwayctl [--data-dir DIR] fleet list [--json]\n\n"
                               "The named fleets, for --fleet NAME.\n"
                               "Exit code: 0, 2 wrong usage, 4 a fleet cannot be read.\n";

constexpr OwnWords kShowHelp =
    "slipwayctl [--data-dir DIR] fleet show NAME [--json]\n\n"
    "The hosts of a named fleet; with --json its fleet file.\n"
    "Exit code: 0, 2 wrong usage, 4 there is no such fleet, or it cannot be read.\n";

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

// Answers with the exit code.
int showFleets(const QList<StoredFleet> &fleets, const Result<KnownRentals> &rented, bool json) {
    QJsonArray array;
    QList<QStringList> rows{
        {QStringLiteral("FLEET"), QStringLiteral("PEERS"), QStringLiteral("CHAOS"), QStringLiteral("FILE")}};
    TerminalText problems;
    for (const StoredFleet &stored : fleets) {
        QJsonObject object{{QStringLiteral("name"), stored.name}, {QStringLiteral("file"), stored.file}};
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
        if (!known.problem.isEmpty()) {
            object.insert(QStringLiteral("problem"), known.problem);
            problems += lineText(known.problem);
        }
        array.append(object);
        const qsizetype peers =
            std::count_if(known.rental.members.begin(), known.rental.members.end(),
                          [](const Rental::Member &member) { return member.wanted.role == HostRole::Peer; });
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
        tellTimeProblem(rented->nowProblem);
    return problems.isEmpty() ? 0 : fail(problems, kNothing);
}

} // namespace

int fleetImport(const Context &context, const QStringList &arguments) {
    QCommandLineParser parser;
    for (const auto &name : {"format", "name"})
        parser.addOption({QLatin1String(name), {}, QStringLiteral("value")});
    for (const auto &name : {"dry-run", "json"})
        parser.addOption({QLatin1String(name), {}});
    if (const auto code = parse(parser, QStringLiteral("fleet import"), arguments, kImportHelp, 1, 1))
        return *code;
    std::optional<FleetFormat> format;
    const QString wanted = parser.value(QStringLiteral("format"));
    if (!wanted.isEmpty() && wanted != QLatin1String("auto")) {
        for (const FleetFormat one : fleetFormats()) {
            if (fleetFormatName(one) == wanted)
                format = one;
        }
        if (!format)
            return failUsage(QStringLiteral("fleet import"),
                             QStringLiteral("\"%1\" is no format that can be imported").arg(wanted));
    }
    const auto import = readFleetImport(parser.positionalArguments().constFirst(), format,
                                        parser.value(QStringLiteral("name")));
    if (!import)
        return fail(import.error().text, kNothing);
    const bool keep = !parser.isSet(QStringLiteral("dry-run"));
    if (keep) {
        const auto paths = openPaths(context.dataDir);
        if (!paths)
            return fail(paths.error().text, kNothing);
        const auto kept = FleetStore(*paths).write({{import->fleet.name, std::nullopt, import->fleet}});
        if (!kept)
            return fail(kept.error().code == ErrorCode::AlreadyExists
                            ? kept.error().text + QStringLiteral(" Give another with --name.")
                            : kept.error().text,
                        kNothing);
    }
    if (parser.isSet(QStringLiteral("json"))) {
        print(jsonText(QJsonDocument(QJsonObject{
            {QStringLiteral("kept"), keep},
            {QStringLiteral("fleet"), QJsonDocument::fromJson(fleetToJson(import->fleet)).object()},
            {QStringLiteral("notes"), QJsonArray::fromStringList(import->notes)}})));
        return 0;
    }
    print(hostsText(import->fleet));
    for (const QString &note : import->notes)
        fail(note, 0);
    print("\n" + lineText(QStringLiteral("%1 hosts %2 fleet %3")
                              .arg(import->fleet.hosts.size())
                              .arg(keep ? QStringLiteral("are now") : QStringLiteral("would be"),
                                   import->fleet.name)));
    return 0;
}

int fleetList(const Context &context, const QStringList &arguments) {
    QCommandLineParser parser;
    parser.addOption({QStringLiteral("json"), {}});
    if (const auto code = parse(parser, QStringLiteral("fleet list"), arguments, kListHelp, 0, 0))
        return *code;
    const auto paths = openPaths(context.dataDir);
    if (!paths)
        return fail(paths.error().text, kNothing);
    const bool json = parser.isSet(QStringLiteral("json"));
    return withRentals(context, true, [json, fleets = FleetStore(*paths).list()](Rentals &rentals) {
        rentals.list([json, fleets](const Result<KnownRentals> &rented) {
            QCoreApplication::exit(showFleets(fleets, rented, json));
        });
    });
}

int fleetShow(const Context &context, const QStringList &arguments) {
    QCommandLineParser parser;
    parser.addOption({QStringLiteral("json"), {}});
    if (const auto code = parse(parser, QStringLiteral("fleet show"), arguments, kShowHelp, 1, 1))
        return *code;
    const auto paths = openPaths(context.dataDir);
    if (!paths)
        return fail(paths.error().text, kNothing);
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
                QCoreApplication::exit(0);
            });
        });
    }
    const auto fleet = FleetStore(*paths).load(name);
    if (!fleet)
        return fail(fleet.error().text, kNothing);
    print(json ? jsonText(QJsonDocument::fromJson(fleetToJson(*fleet))) : hostsText(*fleet));
    return 0;
}

} // namespace slipway::cli
