// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/fleetrental.h"

#include "app/cli/asking.h"
#include "app/cli/tables.h"
#include "app/cli/terminal.h"
#include "app/core/paths.h"
#include "app/core/stopsignal.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTimer>

namespace slipway::cli {

ExitCode withRentals(const Context &context, bool quiet, const std::function<void(Rentals &)> &ask) {
    const auto paths = dataPaths(context.dataDir);
    if (!paths)
        return fail(paths.error(), ExitCode::NotDone);
    SshOptions ssh;
    ssh.pinFile = paths->pinFile();
    Rentals rentals(*paths, ssh, builtInCloud(*paths));
    if (!quiet)
        QObject::connect(
            &rentals, &Rentals::progressed, &rentals,
            [](const QString &, const RentalProgress &progress) { printProgress(progress.text); });
    const StopSignal stop([&rentals] { rentals.cancel(); });
    QTimer::singleShot(0, &rentals, [&] { ask(rentals); }); // only a loop that runs can be left
    return runLoop();
}

bool agreed(const QCommandLineParser &parser, const QString &question) {
    if (parser.isSet(QStringLiteral("yes")))
        return true;
    if (askYes(question))
        return true;
    printNote(QStringLiteral("Nothing was destroyed. Say yes on a terminal, or give --yes."));
    return false;
}

ExitCode exitCodeOf(const Error &error) {
    switch (error.code) {
    case ErrorCode::InvalidInput:
    case ErrorCode::AlreadyExists:
        return ExitCode::Usage;
    case ErrorCode::Cancelled:
        return ExitCode::Stopped;
    default:
        return ExitCode::NotDone;
    }
}

void endWith(const Error &error) {
    exitWith(fail(error.text, exitCodeOf(error)));
}

QJsonObject rentalToJson(const Rental &rental, const QDateTime &now) {
    const std::optional<Money> cost = rental.cost(now);
    QJsonArray servers;
    for (const Rental::Member &member : rental.members) {
        servers.append(QJsonObject{
            {QStringLiteral("host"), member.requested.host},
            {QStringLiteral("size"), member.requested.size},
            {QStringLiteral("id"), member.serverId != 0 ? QJsonValue(member.serverId) : QJsonValue()},
            {QStringLiteral("state"), memberStateName(member)},
            {QStringLiteral("address"), orNull(member.publicAddress)},
            {QStringLiteral("private_address"), orNull(member.privateAddress)}});
    }
    QJsonArray duplicates;
    for (const Rental::Duplicate &duplicate : rental.livingDuplicates())
        duplicates.append(duplicate.serverId);
    return {{QStringLiteral("name"), rental.spec.name},
            {QStringLiteral("state"), rentalStateName(rental.state)},
            {QStringLiteral("region"), rental.spec.region},
            {QStringLiteral("range"), rental.spec.range},
            {QStringLiteral("owner"), rental.spec.owner},
            {QStringLiteral("keep"), rental.spec.keep},
            {QStringLiteral("begun"), orNull(rental.begunAt.toString(Qt::ISODate))},
            {QStringLiteral("droplets"), servers},
            {QStringLiteral("late_duplicates"), duplicates},
            {QStringLiteral("vpc"), orNull(rental.networkId)},
            {QStringLiteral("firewall"), orNull(rental.firewallId)},
            {QStringLiteral("usd_per_hour"), rental.perHour().dollars()},
            {QStringLiteral("usd_so_far"), cost ? QJsonValue(cost->dollars()) : QJsonValue()},
            {QStringLiteral("as_of"), now.isValid() ? QJsonValue(now.toString(Qt::ISODate)) : QJsonValue()}};
}

TerminalText rentalToText(const Rental &rental, const QDateTime &now) {
    TerminalText text = lineText(QStringLiteral("Fleet %1: %2, %3, age %4, begun by %5")
                                     .arg(rental.spec.name, rentalStateName(rental.state), rental.spec.region,
                                          ageText(rental.begunAt, now), rental.spec.owner));
    text += lineText(
        QStringLiteral("Cost:  so far %1, %2 an hour%3")
            .arg(costText(rental.cost(now)), rental.perHour().text(),
                 rental.spec.keep ? QStringLiteral("; kept until it is destroyed by hand") : QString()));
    text += "\n";
    QList<QStringList> rows{{QStringLiteral("HOST"), QStringLiteral("DROPLET"), QStringLiteral("SIZE"),
                             QStringLiteral("ADDRESS"), QStringLiteral("STATE")}};
    const QJsonArray servers = rentalToJson(rental, now).value(QStringLiteral("droplets")).toArray();
    for (const QJsonValue entry : servers) {
        const QJsonObject server = entry.toObject();
        const qint64 id = server.value(QStringLiteral("id")).toInteger();
        rows << QStringList{server.value(QStringLiteral("host")).toString(),
                            id == 0 ? QStringLiteral("-") : QString::number(id),
                            server.value(QStringLiteral("size")).toString(),
                            server.value(QStringLiteral("address")).toString(QStringLiteral("-")),
                            server.value(QStringLiteral("state")).toString()};
    }
    for (const Rental::Duplicate &duplicate : rental.livingDuplicates())
        rows << QStringList{QStringLiteral("-"), QString::number(duplicate.serverId), QStringLiteral("-"),
                            QStringLiteral("-"), QStringLiteral("late duplicate, also charged")};
    return text + tableText(rows);
}

void printRental(const RentalNow &rental, bool json) {
    print(json ? jsonText(QJsonDocument(rentalToJson(rental.rental, rental.now)))
               : rentalToText(rental.rental, rental.now));
    printTimeProblem(rental.nowProblem);
}

void printTimeProblem(const QString &problem) {
    if (!problem.isEmpty())
        printNote(QStringLiteral(
                      "Age and cost are not known, since DigitalOcean did not report its time and what there "
                      "is: ") +
                  problem);
}

TerminalText belongingsText(const Belongings &belongings, const QDateTime &now) {
    QList<QStringList> rows{{QStringLiteral("WHAT"), QStringLiteral("ID"), QStringLiteral("NAME"),
                             QStringLiteral("AGE"), QStringLiteral("COST"), QStringLiteral("TAGS")}};
    for (const CloudServer &server : belongings.servers)
        rows << QStringList{QStringLiteral("droplet"),
                            QString::number(server.id),
                            server.name,
                            ageText(server.createdAt, now),
                            serverCost(server.perHour, server.createdAt.secsTo(now)).text(),
                            server.tags.join(QStringLiteral(", "))};
    for (const Firewall &firewall : belongings.firewalls)
        rows << QStringList{QStringLiteral("firewall"),       firewall.id,         firewall.name,
                            ageText(firewall.createdAt, now), QStringLiteral("-"), QString()};
    for (const CloudNetwork &network : belongings.networks)
        rows << QStringList{QStringLiteral("vpc"),           network.id,          network.name,
                            ageText(network.createdAt, now), QStringLiteral("-"), network.range};
    for (const QString &tag : belongings.tags)
        rows << QStringList{QStringLiteral("tag"), QStringLiteral("-"), tag,
                            QStringLiteral("-"),   QStringLiteral("-"), QString()};
    if (rows.size() == 1)
        return TerminalText("Nothing of it is in the account.\n");
    return tableText(rows);
}

QJsonObject belongingsToJson(const Belongings &belongings) {
    QJsonArray servers;
    QJsonArray firewalls;
    QJsonArray networks;
    for (const CloudServer &server : belongings.servers)
        servers.append(QJsonObject{{QStringLiteral("id"), server.id},
                                   {QStringLiteral("name"), server.name},
                                   {QStringLiteral("status"), server.status},
                                   {QStringLiteral("created"), server.createdAt.toString(Qt::ISODate)}});
    for (const Firewall &firewall : belongings.firewalls)
        firewalls.append(
            QJsonObject{{QStringLiteral("id"), firewall.id}, {QStringLiteral("name"), firewall.name}});
    for (const CloudNetwork &network : belongings.networks)
        networks.append(
            QJsonObject{{QStringLiteral("id"), network.id}, {QStringLiteral("name"), network.name}});
    return {{QStringLiteral("droplets"), servers},
            {QStringLiteral("firewalls"), firewalls},
            {QStringLiteral("vpcs"), networks},
            {QStringLiteral("tags"), QJsonArray::fromStringList(belongings.tags)}};
}

} // namespace slipway::cli
