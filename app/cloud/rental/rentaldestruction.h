// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cloud/rental/belongings.h"
#include "app/cloud/rental/rentalcontext.h"

namespace slipway {

/// Gives things back: droplets by id, then firewalls, then VPCs once their members are gone, the fleet's tag
/// last, since it is the handle for what is left. Each counts as gone only when the API says so in a later
/// answer. Blocks; can be run again after an error or a crash at any point, and then does what is missing.
class RentalDestruction {
public:
    RentalDestruction(CloudProvider &client, ReportRental report);

    /// Nothing but `what`, which a person has seen.
    Result<void> run(const Belongings &what);

    /// A rental with all that carries its tags or names, what turns up meanwhile included, and what may still
    /// come of a request that was never answered. When `shown` is given and there are other droplets by now,
    /// nothing is destroyed: InvalidInput.
    Result<void> run(RentalJournal &journal, const std::optional<QList<qint64>> &shown);

private:
    Result<void> removeServers(const QList<CloudServer> &servers);
    Result<void> removeFirewalls(const QList<Firewall> &firewalls);
    Result<void> removeNetworks(const QList<CloudNetwork> &networks);
    Result<void> removeNetwork(const CloudNetwork &network);
    Result<void> removeTags(const QStringList &tags);
    Result<Belongings> collect(const QString &fleet);
    Result<bool> mayStillCome();
    Result<void> gone(const QString &kind, const QString &id);
    void report(const QString &text) const { m_report({m_step, text}); }
    [[nodiscard]] QDateTime now() const { return m_client.now(); }

    CloudProvider &m_client;
    ReportRental m_report;
    QString m_step = kDestroySteps.first(); ///< that it is at
    RentalJournal *m_journal = nullptr;     ///< during run() of a rental
};

} // namespace slipway
