// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>
#include <QString>
#include <QStringList>

#include <optional>

/// What the things of a rented fleet are called at DigitalOcean, so that they are legal, do not collide and
/// are found again: names of droplets, VPCs and firewalls may hold no underscore, tags no dot, and VPCs and
/// firewalls cannot be tagged. Pure.
namespace slipway::rentalnames {

/// [a-z0-9-]{1,40} with no dash at either end: the name is part of everything below, and of no other name.
[[nodiscard]] bool isLegal(const QString &fleet);

[[nodiscard]] QString fleetTag(const QString &fleet);  ///< "slipway-fleet:NAME", on every droplet of it
[[nodiscard]] QString groupName(const QString &fleet); ///< of VPC and firewall: "slipway-NAME"
[[nodiscard]] QString serverName(const QString &fleet, const QString &host); ///< "slipway-NAME.node-a"
[[nodiscard]] QString attemptTag(const QString &hex); ///< "slipway-op:HEX", one for each request to create
/// `once`: eight hex digits that no other rental has, also not one of the same name, owner and second.
[[nodiscard]] QString ownerTag(const QString &fleet, const QString &owner, const QDateTime &until,
                               const QString &once);

/// Who rented something for how long, as ownerTag() says it.
struct Ownership {
    QString fleet;
    QString owner;
    QDateTime until;
};
[[nodiscard]] std::optional<Ownership> parseOwner(const QString &tag);
[[nodiscard]] QString legalOwner(const QString &user); ///< a user's name with what a tag cannot hold left out

/// The fleet that a thing belongs to by its tags or its name; empty when it is none of ours.
[[nodiscard]] QString fleetOf(const QString &name, const QStringList &tags);
/// True for what the field's ship-gate leaves behind: "aim-…" names, its tags.
[[nodiscard]] bool isOfField(const QString &name, const QStringList &tags);

} // namespace slipway::rentalnames
