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
    return std::any_of(all.vpcs.begin(), all.vpcs.end(), [&](const Vpc &vpc) {
        return rentalnames::fleetOf(vpc.name, {}) == fleet && vpc.id != rental.vpcId &&
               vpc.description != rental.ownerTag;
    });
}

// Was asked for by this rental, whatever its name is.
bool isAskedFor(const Droplet &droplet, const Rental &rental) {
    return std::any_of(rental.members.begin(), rental.members.end(), [&](const Rental::Member &member) {
        return std::any_of(member.attempts.begin(), member.attempts.end(),
                           [&](const QString &attempt) { return droplet.tags.contains(attempt); });
    });
}

// The fleet's own tags, the handle for what is left, come last.
QStringList tagsOf(const Belongings &all, const Belongings &own, const QString &fleet, const Rental *rental,
                   bool byName) {
    QSet<QString> attempts;
    for (const Droplet &droplet : own.droplets) {
        for (const QString &tag : droplet.tags) {
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

QList<qint64> Belongings::dropletIds() const {
    QList<qint64> ids;
    for (const Droplet &droplet : droplets)
        ids << droplet.id;
    std::sort(ids.begin(), ids.end());
    return ids;
}

Result<Belongings> everything(DropletClient &client) {
    auto tags = client.tags();
    if (!tags)
        return tags.error();
    auto droplets = client.droplets();
    if (!droplets)
        return droplets.error();
    auto firewalls = client.firewalls();
    if (!firewalls)
        return firewalls.error();
    auto vpcs = client.vpcs();
    if (!vpcs)
        return vpcs.error();
    return Belongings{std::move(*droplets), std::move(*firewalls), std::move(*vpcs), std::move(*tags)};
}

Result<void> checkApi(const DropletClient &client, const Rental &rental) {
    const QString api = apiText(client.transport().base());
    if (rental.api.isEmpty() || rental.api == api)
        return {};
    return Error{
        ErrorCode::InvalidInput,
        QStringLiteral("Fleet %1 was rented at %2, and %3 is asked now, which knows nothing of it. Set "
                       "DIGITALOCEAN_API_URL or \"slipwayctl fleet api\" to the first.")
            .arg(rental.spec.name, rental.api, api)};
}

QJsonObject priceData(const Droplet &droplet) {
    return {{QStringLiteral("created"), droplet.createdAt.toString(Qt::ISODate)},
            {QStringLiteral("micros"), droplet.perHour.micros}};
}

QList<RentalEvent> lateOf(const QList<Droplet> &droplets, const Rental &rental, const QDateTime &now) {
    QList<RentalEvent> events;
    for (const Droplet &droplet : droplets) {
        if (rental.knows(droplet.id) || rentalnames::fleetOf(droplet.name, droplet.tags) != rental.spec.name)
            continue;
        const auto asked =
            std::find_if(rental.members.begin(), rental.members.end(), [&](const Rental::Member &member) {
                return member.uncertain() && droplet.tags.contains(member.attempts.constLast());
            });
        const bool made = asked != rental.members.end();
        events.append({now,
                       made ? QStringLiteral("made") : QStringLiteral("duplicate"),
                       QStringLiteral("droplet"),
                       made ? asked->wanted.host : droplet.name,
                       QString::number(droplet.id),
                       {},
                       priceData(droplet)});
    }
    return events;
}

Result<Belongings> belongingsOf(DropletClient &client, const Belongings &all, const QString &fleet,
                                const Rental *rental) {
    TRY(rental ? checkApi(client, *rental) : Result<void>());
    Belongings own;
    const bool byName = !rental || !isSomebodyElses(all, fleet, *rental);
    const QList<qint64> known = rental ? rental->dropletIds() : QList<qint64>();
    for (const Droplet &droplet : all.droplets) {
        if (known.contains(droplet.id) || (rental && isAskedFor(droplet, *rental)) ||
            (byName && rentalnames::fleetOf(droplet.name, droplet.tags) == fleet))
            own.droplets << droplet;
    }
    for (const qint64 id : known) {
        if (own.dropletIds().contains(id))
            continue;
        auto droplet = client.droplet(id);
        if (droplet)
            own.droplets << *droplet;
        else if (droplet.error().code != ErrorCode::NotFound)
            return droplet.error();
    }
    for (const Firewall &firewall : all.firewalls) {
        if ((rental && firewall.id == rental->firewallId) ||
            (byName && rentalnames::fleetOf(firewall.name, firewall.tags) == fleet))
            own.firewalls << firewall;
    }
    for (const Vpc &vpc : all.vpcs) {
        if ((rental && vpc.id == rental->vpcId) || (byName && rentalnames::fleetOf(vpc.name, {}) == fleet))
            own.vpcs << vpc;
    }
    own.tags = tagsOf(all, own, fleet, rental, byName);
    return own;
}

} // namespace slipway
