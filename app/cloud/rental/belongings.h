// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cloud/digitalocean/dropletclient.h"
#include "models/fleet/rental.h"

namespace slipway {

/// Everything of the account that is shown, swept or destroyed together.
struct Belongings {
    QList<Droplet> droplets;
    QList<Firewall> firewalls;
    QList<Vpc> vpcs;
    QStringList tags;

    [[nodiscard]] bool costsOrBlocks() const {
        return !droplets.isEmpty() || !firewalls.isEmpty() || !vpcs.isEmpty();
    }
    [[nodiscard]] QList<qint64> dropletIds() const; ///< sorted
};

/// All that there is in the account. Refuses when tags cannot be read: droplets without tags would then not
/// mean anything.
Result<Belongings> everything(DropletClient &client);

/// Refuses to look for a rental at another address than it was made at: there, all of it would seem to be
/// gone.
Result<void> checkApi(const DropletClient &client, const Rental &rental);

/// When a droplet was made and what it costs, as journals hold it.
[[nodiscard]] QJsonObject priceData(const Droplet &droplet);

/// The line of a journal for each of `droplets` that is of the rental by tag or name and that it does not
/// know yet, since it costs too: made after all, when it is what the last request for a host was to make,
/// else a duplicate.
[[nodiscard]] QList<RentalEvent> lateOf(const QList<Droplet> &droplets, const Rental &rental,
                                        const QDateTime &now);

/// What of it belongs to a fleet, by tag, by name, or because its journal has the id; of a rental whose name
/// somebody else's VPC has, only what that journal asked for; droplets that lists do
/// not show yet are asked for by id. `rental` is null for a fleet that was not rented from here.
Result<Belongings> belongingsOf(DropletClient &client, const Belongings &all, const QString &fleet,
                                const Rental *rental);

} // namespace slipway
