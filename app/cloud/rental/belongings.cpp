// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cloud/rental/belongings.h"

#include "models/fleet/rentalnames.h"

#include <QSet>

#include <algorithm>

namespace slipway {

namespace {

bool isAttempt(const QString &tag) {
    return tag.startsWith(rentalnames::attemptTag({}));
}

// Two that rent by one name at the same moment share its tags; the name is whose VPC has it, which can be
// only one's.
bool isSomebodyElses(const Belongings &all, const QString &fleet, const Rental &rental) {
    return std::any_of(all.networks.begin(), all.networks.end(), [&](const CloudNetwork &network) {
        return rentalnames::fleetOf(network.name, {}) == fleet && network.id != rental.networkId &&
               network.description != rental.ownerTag;
    });
}

// Was asked for by this rental, whatever its name is.
bool isAskedFor(const CloudServer &server, const Rental &rental) {
    return std::any_of(rental.members.begin(), rental.members.end(), [&](const Rental::Member &member) {
        return std::any_of(member.attempts.begin(), member.attempts.end(),
                           [&](const QString &attempt) { return server.tags.contains(attempt); });
    });
}

// The fleet's own tags, the handle for what is left, come last.
QStringList tagsOf(const Belongings &all, const Belongings &own, const QString &fleet, const Rental *rental,
                   bool byName) {
    QSet<QString> attempts;
    for (const CloudServer &server : own.servers) {
        for (const QString &tag : server.tags) {
            if (isAttempt(tag))
                attempts.insert(tag);
        }
    }
    if (rental) {
        for (const Rental::Member &member : rental->members)
            attempts.unite(QSet<QString>(member.attempts.begin(), member.attempts.end()));
    }
    QStringList tags;
    for (const QString &tag : all.tags) {
        const auto owner = rentalnames::parseOwner(tag);
        if (attempts.contains(tag) || (byName && owner && owner->fleet == fleet))
            tags << tag;
    }
    if (byName && all.tags.contains(rentalnames::fleetTag(fleet)))
        tags << rentalnames::fleetTag(fleet);
    return tags;
}

} // namespace

QList<qint64> Belongings::serverIds() const {
    QList<qint64> ids;
    for (const CloudServer &server : servers)
        ids << server.id;
    std::sort(ids.begin(), ids.end());
    return ids;
}

Result<Belongings> everything(CloudProvider &client) {
    auto tags = client.tags();
    if (!tags)
        return tags.error();
    auto servers = client.servers();
    if (!servers)
        return servers.error();
    auto firewalls = client.firewalls();
    if (!firewalls)
        return firewalls.error();
    auto networks = client.networks();
    if (!networks)
        return networks.error();
    return Belongings{std::move(*servers), std::move(*firewalls), std::move(*networks), std::move(*tags)};
}

Result<void> noteDuplicates(RentalJournal &journal, const QList<CloudServer> &servers, const QDateTime &now,
                            const ReportRental &report) {
    for (const RentalEvent &event : lateOf(servers, journal.rental(), now)) {
        report(
            {QStringLiteral("droplets"),
             QStringLiteral("droplet %1 (%2) came up besides: a late duplicate. It costs money and goes when "
                            "the fleet is destroyed")
                 .arg(event.id, event.name)});
        TRY(journal.append(event));
    }
    return {};
}

Error nothingOf(const QString &fleet) {
    return {
        ErrorCode::NotFound,
        QStringLiteral("Neither is a fleet %1 known here, nor has the account anything of it.").arg(fleet)};
}

Result<void> checkApi(const CloudProvider &client, const Rental &rental) {
    const QString api = client.address();
    if (rental.api.isEmpty() || rental.api == api)
        return {};
    return Error{
        ErrorCode::InvalidInput,
        QStringLiteral("Fleet %1 was rented at %2, and %3 is asked now, which knows nothing of it. Set "
                       "DIGITALOCEAN_API_URL or \"slipwayctl fleet api\" to the first.")
            .arg(rental.spec.name, rental.api, api)};
}

QJsonObject priceData(const CloudServer &server) {
    return {{QStringLiteral("created"), server.createdAt.toString(Qt::ISODate)},
            {QStringLiteral("micros"), server.perHour.micros}};
}

QList<RentalEvent> lateOf(const QList<CloudServer> &servers, const Rental &rental, const QDateTime &now) {
    QList<RentalEvent> events;
    for (const CloudServer &server : servers) {
        if (rental.knows(server.id) || rentalnames::fleetOf(server.name, server.tags) != rental.spec.name)
            continue;
        const auto asked =
            std::find_if(rental.members.begin(), rental.members.end(), [&](const Rental::Member &member) {
                return member.uncertain() && server.tags.contains(member.attempts.constLast());
            });
        const bool made = asked != rental.members.end();
        events.append({now,
                       made ? QStringLiteral("made") : QStringLiteral("duplicate"),
                       QStringLiteral("droplet"),
                       made ? asked->requested.host : server.name,
                       QString::number(server.id),
                       {},
                       priceData(server)});
    }
    return events;
}

Result<Belongings> belongingsOf(CloudProvider &client, const Belongings &all, const QString &fleet,
                                const Rental *rental) {
    TRY(rental ? checkApi(client, *rental) : Result<void>());
    Belongings own;
    const bool byName = !rental || !isSomebodyElses(all, fleet, *rental);
    const QList<qint64> known = rental ? rental->serverIds() : QList<qint64>();
    for (const CloudServer &server : all.servers) {
        if (known.contains(server.id) || (rental && isAskedFor(server, *rental)) ||
            (byName && rentalnames::fleetOf(server.name, server.tags) == fleet))
            own.servers << server;
    }
    for (const qint64 id : known) {
        if (own.serverIds().contains(id))
            continue;
        auto server = client.server(id);
        if (server)
            own.servers << *server;
        else if (server.error().code != ErrorCode::NotFound)
            return server.error();
    }
    for (const Firewall &firewall : all.firewalls) {
        if ((rental && firewall.id == rental->firewallId) ||
            (byName && rentalnames::fleetOf(firewall.name, firewall.tags) == fleet))
            own.firewalls << firewall;
    }
    for (const CloudNetwork &network : all.networks) {
        if ((rental && network.id == rental->networkId) ||
            (byName && rentalnames::fleetOf(network.name, {}) == fleet))
            own.networks << network;
    }
    own.tags = tagsOf(all, own, fleet, rental, byName);
    return own;
}

} // namespace slipway
