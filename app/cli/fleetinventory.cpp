// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/fleetinventory.h"

#include "app/cli/asking.h"
#include "app/cli/fleetrental.h"
#include "app/cli/tables.h"
#include "app/core/paths.h"
#include "app/fleet/fleetimportfile.h"
#include "app/fleet/fleetstore.h"
#include "models/fleet/fleetdiff.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace slipway::cli {

namespace {

constexpr OwnWords kImportHelp =
    "slipwayctl [--data-dir DIR] fleet import PATH|- [--format FORMAT] [--name NAME] [--replace] "
    "[--dry-run]\n"
    "    [--json]\n\n"
    "Makes a named fleet of an inventory. The format is told by the content, or by --format:\n"
    "  slipway            a fleet file\n"
    "  terraform-output   terraform output -json: addresses, lists, maps and objects of them\n"
    "  terraform-show     terraform show -json, or terraform.tfstate; OpenTofu's too\n"
    "  doctl              doctl compute droplet list, as JSON or as a table\n"
    "  cloud              what aws, hcloud or gcloud list as JSON\n"
    "  ansible            an inventory as INI or YAML, or ansible-inventory --list\n"
    "  ssh-config         the names of Host lines, Include followed\n"
    "  csv                a header with name and address; role, privateAddress, port, user, id, group, tags "
    "…\n"
    "  hosts              a line a host: an address, a name, or both, as in /etc/hosts\n\n"
    "What is left out is named with its place, on standard error.\n"
    "  --name NAME   what the fleet is called; else as it says itself, or as the file\n"
    "  --replace     takes the place of the fleet of that name: shows host by host what changes. What the\n"
    "                inventory does not say (keys, users, paths, parameters) stays; fleet undo takes it "
    "back\n"
    "  --dry-run     shows what would come in, or change, and keeps nothing\n"
    "  --json        the fleet and the notes on standard output\n\n"
    "Exit code: 0 done, 2 wrong usage, 4 the file cannot be taken, or there is a fleet of that name.\n";

constexpr OwnWords kListHelp = "slipwayctl [--data-dir DIR] fleet list [--json]\n\n"
                               "The named fleets, for --fleet NAME.\n"
                               "Exit code: 0, 2 wrong usage, 4 a fleet cannot be read.\n";

constexpr OwnWords kShowHelp =
    "slipwayctl [--data-dir DIR] fleet show NAME [--json]\n\n"
    "The hosts of a named fleet; with --json its fleet file.\n"
    "Exit code: 0, 2 wrong usage, 4 there is no such fleet, or it cannot be read.\n";

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
int keepImport(const Paths &paths, const FleetImport &import, bool replace, bool dryRun, bool json) {
    const FleetStore store(paths);
    const QString name = import.fleet.name;
    const auto present = store.load(name);
    const bool isThere = present || present.error().code != ErrorCode::NotFound;
    std::optional<Fleet> before;
    if (isThere && !present)
        return fail(present.error().text, kNothing);
    if (present && replace)
        before = *present;
    const Fleet after = before ? updatedFleet(*before, import.fleet) : import.fleet;
    const auto changes = before ? fleetChanges(*before, after) : QList<HostChange>();
    const bool isNew = !before || *before != after;
    for (const QString &note : import.notes)
        fail(note, 0);
    if (isThere && !replace)
        return fail(
            QStringLiteral("There is a fleet %1 already. --replace takes its place and shows what changes; "
                           "give another name with --name.")
                .arg(name),
            kNothing);
    if (!dryRun && isNew) {
        if (const auto kept = store.write({{name, before, after}}); !kept)
            return fail(kept.error().text, kNothing);
    }
    if (json) {
        print(jsonText(QJsonDocument(
            QJsonObject{{QStringLiteral("kept"), !dryRun},
                        {QStringLiteral("fleet"), QJsonDocument::fromJson(fleetToJson(after)).object()},
                        {QStringLiteral("changes"), hostChangesJson(changes)},
                        {QStringLiteral("notes"), QJsonArray::fromStringList(import.notes)}})));
        return 0;
    }
    print(before ? hostChangesText(changes) : hostsText(after));
    const QString count = after.hosts.size() == 1 ? QStringLiteral("1 host")
                                                  : QStringLiteral("%1 hosts").arg(after.hosts.size());
    const QString verb = dryRun                    ? QStringLiteral("would be")
                         : after.hosts.size() == 1 ? QStringLiteral("is now")
                                                   : QStringLiteral("are now");
    print("\n" +
          lineText(isNew
                       ? QStringLiteral("%1 %2 fleet %3").arg(count, verb, name)
                       : QStringLiteral("Fleet %1 is as the inventory has it; nothing changes.").arg(name)));
    return 0;
}

} // namespace

int fleetImport(const Context &context, const QStringList &arguments) {
    QCommandLineParser parser;
    for (const auto &name : {"format", "name"})
        parser.addOption({QLatin1String(name), {}, QStringLiteral("value")});
    for (const auto &name : {"replace", "dry-run", "json"})
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
                             QStringLiteral("\"%1\" is not a format that can be imported").arg(wanted));
    }
    const auto import = readFleetImport(parser.positionalArguments().constFirst(), format,
                                        parser.value(QStringLiteral("name")));
    if (!import)
        return fail(import.error().text, kNothing);
    const auto paths = dataPaths(context.dataDir);
    if (!paths)
        return fail(paths.error().text, kNothing);
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

int fleetList(const Context &context, const QStringList &arguments) {
    QCommandLineParser parser;
    parser.addOption({QStringLiteral("json"), {}});
    if (const auto code = parse(parser, QStringLiteral("fleet list"), arguments, kListHelp, 0, 0))
        return *code;
    const auto paths = dataPaths(context.dataDir);
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
    const auto paths = dataPaths(context.dataDir);
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
