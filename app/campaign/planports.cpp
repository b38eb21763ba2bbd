// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/campaign/planports.h"

namespace slipway {

QMap<QString, QList<int>> portsOf(const CampaignPlan &plan) {
    QMap<QString, QList<int>> ports;
    const int peerPort = plan.parameters.value(QStringLiteral("port")).toInt();
    const int chaosPort = plan.parameters.value(QStringLiteral("chaos_port")).toInt();
    for (const Host &host : plan.fleet.hosts) {
        if (host.role == HostRole::Peer && peerPort > 0 && plan.phases.contains(2))
            ports[host.name] << peerPort;
        if (host.role == HostRole::Chaos && chaosPort > 0 && plan.phases.contains(4))
            ports[host.name] << chaosPort << chaosPort + 1 << chaosPort + 2;
    }
    return ports;
}

} // namespace slipway
