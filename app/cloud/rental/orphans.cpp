// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cloud/rental/orphans.h"

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

QList<OrphanCandidate> candidates(const Belongings &all, const QStringList &live,
                                  const QMap<QString, QString> &busy, const QDateTime &now) {
    const Owners owners = ownersOf(all);
    QList<OrphanCandidate> list;
    const auto add = [&](OrphanCandidate::Kind kind, const QString &id, const QString &name,
                         const QStringList &tags, const QDateTime &createdAt,
                         bool rangeOnly) -> OrphanCandidate * {
        const QString fleet = rentalnames::fleetOf(name, tags);
        if (fleet.isEmpty() && !rentalnames::isOfField(name, tags) && !rangeOnly)
            return nullptr;
        OrphanCandidate candidate{kind, id, name, fleet, OrphanCandidate::Claim::Nobody, {}, {}, createdAt,
                                  {},   {}, {},   {}};
        const auto owner = owners.constFind(fleet);
        if (owner != owners.constEnd()) {
            candidate.owner = owner->owner;
            candidate.until = owner->until;
        }
        if (!fleet.isEmpty() && live.contains(fleet))
            candidate.claim = OrphanCandidate::Claim::Here;
        else if (candidate.until.isValid() && candidate.until > now)
            candidate.claim = OrphanCandidate::Claim::Elsewhere;
        else if (fleet.isEmpty() && !rentalnames::isOfField(name, tags))
            candidate.claim = OrphanCandidate::Claim::Unclear;
        list.append(candidate);
        return &list.last();
    };
    for (const CloudServer &server : all.servers) {
        OrphanCandidate *candidate = add(OrphanCandidate::Kind::Server, QString::number(server.id),
                                         server.name, server.tags, server.createdAt, false);
        if (!candidate)
            continue;
        candidate->status = server.status;
        candidate->usedBy = campaignOn(server, busy);
        if (!candidate->usedBy.isEmpty())
            candidate->claim = OrphanCandidate::Claim::Campaign;
        candidate->perHour = server.perHour;
        candidate->cost = serverCost(server.perHour, server.createdAt.secsTo(now));
    }
    for (const Firewall &firewall : all.firewalls)
        add(OrphanCandidate::Kind::Firewall, firewall.id, firewall.name, firewall.tags, firewall.createdAt,
            false);
    for (const CloudNetwork &network : all.networks) {
        if (!network.isDefault)
            add(OrphanCandidate::Kind::Network, network.id, network.name, {}, network.createdAt,
                usesOurRanges(network));
    }
    claimForServers(all, list);
    return list;
}

void claimForServers(const Belongings &all, QList<OrphanCandidate> &candidates) {
    QSet<QString> going;
    for (const OrphanCandidate &candidate : std::as_const(candidates)) {
        if (candidate.kind == OrphanCandidate::Kind::Server &&
            candidate.claim == OrphanCandidate::Claim::Nobody)
            going.insert(candidate.id);
    }
    const auto claim = [&](const QString &id, const auto &uses) {
        const auto thing = std::find_if(candidates.begin(), candidates.end(),
                                        [&](const OrphanCandidate &candidate) { return candidate.id == id; });
        const auto user =
            std::find_if(all.servers.begin(), all.servers.end(), [&](const CloudServer &server) {
                return !going.contains(QString::number(server.id)) && uses(server);
            });
        if (thing == candidates.end() || thing->claim != OrphanCandidate::Claim::Nobody ||
            user == all.servers.end())
            return;
        thing->claim = OrphanCandidate::Claim::InUse;
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

Belongings orphansOf(const Belongings &all, const QList<OrphanCandidate> &candidates) {
    QSet<QString> ids;
    QSet<QString> fleets;
    QSet<QString> kept;
    for (const OrphanCandidate &candidate : candidates) {
        if (candidate.claim == OrphanCandidate::Claim::Nobody) {
            ids.insert(candidate.id);
            fleets.insert(candidate.fleet);
        } else {
            kept.insert(candidate.fleet);
        }
    }
    Belongings orphans;
    const auto copy = [&](const auto &from, auto &to, const auto &idOf) {
        std::copy_if(from.begin(), from.end(), std::back_inserter(to),
                     [&](const auto &thing) { return ids.contains(idOf(thing)); });
    };
    copy(all.servers, orphans.servers, [](const CloudServer &server) { return QString::number(server.id); });
    copy(all.firewalls, orphans.firewalls, [](const Firewall &firewall) { return firewall.id; });
    copy(all.networks, orphans.networks, [](const CloudNetwork &network) { return network.id; });
    for (const QString &tag : all.tags) {
        const auto owner = rentalnames::parseOwner(tag);
        const QString fleet = owner ? owner->fleet : rentalnames::fleetOf({}, {tag});
        if (!fleet.isEmpty() && fleets.contains(fleet) && !kept.contains(fleet))
            orphans.tags << tag;
    }
    return orphans;
}

QString candidateKindName(OrphanCandidate::Kind kind) {
    switch (kind) {
    case OrphanCandidate::Kind::Server:
        return QStringLiteral("droplet");
    case OrphanCandidate::Kind::Firewall:
        return QStringLiteral("firewall");
    case OrphanCandidate::Kind::Network:
        return QStringLiteral("vpc");
    }
    return {};
}

QString claimText(const OrphanCandidate &candidate) {
    switch (candidate.claim) {
    case OrphanCandidate::Claim::Nobody:
        return candidate.owner.isEmpty() ? QStringLiteral("nobody")
                                         : QStringLiteral("nobody (%1 had it)").arg(candidate.owner);
    case OrphanCandidate::Claim::Here:
        return QStringLiteral("a fleet rented here");
    case OrphanCandidate::Claim::Elsewhere:
        return QStringLiteral("%1 until %2").arg(candidate.owner, candidate.until.toString(Qt::ISODate));
    case OrphanCandidate::Claim::Unclear:
        return QStringLiteral("unclear: only its range is one that fleets use");
    case OrphanCandidate::Claim::Campaign:
        return QStringLiteral("campaign %1, which runs").arg(candidate.usedBy);
    case OrphanCandidate::Claim::InUse:
        return QStringLiteral("droplet %1, which stays").arg(candidate.usedBy);
    }
    return {};
}

} // namespace slipway
