// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cloud/rental/rentalcontext.h"

namespace slipway {

/// Waits until servers that were asked for are active, have their addresses and are protected, and notes that
/// in the journal. Blocks, ten minutes for the servers and five for the firewall at most.
class RentalWaiting {
public:
    RentalWaiting(CloudProvider &client, RentalJournal &journal, ReportRental report);

    Result<void> run();

private:
    Result<void> awaitActive();
    Result<bool> lookAt(const QString &host, const QList<CloudServer> &listed, const QDateTime &since);
    Result<void> awaitFirewall();
    [[nodiscard]] const Rental &rental() const { return m_journal.rental(); }
    [[nodiscard]] QDateTime now() const { return m_client.now(); }

    CloudProvider &m_client;
    RentalJournal &m_journal;
    ReportRental m_report;
};

} // namespace slipway
