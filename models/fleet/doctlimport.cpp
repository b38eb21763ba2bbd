// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/fleet/fleetimport.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <cmath>

namespace slipway {

namespace {

constexpr double kMostExactId = 9007199254740992.0; // 2^53: above it a JSON number is rounded

QString addressOf(const QJsonObject &droplet, const QString &type) {
    const QJsonArray networks =
        droplet.value(QLatin1String("networks")).toObject().value(QLatin1String("v4")).toArray();
    for (const QJsonValue network : networks) {
        const QJsonObject entry = network.toObject();
        if (entry.value(QLatin1String("type")).toString() == type)
            return entry.value(QLatin1String("ip_address")).toString();
    }
    return {};
}

Result<void> addDroplet(FleetImport &import, const QJsonValue &value, const QString &where) {
    const QJsonObject droplet = value.toObject();
    const double id = droplet.value(QLatin1String("id")).toDouble(0);
    if (!(id >= 1 && id < kMostExactId) || id != std::floor(id))
        return Error{ErrorCode::InvalidInput, where + QStringLiteral(".id: must be a whole number above 0")};
    const QJsonValue name = droplet.value(QLatin1String("name"));
    if (!name.isString())
        return Error{ErrorCode::InvalidInput, where + QStringLiteral(".name: must be a string")};
    Host host = importedHost(plainNameOf(name.toString()));
    host.id = QStringLiteral("droplet-%1").arg(static_cast<qint64>(id));
    host.address = addressOf(droplet, QStringLiteral("public"));
    host.privateAddress = addressOf(droplet, QStringLiteral("private"));
    host.group = droplet.value(QLatin1String("region")).toObject().value(QLatin1String("slug")).toString();
    for (const QJsonValue tag : droplet.value(QLatin1String("tags")).toArray())
        host.tags << tag.toString();
    if (host.address.isEmpty()) {
        import.notes
            << QStringLiteral("%1 (%2) has no public IPv4 address and is left out.").arg(host.name, host.id);
        return {};
    }
    if (droplet.value(QLatin1String("status")).toString() == QLatin1String("off"))
        import.notes << QStringLiteral("%1 (%2) is off, and is billed all the same.").arg(host.name, host.id);
    return addImported(import, host, where);
}

} // namespace

Result<FleetImport> importDoctl(const QByteArray &bytes, const QString &what) {
    QJsonParseError parse{};
    const QJsonDocument document = QJsonDocument::fromJson(bytes, &parse);
    if (document.isNull())
        return Error{
            ErrorCode::InvalidInput,
            QStringLiteral("%1 is not JSON: %2 at byte %3").arg(what, parse.errorString()).arg(parse.offset)};
    const QJsonArray errors = document.object().value(QLatin1String("errors")).toArray();
    if (!errors.isEmpty())
        return Error{
            ErrorCode::InvalidInput,
            QStringLiteral("%1 is no list but what doctl answered instead: %2")
                .arg(what, errors.first().toObject().value(QLatin1String("detail")).toString().left(200))};
    if (!document.isArray())
        return Error{
            ErrorCode::InvalidInput,
            QStringLiteral("%1 is no array of droplets: doctl compute droplet list -o json").arg(what)};
    const QJsonArray droplets = document.array();
    FleetImport import;
    for (qsizetype i = 0; i < droplets.size(); ++i) {
        if (auto added = addDroplet(import, droplets.at(i), QStringLiteral("%1: [%2]").arg(what).arg(i));
            !added)
            return added.error();
    }
    if (import.fleet.hosts.isEmpty())
        return Error{ErrorCode::InvalidInput,
                     droplets.isEmpty()
                         ? QStringLiteral("%1 lists no droplet.").arg(what)
                         : QStringLiteral("%1 lists no droplet with a public IPv4 address.").arg(what)};
    return import;
}

} // namespace slipway
