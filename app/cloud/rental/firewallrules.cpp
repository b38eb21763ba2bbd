// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cloud/rental/firewallrules.h"

#include "models/fleet/rentalnames.h"

#include <QJsonArray>

namespace slipway {

namespace {

QJsonObject rule(const char *protocol, const QString &ports, const char *side, const QJsonObject &target) {
    return {{QStringLiteral("protocol"), QLatin1String(protocol)},
            {QStringLiteral("ports"), ports},
            {QLatin1String(side), target}};
}

} // namespace

QJsonObject firewallRules(const RentalSpec &spec) {
    const QString all = QStringLiteral("0");
    const QString tag = rentalnames::fleetTag(spec.name);
    const QJsonObject people{{QStringLiteral("addresses"), QJsonArray::fromStringList(spec.sshFrom)}};
    const QJsonObject peers{{QStringLiteral("tags"), QJsonArray{tag}},
                            {QStringLiteral("addresses"), QJsonArray{spec.range}}};
    const QJsonObject world{
        {QStringLiteral("addresses"), QJsonArray{QStringLiteral("0.0.0.0/0"), QStringLiteral("::/0")}}};
    QJsonArray inbound{rule("tcp", QStringLiteral("22"), "sources", people)};
    QJsonArray outbound;
    for (const char *protocol : {"tcp", "udp", "icmp"}) {
        inbound.append(rule(protocol, all, "sources", peers));
        outbound.append(rule(protocol, all, "destinations", world));
    }
    return {{QStringLiteral("name"), rentalnames::groupName(spec.name)},
            {QStringLiteral("tags"), QJsonArray{tag}},
            {QStringLiteral("inbound_rules"), inbound},
            {QStringLiteral("outbound_rules"), outbound}};
}

} // namespace slipway
