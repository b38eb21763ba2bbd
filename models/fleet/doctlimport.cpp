// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/core/wholenumber.h"
#include "models/fleet/fleetimport.h"
#include "models/fleet/hosttable.h"
#include "models/fleet/inventorytext.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace slipway {

namespace {

QString addressOf(const QJsonObject &droplet, const char *version, const char *type) {
    const QJsonArray networks =
        droplet.value(QLatin1String("networks")).toObject().value(QLatin1String(version)).toArray();
    for (const QJsonValue network : networks) {
        const QJsonObject entry = network.toObject();
        if (entry.value(QLatin1String("type")).toString() == QLatin1String(type))
            return entry.value(QLatin1String("ip_address")).toString();
    }
    return {};
}

void addDroplet(FleetImport &import, const QJsonValue &value, const QString &where) {
    const QJsonObject droplet = value.toObject();
    const QJsonValue name = droplet.value(QLatin1String("name"));
    const QString called =
        name.isString() ? QStringLiteral(" (%1)").arg(name.toString().left(80)) : QString();
    const qint64 id = wholeNumber(droplet.value(QLatin1String("id"))).value_or(0);
    if (id < 1) {
        leaveOut(import, where + QStringLiteral(".id"),
                 QStringLiteral("must be a whole number above 0") + called);
        return;
    }
    if (!name.isString()) {
        leaveOut(import, where + QStringLiteral(".name"), QStringLiteral("must be a string"));
        return;
    }
    Host host = importedHost(plainNameOf(name.toString()));
    host.id = QStringLiteral("droplet-%1").arg(id);
    host.address = addressOf(droplet, "v4", "public");
    host.privateAddress = addressOf(droplet, "v4", "private");
    host.group = droplet.value(QLatin1String("region")).toObject().value(QLatin1String("slug")).toString();
    for (const QJsonValue tag : droplet.value(QLatin1String("tags")).toArray())
        host.tags << tag.toString();
    if (host.address.isEmpty()) {
        host.address = addressOf(droplet, "v6", "public");
        if (!host.address.isEmpty())
            addNote(import, QStringLiteral("%1 (%2) has no public IPv4 address and is reached by IPv6.")
                                .arg(host.name, host.id));
    }
    if (host.address.isEmpty()) {
        leaveOut(import, where, QStringLiteral("%1 (%2) has no public address").arg(host.name, host.id));
        return;
    }
    if (droplet.value(QLatin1String("status")).toString() == QLatin1String("off"))
        addNote(import,
                QStringLiteral("%1 (%2) is off, and is billed all the same.").arg(host.name, host.id));
    takeImported(import, host, where);
}

// The tool prints an array, the API an object around it.
Result<QJsonArray> dropletsOf(const QJsonDocument &document, const QString &what) {
    if (document.isArray())
        return document.array();
    const QJsonObject object = document.object();
    if (object.value(QLatin1String("droplets")).isArray())
        return object.value(QLatin1String("droplets")).toArray();
    if (object.value(QLatin1String("droplet")).isObject())
        return QJsonArray{object.value(QLatin1String("droplet"))};
    return Error{
        ErrorCode::InvalidInput,
        QStringLiteral("%1 is not an array of droplets: doctl compute droplet list -o json").arg(what)};
}

} // namespace

Result<FleetImport> importDoctl(const QByteArray &bytes, const QString &what) {
    const auto utf8 = inventoryText(bytes, what);
    if (!utf8)
        return utf8.error();
    if (const QString text = QString::fromUtf8(*utf8); isDropletTable(text))
        return importTable(dropletRows(text), what, true);
    QJsonParseError parse{};
    const QJsonDocument document = QJsonDocument::fromJson(*utf8, &parse);
    if (document.isNull())
        return Error{
            ErrorCode::InvalidInput,
            QStringLiteral("%1 is not JSON: %2 at byte %3").arg(what, parse.errorString()).arg(parse.offset)};
    const QJsonArray errors = document.object().value(QLatin1String("errors")).toArray();
    if (!errors.isEmpty())
        return Error{
            ErrorCode::InvalidInput,
            QStringLiteral("%1 is not a list but what doctl answered instead: %2")
                .arg(what, errors.first().toObject().value(QLatin1String("detail")).toString().left(200))};
    const auto droplets = dropletsOf(document, what);
    if (!droplets)
        return droplets.error();
    FleetImport import;
    for (qsizetype i = 0; i < droplets->size(); ++i)
        addDroplet(import, droplets->at(i), QStringLiteral("%1: [%2]").arg(what).arg(i));
    return finished(std::move(import),
                    droplets->isEmpty() ? QStringLiteral("%1 lists no droplet.").arg(what)
                                        : QStringLiteral("%1 lists no droplet that can be taken.").arg(what));
}

} // namespace slipway
