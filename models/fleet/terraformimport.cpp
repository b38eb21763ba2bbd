// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/core/jsonfields.h"
#include "models/fleet/fleetimport.h"

#include <QJsonArray>

namespace slipway {

namespace {

constexpr int kMostModules = 32; // deep

Result<void> addOutput(FleetImport &import, const QString &output, const QJsonValue &value,
                       const QString &where) {
    if (value.isString() && isIpAddress(value.toString())) {
        Host host = importedHost(plainNameOf(QString(output).replace(QLatin1Char('_'), QLatin1Char('-'))));
        host.address = value.toString();
        import.notes << QStringLiteral("%1 has no private address in the outputs; its public one is taken.")
                            .arg(host.name);
        return addImported(import, host, where);
    }
    const QJsonObject entries = value.toObject();
    for (auto it = entries.constBegin(); it != entries.constEnd(); ++it) {
        if (!it.value().isObject())
            continue;
        const QJsonObject entry = it.value().toObject();
        if (!entry.contains(QLatin1String("public")) && !entry.contains(QLatin1String("private")) &&
            !entry.isEmpty())
            continue; // an output about something else
        const QString at = QStringLiteral("%1.%2").arg(where, it.key());
        for (const QString &key : {QStringLiteral("public"), QStringLiteral("private")}) {
            const QJsonValue address = entry.value(key);
            const bool missing = address.isUndefined() || address.isNull();
            if (missing ? key == QLatin1String("public") : !isIpAddress(address.toString()))
                return Error{ErrorCode::InvalidInput,
                             QStringLiteral("%1.%2: must be an IP address").arg(at, key)};
        }
        Host host = importedHost(it.key());
        host.address = entry.value(QLatin1String("public")).toString();
        host.privateAddress = entry.value(QLatin1String("private")).toString();
        if (auto added = addImported(import, host, at); !added)
            return added;
    }
    return {};
}

QString textOf(const QJsonObject &values, const char *key) {
    return values.value(QLatin1String(key)).toString();
}

Result<void> addDroplet(FleetImport &import, const QJsonObject &resource, const QString &what) {
    const QJsonObject values = resource.value(QLatin1String("values")).toObject();
    const QString where = QStringLiteral("%1: %2").arg(what, textOf(resource, "address"));
    const QString id = values.value(QLatin1String("id")).toVariant().toString();
    const QString name = textOf(values, "name");
    if (id.isEmpty() || name.isEmpty())
        return Error{ErrorCode::InvalidInput, where + QStringLiteral(": has no id or no name")};
    Host host = importedHost(name);
    host.id = QStringLiteral("droplet-") + id;
    host.address = textOf(values, "ipv4_address");
    host.privateAddress = textOf(values, "ipv4_address_private");
    host.group = textOf(values, "region");
    for (const QJsonValue tag : values.value(QLatin1String("tags")).toArray())
        host.tags << tag.toString();
    if (host.address.isEmpty()) {
        import.notes << QStringLiteral("%1 (%2) has no public address and is left out.").arg(name, host.id);
        return {};
    }
    return addImported(import, host, where);
}

Result<void> addModule(FleetImport &import, const QJsonObject &module, const QString &what, int depth) {
    if (depth > kMostModules)
        return Error{ErrorCode::InvalidInput,
                     QStringLiteral("%1: modules are nested deeper than %2").arg(what).arg(kMostModules)};
    for (const QJsonValue value : module.value(QLatin1String("resources")).toArray()) {
        const QJsonObject resource = value.toObject();
        if (textOf(resource, "type") != QLatin1String("digitalocean_droplet") ||
            textOf(resource, "mode") == QLatin1String("data"))
            continue;
        if (auto added = addDroplet(import, resource, what); !added)
            return added;
    }
    for (const QJsonValue child : module.value(QLatin1String("child_modules")).toArray()) {
        if (auto added = addModule(import, child.toObject(), what, depth + 1); !added)
            return added;
    }
    return {};
}

} // namespace

Result<FleetImport> importTerraformOutput(const QByteArray &bytes, const QString &what) {
    const auto object = parseJsonObject(bytes, what);
    if (!object)
        return object.error();
    FleetImport import;
    // With one output named, terraform prints its value alone.
    bool wrapped = object->isEmpty();
    for (const QJsonValue value : *object)
        wrapped = wrapped || value.toObject().contains(QLatin1String("value"));
    if (!wrapped) {
        if (auto added = addOutput(import, {}, *object, what); !added)
            return added.error();
    }
    for (auto it = object->constBegin(); wrapped && it != object->constEnd(); ++it) {
        const QJsonObject output = it.value().toObject();
        if (auto added = addOutput(import, it.key(), output.value(QLatin1String("value")),
                                   QStringLiteral("%1: %2").arg(what, it.key()));
            !added)
            return added.error();
    }
    if (import.fleet.hosts.isEmpty())
        return Error{
            ErrorCode::InvalidInput,
            object->isEmpty()
                ? QStringLiteral("%1 holds no outputs: \"terraform apply\" has not finished.").arg(what)
                : QStringLiteral("%1 holds no output that is a host: an IP address, or names with "
                                 "\"public\" and \"private\".")
                      .arg(what)};
    import.notes << QStringLiteral("Outputs hold no droplet ids: Slipway will not destroy these hosts.");
    return import;
}

Result<FleetImport> importTerraformState(const QByteArray &bytes, const QString &what) {
    const auto object = parseJsonObject(bytes, what);
    if (!object)
        return object.error();
    if (object->contains(QLatin1String("planned_values")))
        return Error{ErrorCode::InvalidInput,
                     QStringLiteral("%1 is a plan: its droplets do not exist yet. Apply it, then run "
                                    "\"terraform show -json\" without a file.")
                         .arg(what)};
    FleetImport import;
    const QJsonObject values = object->value(QLatin1String("values")).toObject();
    if (auto added = addModule(import, values.value(QLatin1String("root_module")).toObject(), what, 0);
        !added)
        return added.error();
    if (import.fleet.hosts.isEmpty())
        return Error{ErrorCode::InvalidInput,
                     QStringLiteral("%1 holds no digitalocean_droplet with a public address in "
                                    "values.root_module.")
                         .arg(what)};
    return import;
}

} // namespace slipway
