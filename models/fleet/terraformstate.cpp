// SPDX-License-Identifier: GPL-3.0-or-later
// "terraform show -json" of a state or a plan, and the state files of versions 3 (Terraform 0.11) and 4.
// OpenTofu writes the same.
#include "models/core/jsonfields.h"
#include "models/fleet/fleetimport.h"
#include "models/fleet/hostobject.h"
#include "models/fleet/inventorytext.h"

#include <QJsonArray>
#include <QRegularExpression>

namespace slipway {

namespace {

constexpr int kMaxModules = 32; // deep

struct Resource {
    QString address; ///< "module.fleet.digitalocean_droplet.peer[\"node-a\"]"
    QString type;
    QJsonObject values;
    bool isData = false;
    bool isDeposed = false;
    bool isTainted = false;
};

QString textOf(const QJsonObject &values, const char *key) {
    return values.value(QLatin1String(key)).toString();
}

bool isMachine(const QString &type) {
    // digitalocean_droplet, hcloud_server, aws_instance, google_compute_instance, linode_instance, …
    static const QRegularExpression machine(QStringLiteral(
        "_(droplet|server|instance|instance_v2|virtual_machine|vm|vm_qemu|machine|vps|device)\\z"));
    static const QRegularExpression service(
        QStringLiteral("(^|_)(db|database|sql|redis|mysql|postgresql)(_|\\z)"));
    return machine.match(type).hasMatch() && !service.match(type).hasMatch();
}

QString idOf(const Resource &resource) {
    const QString id = resource.values.value(QLatin1String("id")).toVariant().toString();
    if (resource.type == QLatin1String("digitalocean_droplet"))
        return QStringLiteral("droplet-") + id;
    return resource.type.section(QLatin1Char('_'), 0, 0) + QLatin1Char('-') +
           id.section(QLatin1Char('/'), -1);
}

void addResource(FleetImport &import, const Resource &resource, const QString &what) {
    const QString where = QStringLiteral("%1: %2").arg(what, resource.address);
    HostObject object = readHostObject(resource.values);
    if (!isMachine(resource.type)) {
        if (!object.address.isEmpty() && !resource.isData)
            leaveOut(import, where, QStringLiteral("has an address and is not a machine"));
        return;
    }
    if (resource.isData) {
        leaveOut(import, where, QStringLiteral("is read and not made by this state"));
        return;
    }
    if (resource.isDeposed) {
        leaveOut(import, where, QStringLiteral("is deposed: another machine takes its place"));
        return;
    }
    const bool hasId = !resource.values.value(QLatin1String("id")).toVariant().toString().isEmpty();
    if (!hasId || object.name.isEmpty()) {
        if (resource.type == QLatin1String("digitalocean_droplet") || !hasId) {
            leaveOut(import, where, QStringLiteral("has no id or no name"));
            return;
        }
        object.name = plainNameOf(resource.address.section(QLatin1Char('.'), -1));
    }
    const HostOfObject made = hostOf(object, object.name);
    if (!made.host) {
        leaveOut(import, where, QStringLiteral("%1 (%2) %3").arg(object.name, idOf(resource), made.why));
        return;
    }
    Host host = *made.host;
    host.id = idOf(resource);
    if (object.isIpv6)
        addNote(import, QStringLiteral("%1 (%2) has no public IPv4 address and is reached by IPv6.")
                            .arg(host.name, host.id));
    if (resource.isTainted)
        addNote(import,
                QStringLiteral("%1 (%2) is tainted: the next apply replaces it.").arg(host.name, host.id));
    takeImported(import, host, where);
}

void addModule(FleetImport &import, const QJsonObject &module, const QString &what, int depth) {
    if (depth > kMaxModules) {
        leaveOut(import, QStringLiteral("%1: %2").arg(what, textOf(module, "address")),
                 QStringLiteral("modules are nested deeper than %1").arg(kMaxModules));
        return;
    }
    for (const QJsonValue value : module.value(QLatin1String("resources")).toArray()) {
        const QJsonObject object = value.toObject();
        addResource(import,
                    {textOf(object, "address"), textOf(object, "type"),
                     object.value(QLatin1String("values")).toObject(),
                     textOf(object, "mode") == QLatin1String("data"),
                     object.contains(QLatin1String("deposed_key")),
                     object.value(QLatin1String("tainted")).toBool()},
                    what);
    }
    for (const QJsonValue child : module.value(QLatin1String("child_modules")).toArray())
        addModule(import, child.toObject(), what, depth + 1);
}

// Terraform 0.11 kept nested values flat: "tags.#": "1", "tags.0": "gate".
QJsonObject unflattened(const QJsonObject &flat) {
    QJsonObject object;
    QMap<QString, QJsonArray> lists;
    for (auto it = flat.constBegin(); it != flat.constEnd(); ++it) {
        const QString name = it.key().section(QLatin1Char('.'), 0, 0);
        if (!it.key().contains(QLatin1Char('.')))
            object.insert(it.key(), it.value());
        else if (it.key().count(QLatin1Char('.')) == 1 && !it.key().endsWith(QLatin1Char('#')) &&
                 !it.key().endsWith(QLatin1Char('%')))
            lists[name].append(it.value());
    }
    for (auto it = lists.constBegin(); it != lists.constEnd(); ++it)
        object.insert(it.key(), *it);
    return object;
}

// Of a state file of version 4.
void addStateFile(FleetImport &import, const QJsonObject &state, const QString &what) {
    for (const QJsonValue value : state.value(QLatin1String("resources")).toArray()) {
        const QJsonObject resource = value.toObject();
        const QString module = textOf(resource, "module");
        const bool isData = textOf(resource, "mode") == QLatin1String("data");
        const QString address = (module.isEmpty() ? QString() : module + QLatin1Char('.')) +
                                (isData ? QStringLiteral("data.") : QString()) + textOf(resource, "type") +
                                QLatin1Char('.') + textOf(resource, "name");
        for (const QJsonValue one : resource.value(QLatin1String("instances")).toArray()) {
            const QJsonObject instance = one.toObject();
            const QJsonValue key = instance.value(QLatin1String("index_key"));
            const QString index = key.isString()   ? QStringLiteral("[\"%1\"]").arg(key.toString())
                                  : key.isDouble() ? QStringLiteral("[%1]").arg(key.toInt())
                                                   : QString();
            QJsonObject values = instance.value(QLatin1String("attributes")).toObject();
            if (values.isEmpty())
                values = unflattened(instance.value(QLatin1String("attributes_flat")).toObject());
            addResource(import,
                        {address + index, textOf(resource, "type"), values, isData,
                         !textOf(instance, "deposed").isEmpty(),
                         textOf(instance, "status") == QLatin1String("tainted")},
                        what);
        }
    }
}

// Of a state file of version 3 and before.
void addOldStateFile(FleetImport &import, const QJsonObject &state, const QString &what) {
    for (const QJsonValue value : state.value(QLatin1String("modules")).toArray()) {
        const QJsonObject module = value.toObject();
        QStringList path;
        for (const QJsonValue step : module.value(QLatin1String("path")).toArray()) {
            if (step.toString() != QLatin1String("root"))
                path << QStringLiteral("module.") + step.toString();
        }
        const QJsonObject resources = module.value(QLatin1String("resources")).toObject();
        for (auto it = resources.constBegin(); it != resources.constEnd(); ++it) {
            const QJsonObject resource = it.value().toObject();
            const bool isData = it.key().startsWith(QLatin1String("data."));
            const auto add = [&](const QJsonObject &instance, bool isDeposed) {
                addResource(import,
                            {(path + QStringList{it.key()}).join(QLatin1Char('.')), textOf(resource, "type"),
                             unflattened(instance.value(QLatin1String("attributes")).toObject()), isData,
                             isDeposed, instance.value(QLatin1String("tainted")).toBool()},
                            what);
            };
            if (const QJsonObject primary = resource.value(QLatin1String("primary")).toObject();
                !primary.isEmpty())
                add(primary, false);
            for (const QJsonValue deposed : resource.value(QLatin1String("deposed")).toArray())
                add(deposed.toObject(), true);
        }
    }
}

} // namespace

Result<FleetImport> importTerraformState(const QByteArray &bytes, const QString &what) {
    const auto utf8 = inventoryText(bytes, what);
    if (!utf8)
        return utf8.error();
    const auto object = parseJsonObject(*utf8, what);
    if (!object)
        return object.error();
    FleetImport import;
    if (object->value(QLatin1String("modules")).isArray()) {
        addOldStateFile(import, *object, what);
    } else if (object->contains(QLatin1String("format_version"))) {
        QJsonObject values = object->value(QLatin1String("values")).toObject();
        if (object->contains(QLatin1String("planned_values"))) {
            values = object->value(QLatin1String("prior_state"))[QLatin1String("values")].toObject();
            const QString isPlan =
                QStringLiteral("%1 is a plan: what it would make does not exist yet. Apply it, then run "
                               "\"terraform show -json\" without a file.")
                    .arg(what);
            if (values.isEmpty())
                return Error{ErrorCode::InvalidInput, isPlan};
            addNote(import, isPlan + QStringLiteral(" What exists before it is taken."));
        }
        addModule(import, values.value(QLatin1String("root_module")).toObject(), what, 0);
    } else {
        addStateFile(import, *object, what);
    }
    return finished(
        std::move(import),
        QStringLiteral("%1 contains no digitalocean_droplet and no other machine with a public address.")
            .arg(what));
}

} // namespace slipway
