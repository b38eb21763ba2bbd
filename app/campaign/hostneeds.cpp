// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/campaign/hostneeds.h"
#include "app/core/builtinprotocols.h"
#include "models/cycles/faultclass.h"

namespace slipway {

QMap<QString, HostNeeds> needsOf(const CampaignPlan &plan) {
    QMap<QString, HostNeeds> needs;
    const int peerPort = plan.parameters.value(QStringLiteral("port")).toInt();
    const int chaosPort = plan.parameters.value(QStringLiteral("chaos_port")).toInt();
    const QList<Host> peers = plan.fleet.withRole(HostRole::Peer);
    for (const Host &host : plan.fleet.hosts) {
        needs[host.name].programs = plan.protocol.name != kFieldProtocol;
        if (host.role == HostRole::Peer && peerPort > 0 && plan.phases.contains(2))
            needs[host.name].ports << peerPort;
        if (host.role == HostRole::Chaos && chaosPort > 0 && plan.phases.contains(4))
            needs[host.name].ports << chaosPort << chaosPort + 1 << chaosPort + 2;
        if (host.role == HostRole::Chaos && plan.phases.contains(4)) {
            needs[host.name].tar = plan.protocol.name == kFieldProtocol;
            if (needs[host.name].programs)
                needs[host.name].faults = faultsIn(plan.parameters);
        }
    }
    const bool ownDatabase = plan.parameters.contains(QStringLiteral("postgres_url")) &&
                             plan.parameters.value(QStringLiteral("postgres_url")).isEmpty();
    if (plan.phases.contains(3) && ownDatabase && !peers.isEmpty())
        needs[peers.constFirst().name].postgresql = true;
    return needs;
}

QMap<QString, HostNeeds> needsOf(const Fleet &fleet) {
    const auto protocol = builtInProtocol(QStringLiteral("ship-gate"));
    if (!protocol)
        return {};
    const auto parameters = resolveParameters(*protocol, fleet.parameters, {});
    CampaignPlan plan;
    plan.fleet = fleet;
    plan.protocol = *protocol;
    for (const Phase &phase : protocol->phases)
        plan.phases << phase.number;
    if (parameters)
        plan.parameters = *parameters;
    return needsOf(plan);
}

} // namespace slipway
