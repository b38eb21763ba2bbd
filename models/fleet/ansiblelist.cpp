// SPDX-License-Identifier: GPL-3.0-or-later
// What "ansible-inventory --list" prints: groups by name, and the variables of all hosts in "_meta". A JSON
// file in the shape of a YAML inventory is one too, and is YAML.
#include "models/fleet/ansibleinventory.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace slipway {

namespace {

AnsibleVars varsOf(const QJsonObject &object) {
    AnsibleVars vars;
    for (auto it = object.constBegin(); it != object.constEnd(); ++it) {
        if (it.value().isString() || it.value().isDouble() || it.value().isBool())
            vars.insert(it.key(), it.value().toVariant().toString());
    }
    return vars;
}

} // namespace

Result<void> readAnsibleList(const QJsonObject &list, const QString &what, AnsibleInventory &inventory,
                             FleetImport &notes) {
    if (!list.contains(QLatin1String("_meta")) &&
        list.value(QLatin1String("all"))[QLatin1String("hosts")].isObject())
        return readAnsibleYaml(QJsonDocument(list).toJson(), what, inventory, notes);
    const QJsonObject hostVars = list.value(QLatin1String("_meta"))[QLatin1String("hostvars")].toObject();
    for (auto it = list.constBegin(); it != list.constEnd(); ++it) {
        if (it.key().startsWith(QLatin1Char('_')))
            continue;
        const QString where = QStringLiteral("%1: %2").arg(what, it.key().left(80));
        // A dynamic inventory's older form has the hosts right there.
        const QJsonArray hosts =
            it.value().isArray() ? it.value().toArray() : it.value()[QLatin1String("hosts")].toArray();
        if (!it.value().isArray() && !it.value().isObject()) {
            leaveOut(notes, where, QStringLiteral("is not a group"));
            continue;
        }
        inventory.addGroup(it.key());
        inventory.addVars(it.key(), varsOf(it.value()[QLatin1String("vars")].toObject()));
        for (const QJsonValue child : it.value()[QLatin1String("children")].toArray())
            inventory.addChild(it.key(), child.toString());
        for (const QJsonValue host : hosts) {
            if (const QString name = host.toString(); !name.isEmpty())
                inventory.addHost(name, it.key(), varsOf(hostVars.value(name).toObject()), where);
            else
                leaveOut(notes, where, QStringLiteral("a host's name is not a text"));
        }
    }
    for (auto it = hostVars.constBegin(); it != hostVars.constEnd(); ++it)
        inventory.addHost(it.key(), QStringLiteral("all"), varsOf(it.value().toObject()),
                          QStringLiteral("%1: _meta").arg(what));
    return {};
}

} // namespace slipway
