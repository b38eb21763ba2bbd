// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cloud/digitalocean/firewallrules.h"

#include <QJsonArray>

namespace slipway {

namespace {

QJsonObject rule(const char *protocol, const QString &ports, const char *side, const QJsonObject &target) {
    return {{QStringLiteral("protocol"), QLatin1String(protocol)},
            {QStringLiteral("ports"), ports},
            {QLatin1String(side), target}};
}

} // namespace

QJsonObject firewallRules(const FirewallRequest &request) {
    const QString all = QStringLiteral("0");
    const QJsonObject people{{QStringLiteral("addresses"), QJsonArray::fromStringList(request.sshFrom)}};
    const QJsonObject peers{{QStringLiteral("tags"), QJsonArray{request.tag}},
                            {QStringLiteral("addresses"), QJsonArray{request.range}}};
    const QJsonObject world{
        {QStringLiteral("addresses"), QJsonArray{QStringLiteral("0.0.0.0/0"), QStringLiteral("::/0")}}};
    QJsonArray inbound{rule("tcp", QStringLiteral("22"), "sources", people)};
    QJsonArray outbound;
    for (const char *protocol : {"tcp", "udp", "icmp"}) {
        inbound.append(rule(protocol, all, "sources", peers));
        outbound.append(rule(protocol, all, "destinations", world));
    }
    return {{QStringLiteral("name"), request.name},
            {QStringLiteral("tags"), QJsonArray{request.tag}},
            {QStringLiteral("inbound_rules"), inbound},
            {QStringLiteral("outbound_rules"), outbound}};
}

} // namespace slipway
