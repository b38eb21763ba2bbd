// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cloud/rental/rentalcontext.h"
#include "app/ssh/sshconnect.h"
#include "models/fleet/host.h"

#include <QList>

#include <stop_token>

namespace slipway {

/// What shall be on every host of a rented fleet before it is used.
struct Preparation {
    QString server;   ///< a program on this machine; empty: the hosts have it already
    QString version;  ///< recorded in /etc/ai-memory/version; empty: what the server says of itself
    int offHours = 8; ///< the hosts power themselves off then, which does not stop their cost; 0: they do not
};

/// Rented hosts over SSH, on the calling thread, which is blocked until all have answered, one failed for
/// good, or `stop`. Keys are the pinned ones or nothing: nobody is asked.
class RentalHosts {
public:
    RentalHosts(SshOptions options, std::stop_token stop, ReportRental report);

    /// Until every host answers with its pinned key and its cloud-init has ended well; five minutes for SSH
    /// and fifteen for cloud-init.
    Result<void> awaitReady(const QList<Host> &hosts);

    /// Packages that are missing, the server (its hash checked on every host), its version, the switch.
    Result<void> prepare(const QList<Host> &hosts, const Preparation &preparation);

private:
    class Asking;

    SshOptions m_options;
    std::stop_token m_stop;
    ReportRental m_report;
};

} // namespace slipway
