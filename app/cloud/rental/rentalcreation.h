// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cloud/rental/rentalcontext.h"

namespace slipway {

/// Makes a rental's tag, VPC, firewall and droplets, in this order, so that no droplet is ever unprotected,
/// and waits until they can be reached. What the journal says is made is not made again: run() continues
/// where a killed process stopped. Blocks; errors leave what was made in the journal.
///
/// The API knows no idempotency key. Each request for a droplet is journalled with a tag of its own before it
/// is sent. One whose answer is not known is looked for by that tag and by its name for a minute; only then
/// is it asked for again. What comes up besides is a duplicate, and is reported.
class RentalCreation {
public:
    RentalCreation(CloudProvider &client, RentalJournal &journal, ReportRental report);

    Result<void> run();

private:
    using Find = std::function<Result<QString>()>; ///< an id; empty when there is none
    Result<void> makeTag();
    Result<void> makeNetwork();
    Result<void> makeFirewall();
    Result<void> makeNamed(const QString &kind, const Find &find, const Find &make);
    Result<void> makeServer(const QString &host);
    Result<void> requestServer(const QString &host);
    Result<bool> reconcile(const QString &host);
    Result<bool> adopt(const QString &host);

    Result<void> note(const QString &what, const QString &kind, const QString &name = {},
                      const QString &id = {}, const QString &attempt = {}, const QJsonObject &data = {});
    Result<void> noteMade(const QString &host, const CloudServer &server);
    [[nodiscard]] const Rental &rental() const { return m_journal.rental(); }
    [[nodiscard]] QDateTime now() const { return m_client.now(); }

    CloudProvider &m_client;
    RentalJournal &m_journal;
    ReportRental m_report;
};

} // namespace slipway
