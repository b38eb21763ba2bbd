// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cloud/rental/rentalcontext.h"

namespace slipway {

/// Everything of the account that is shown or destroyed together.
struct Belongings {
    QList<CloudServer> servers;
    QList<Firewall> firewalls;
    QList<CloudNetwork> networks;
    QStringList tags;

    [[nodiscard]] bool costsOrBlocks() const {
        return !servers.isEmpty() || !firewalls.isEmpty() || !networks.isEmpty();
    }
    [[nodiscard]] QList<qint64> serverIds() const; ///< sorted
};

/// All that there is in the account. Refuses when tags cannot be read: droplets without tags would then not
/// mean anything.
Result<Belongings> everything(CloudProvider &client);

/// NotFound: of a fleet neither a journal nor the account knows anything.
[[nodiscard]] Error nothingOf(const QString &fleet);

/// Refuses to look for a rental at another address than it was made at: there, all of it would seem to be
/// gone.
Result<void> checkApi(const CloudProvider &client, const Rental &rental);

/// When a droplet was made and what it costs, as journals hold it.
[[nodiscard]] QJsonObject priceData(const CloudServer &server);

/// The line of a journal for each of `droplets` that is of the rental by tag or name and that it does not
/// know yet, since it costs too: made after all, when it is what the last request for a host was to make,
/// else a duplicate.
[[nodiscard]] QList<RentalEvent> lateOf(const QList<CloudServer> &servers, const Rental &rental,
                                        const QDateTime &now);

/// Notes lateOf() the rental in its journal, and reports each as a duplicate.
Result<void> noteDuplicates(RentalJournal &journal, const QList<CloudServer> &servers, const QDateTime &now,
                            const ReportRental &report);

/// What of it belongs to a fleet, by tag, by name, or because its journal has the id; of a rental whose name
/// somebody else's VPC has, only what that journal asked for; droplets that lists do
/// not show yet are asked for by id. `rental` is null for a fleet that was not rented from here.
Result<Belongings> belongingsOf(CloudProvider &client, const Belongings &all, const QString &fleet,
                                const Rental *rental);

} // namespace slipway
