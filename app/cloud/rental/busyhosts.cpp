// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cloud/rental/busyhosts.h"

#include "app/campaign/planfile.h"
#include "app/cloud/rental/orphans.h"
#include "app/core/runlock.h"

#include <QDir>

namespace slipway {

BusyHosts busyHosts(const Paths &paths) {
    BusyHosts busy;
    for (const QString &id : QDir(paths.spoolDir({})).entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
        if (!RunLock::isHeld(paths.spoolDir(id)))
            continue;
        const auto plan = loadPlan(paths.spoolDir(id));
        if (!plan) // of another kind of lock, or broken: its fleet is not known
            continue;
        for (const Host &host : plan->fleet.hosts) {
            for (const QString &key : {host.id, host.address, host.privateAddress}) {
                if (!key.isEmpty())
                    busy.insert(key, id);
            }
        }
    }
    return busy;
}

QString campaignOn(const QList<CloudServer> &servers, const BusyHosts &busy) {
    for (const CloudServer &server : servers) {
        if (const QString campaign = campaignOn(server, busy); !campaign.isEmpty())
            return campaign;
    }
    return {};
}

} // namespace slipway
