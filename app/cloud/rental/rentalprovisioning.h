// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cloud/rental/rentalhosts.h"
#include "app/cloud/rental/rentaljournal.h"
#include "app/cloud/rental/rentalviews.h"

namespace slipway {

struct RentalOptions {
    bool addKey = false; ///< put the login key into the account when it is not there
    bool login = true;   ///< wait for SSH and cloud-init too; otherwise the servers being active will do
};

/// Provisions one fleet, and makes it ready for a campaign. Blocks, on the thread of one operation.
class RentalProvisioning {
public:
    /// `changed` is called when the rental began and when it became ready or was destroyed.
    RentalProvisioning(RentalAccess access, SshOptions ssh, ReportRental report,
                       std::function<void()> changed);

    /// Provisions, or continues a rental of the name that was interrupted. When it fails, what was made is
    /// destroyed, unless the spec says keep; when stopped it stays, in the journal.
    Result<RentalNow> create(const RentalSpec &spec, const RentalOptions &options);
    /// Logs in, waits for cloud-init, installs. Can be repeated.
    Result<RentalNow> prepare(const QString &name, const Preparation &preparation);

private:
    Result<RentalNow> createWith(CloudProvider &provider, const RentalSpec &spec,
                                 const RentalOptions &options);
    Result<std::unique_ptr<RentalJournal>> beginOrContinue(CloudProvider &provider, RentalSpec spec,
                                                           bool addKey);
    Result<void> makeReady(CloudProvider &provider, RentalJournal &journal, bool login);

    RentalAccess m_access;
    SshOptions m_ssh;
    ReportRental m_report;
    std::function<void()> m_changed;
};

} // namespace slipway
