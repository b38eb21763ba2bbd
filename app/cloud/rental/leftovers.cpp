// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cloud/rental/leftovers.h"

#include "models/fleet/addressrange.h"
#include "models/fleet/rentalnames.h"

#include <QMap>
#include <QSet>

#include <algorithm>

namespace slipway {

namespace {

using Owners = QMap<QString, rentalnames::Ownership>;

// Who rented which fleet until when: droplets carry it as a tag, VPCs as their description.
Owners ownersOf(const Belongings &all) {
    Owners owners;
    const auto take = [&](const QString &text) {
        const auto owner = rentalnames::parseOwner(text);
        if (owner && (!owners.contains(owner->fleet) || owners[owner->fleet].until < owner->until))
            owners.insert(owner->fleet, *owner);
    };
    for (const CloudServer &server : all.servers)
        std::for_each(server.tags.begin(), server.tags.end(), take);
    for (const CloudNetwork &network : all.networks)
        take(network.description);
    return owners;
}

bool usesOurRanges(const CloudNetwork &network) {
    const auto range = AddressRange::parse(network.range);
    const AddressRange ours{0x0afa0000, 15}; // 10.250.0.0 and 10.251.0.0
    return range && range->overlaps(ours);
}

} // namespace

QString campaignOn(const CloudServer &server, const QMap<QString, QString> &busy) {
    for (const QString &key :
         {QStringLiteral("droplet-%1").arg(server.id), server.publicAddress, server.privateAddress}) {
        if (!key.isEmpty() && busy.contains(key))
            return busy.value(key);
    }
    return {};
}

QList<Leftover> leftovers(const Belongings &all, const QStringList &live, const QMap<QString, QString> &busy,
                          const QDateTime &now) {
    const Owners owners = ownersOf(all);
    QList<Leftover> list;
    const auto add = [&](Leftover::Kind kind, const QString &id, const QString &name, const QStringList &tags,
                         const QDateTime &createdAt, bool rangeOnly) -> Leftover * {
        const QString fleet = rentalnames::fleetOf(name, tags);
        if (fleet.isEmpty() && !rentalnames::isOfField(name, tags) && !rangeOnly)
            return nullptr;
        Leftover leftover{kind, id, name, fleet, Leftover::Claim::Nobody, {}, {}, createdAt, {}, {}, {}, {}};
        const auto owner = owners.constFind(fleet);
        if (owner != owners.constEnd()) {
            leftover.owner = owner->owner;
            leftover.until = owner->until;
        }
        if (!fleet.isEmpty() && live.contains(fleet))
            leftover.claim = Leftover::Claim::Here;
        else if (leftover.until.isValid() && leftover.until > now)
            leftover.claim = Leftover::Claim::Elsewhere;
        else if (fleet.isEmpty() && !rentalnames::isOfField(name, tags))
            leftover.claim = Leftover::Claim::Unclear;
        list.append(leftover);
        return &list.last();
    };
    for (const CloudServer &server : all.servers) {
        Leftover *leftover = add(Leftover::Kind::Server, QString::number(server.id), server.name, server.tags,
                                 server.createdAt, false);
        if (!leftover)
            continue;
        leftover->status = server.status;
        leftover->usedBy = campaignOn(server, busy);
        if (!leftover->usedBy.isEmpty())
            leftover->claim = Leftover::Claim::Campaign;
        leftover->perHour = server.perHour;
        leftover->cost = serverCost(server.perHour, server.createdAt.secsTo(now));
    }
    for (const Firewall &firewall : all.firewalls)
        add(Leftover::Kind::Firewall, firewall.id, firewall.name, firewall.tags, firewall.createdAt, false);
    for (const CloudNetwork &network : all.networks) {
        if (!network.isDefault)
            add(Leftover::Kind::Network, network.id, network.name, {}, network.createdAt,
                usesOurRanges(network));
    }
    claimForServers(all, list);
    return list;
}

void claimForServers(const Belongings &all, QList<Leftover> &leftovers) {
    QSet<QString> going;
    for (const Leftover &leftover : std::as_const(leftovers)) {
        if (leftover.kind == Leftover::Kind::Server && leftover.claim == Leftover::Claim::Nobody)
            going.insert(leftover.id);
    }
    const auto claim = [&](const QString &id, const auto &uses) {
        const auto thing = std::find_if(leftovers.begin(), leftovers.end(),
                                        [&](const Leftover &leftover) { return leftover.id == id; });
        const auto user =
            std::find_if(all.servers.begin(), all.servers.end(), [&](const CloudServer &server) {
                return !going.contains(QString::number(server.id)) && uses(server);
            });
        if (thing == leftovers.end() || thing->claim != Leftover::Claim::Nobody || user == all.servers.end())
            return;
        thing->claim = Leftover::Claim::InUse;
        thing->usedBy = user->name;
    };
    for (const Firewall &firewall : all.firewalls)
        claim(firewall.id, [&](const CloudServer &server) {
            return std::any_of(firewall.tags.begin(), firewall.tags.end(),
                               [&](const QString &tag) { return server.tags.contains(tag); });
        });
    for (const CloudNetwork &network : all.networks)
        claim(network.id, [&](const CloudServer &server) { return server.networkId == network.id; });
}

Belongings sweepable(const Belongings &all, const QList<Leftover> &leftovers) {
    QSet<QString> ids;
    QSet<QString> fleets;
    QSet<QString> kept;
    for (const Leftover &leftover : leftovers) {
        if (leftover.claim == Leftover::Claim::Nobody) {
            ids.insert(leftover.id);
            fleets.insert(leftover.fleet);
        } else {
            kept.insert(leftover.fleet);
        }
    }
    Belongings swept;
    const auto copy = [&](const auto &from, auto &to, const auto &idOf) {
        std::copy_if(from.begin(), from.end(), std::back_inserter(to),
                     [&](const auto &thing) { return ids.contains(idOf(thing)); });
    };
    copy(all.servers, swept.servers, [](const CloudServer &server) { return QString::number(server.id); });
    copy(all.firewalls, swept.firewalls, [](const Firewall &firewall) { return firewall.id; });
    copy(all.networks, swept.networks, [](const CloudNetwork &network) { return network.id; });
    for (const QString &tag : all.tags) {
        const auto owner = rentalnames::parseOwner(tag);
        const QString fleet = owner ? owner->fleet : rentalnames::fleetOf({}, {tag});
        if (!fleet.isEmpty() && fleets.contains(fleet) && !kept.contains(fleet))
            swept.tags << tag;
    }
    return swept;
}

QString leftoverKindName(Leftover::Kind kind) {
    switch (kind) {
    case Leftover::Kind::Server:
        return QStringLiteral("droplet");
    case Leftover::Kind::Firewall:
        return QStringLiteral("firewall");
    case Leftover::Kind::Network:
        return QStringLiteral("vpc");
    }
    return {};
}

QString claimText(const Leftover &leftover) {
    switch (leftover.claim) {
    case Leftover::Claim::Nobody:
        return leftover.owner.isEmpty() ? QStringLiteral("nobody")
                                        : QStringLiteral("nobody (%1 had it)").arg(leftover.owner);
    case Leftover::Claim::Here:
        return QStringLiteral("a fleet rented here");
    case Leftover::Claim::Elsewhere:
        return QStringLiteral("%1 until %2").arg(leftover.owner, leftover.until.toString(Qt::ISODate));
    case Leftover::Claim::Unclear:
        return QStringLiteral("unclear: only its range is one that fleets use");
    case Leftover::Claim::Campaign:
        return QStringLiteral("campaign %1, which runs").arg(leftover.usedBy);
    case Leftover::Claim::InUse:
        return QStringLiteral("droplet %1, which stays").arg(leftover.usedBy);
    }
    return {};
}

} // namespace slipway
