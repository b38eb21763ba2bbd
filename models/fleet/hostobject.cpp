// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/fleet/hostobject.h"

#include "models/fleet/fleetimport.h"

#include <QJsonArray>
#include <QRegularExpression>
#include <QSet>

#include <algorithm>
#include <initializer_list>

namespace slipway {

namespace {

using Paths = std::initializer_list<const char *>;

// Fields in the order in which they are believed; "a.0.b" is b of the first of a.
constexpr Paths kPublic{"public",
                        "publicip",
                        "publicipv4",
                        "publicipaddress",
                        "publicaddress",
                        "ipv4address",
                        "mainip",
                        "accessipv4",
                        "externalip",
                        "externalipaddress",
                        "natip",
                        "ansiblehost",
                        "ansiblesshhost",
                        "ip",
                        "ipaddress",
                        "ipv4",
                        "address",
                        "addr",
                        "publicnet.ipv4.ip",
                        "networkinterface.0.accessconfig.0.natip",
                        "networkinterfaces.0.accessconfigs.0.natip",
                        "publicips.0.address",
                        "publicips.0",
                        "publicipaddresses.0",
                        "ipv4.0"};
constexpr Paths kNames{"publicdns", "publicdnsname", "fqdn", "ansiblehost", "ansiblesshhost", "address"};
constexpr Paths kPrivate{"private",
                         "privateip",
                         "privateipv4",
                         "privateipaddress",
                         "privateaddress",
                         "ipv4addressprivate",
                         "internalip",
                         "internalipaddress",
                         "internal",
                         "vpcip",
                         "privatenet.0.ip",
                         "networkinterface.0.networkip",
                         "networkinterfaces.0.networkip",
                         "privateips.0.address",
                         "privateips.0",
                         "privateipaddresses.0",
                         "network.0.ip",
                         "ipv4.1"};
constexpr Paths kIpv6{"ipv6address",       "ipv6",           "publicipv6", "v6mainip",
                      "publicnet.ipv6.ip", "ipv6addresses.0"};

QJsonValue member(const QJsonObject &object, const QString &key) {
    for (auto it = object.constBegin(); it != object.constEnd(); ++it) {
        if (fieldKey(it.key()) == key)
            return it.value();
    }
    return QJsonValue(QJsonValue::Undefined);
}

QJsonValue valueAt(const QJsonObject &object, const char *path) {
    QJsonValue value = object;
    for (const QString &step : QString::fromLatin1(path).split(QLatin1Char('.'))) {
        bool isIndex = false;
        const int index = step.toInt(&isIndex);
        value = isIndex ? value.toArray().at(index) : member(value.toObject(), step);
    }
    return value;
}

QString textOf(const QJsonValue &value) {
    if (value.isDouble())
        return QString::number(value.toDouble(), 'f', 0);
    return value.toString().trimmed();
}

QString firstText(const QJsonObject &object, Paths paths) {
    for (const char *path : paths) {
        if (const QString text = textOf(valueAt(object, path)); !text.isEmpty())
            return text;
    }
    return {};
}

// "203.0.113.5" of "203.0.113.5/32", which some providers write.
QString addressIn(const QJsonValue &value) {
    const QString text = value.toString().trimmed().section(QLatin1Char('/'), 0, 0);
    return isIpAddress(text) ? text : QString();
}

QString firstAddress(const QJsonObject &object, Paths paths, HostObject &found) {
    for (const char *path : paths) {
        const QJsonValue value = valueAt(object, path);
        if (value.isUndefined() || value.isArray() || value.isObject())
            continue;
        found.isHost = true;
        if (const QString address = addressIn(value); !address.isEmpty())
            return address;
        if (value.isString() && !value.toString().isEmpty() && found.problem.isEmpty())
            found.problem = QStringLiteral("%1: must be an IP address").arg(QLatin1String(path));
    }
    return {};
}

// AWS has tags as a map in terraform and as a list of pairs in its own tool.
QString tagNamed(const QJsonObject &object, const QString &name) {
    const QJsonValue tags = member(object, QStringLiteral("tags"));
    for (const QJsonValue tag : tags.toArray()) {
        if (tag[QLatin1String("Key")].toString().toLower() == name)
            return tag[QLatin1String("Value")].toString();
    }
    return textOf(member(tags.toObject(), name));
}

QString regionOf(const QJsonObject &object) {
    for (const char *path : {"region.slug", "region", "location.name", "location", "datacenter.name", "zone",
                             "availabilityzone", "placement.availabilityzone"}) {
        const QJsonValue value = valueAt(object, path);
        if (value.isString() && !value.toString().isEmpty())
            return value.toString().section(QLatin1Char('/'), -1); // Google writes an address
    }
    return {};
}

bool isDnsName(const QString &text) {
    static const QRegularExpression name(
        QStringLiteral("\\A[A-Za-z0-9]([A-Za-z0-9-]*\\.)+[A-Za-z][A-Za-z0-9-]*\\z"));
    return text.size() <= 253 && name.match(text).hasMatch();
}

} // namespace

QString fieldKey(const QString &name) {
    QString key = name.toLower();
    key.removeIf(
        [](QChar c) { return c == QLatin1Char('_') || c == QLatin1Char('-') || c == QLatin1Char(' '); });
    return key;
}

HostObject readHostObject(const QJsonObject &object) {
    HostObject found;
    found.address = firstAddress(object, kPublic, found);
    found.privateAddress = firstAddress(object, kPrivate, found);
    const QString ipv6 = firstAddress(object, kIpv6, found);
    if (found.address.isEmpty()) {
        for (const char *path : kNames) {
            const QString text = textOf(valueAt(object, path));
            if (!isDnsName(text))
                continue;
            found.isHost = true;
            found.address = text;
            break;
        }
    }
    if (found.address.isEmpty() && !ipv6.isEmpty()) {
        found.address = ipv6;
        found.isIpv6 = true;
    }
    found.name = firstText(object, {"name", "hostname", "host", "node", "nodename", "instancename",
                                    "dropletname", "label", "displayname"});
    if (found.name.isEmpty() || (!tagNamed(object, QStringLiteral("name")).isEmpty() &&
                                 member(object, QStringLiteral("tags")).isObject()))
        if (const QString tagged = tagNamed(object, QStringLiteral("name")); !tagged.isEmpty())
            found.name = tagged;
    found.id = firstText(object, {"id", "dropletid", "instanceid"});
    found.user = firstText(object, {"user", "username", "sshuser", "ansibleuser", "ansiblesshuser"});
    found.port = firstText(object, {"port", "sshport", "ansibleport", "ansiblesshport"});
    found.role = firstText(object, {"role"}).toLower();
    found.group = regionOf(object);
    for (const QJsonValue tag : member(object, QStringLiteral("tags")).toArray()) {
        if (tag.isString())
            found.tags << tag.toString();
    }
    found.isDigitalOcean = firstText(object, {"urn"}).startsWith(QLatin1String("do:droplet:")) ||
                           !valueAt(object, "ipv4addressprivate").isUndefined();
    return found;
}

HostOfObject hostOf(const HostObject &object, const QString &fallbackName) {
    if (!object.problem.isEmpty() && object.address.isEmpty())
        return {std::nullopt, object.problem};
    if (object.address.isEmpty())
        return {std::nullopt, QStringLiteral("has no public address")};
    Host host = importedHost(object.name.isEmpty() ? fallbackName : object.name);
    host.address = object.address;
    host.privateAddress = object.privateAddress;
    host.user = object.user;
    host.group = object.group.left(64);
    host.tags = object.tags;
    if (object.isDigitalOcean && !object.id.isEmpty())
        host.id = QStringLiteral("droplet-") + object.id;
    if (!object.role.isEmpty()) {
        if (object.role != QLatin1String("chaos") && object.role != QLatin1String("peer"))
            return {std::nullopt, QStringLiteral("role cannot be \"%1\"").arg(object.role.left(40))};
        host.role = object.role == QLatin1String("chaos") ? HostRole::Chaos : HostRole::Peer;
    }
    if (!object.port.isEmpty()) {
        bool isNumber = false;
        host.port = object.port.toUShort(&isNumber);
        if (!isNumber || host.port == 0)
            return {std::nullopt, QStringLiteral("port cannot be \"%1\"").arg(object.port.left(40))};
    }
    return {host, {}};
}

bool isServiceName(const QString &name) {
    static const QSet<QString> words{
        QStringLiteral("lb"),        QStringLiteral("lbs"),          QStringLiteral("balancer"),
        QStringLiteral("balancers"), QStringLiteral("loadbalancer"), QStringLiteral("loadbalancers"),
        QStringLiteral("vip"),       QStringLiteral("vips"),         QStringLiteral("floating"),
        QStringLiteral("reserved"),  QStringLiteral("gateway"),      QStringLiteral("gateways"),
        QStringLiteral("gw"),        QStringLiteral("nat"),          QStringLiteral("bastion"),
        QStringLiteral("bastions"),  QStringLiteral("jump"),         QStringLiteral("jumphost"),
        QStringLiteral("dns"),       QStringLiteral("nameserver"),   QStringLiteral("nameservers"),
        QStringLiteral("resolver"),  QStringLiteral("subnet"),       QStringLiteral("subnets"),
        QStringLiteral("cidr"),      QStringLiteral("cidrs"),        QStringLiteral("database"),
        QStringLiteral("db"),        QStringLiteral("redis"),        QStringLiteral("kubernetes"),
        QStringLiteral("k8s"),       QStringLiteral("endpoint"),     QStringLiteral("registry"),
        QStringLiteral("proxy"),     QStringLiteral("firewall"),     QStringLiteral("ingress")};
    static const QRegularExpression edge(QStringLiteral("[^A-Za-z0-9]+|(?<=[a-z])(?=[A-Z])"));
    const QStringList parts = name.split(edge, Qt::SkipEmptyParts);
    return std::any_of(parts.begin(), parts.end(),
                       [&](const QString &part) { return words.contains(part.toLower()); });
}

} // namespace slipway
