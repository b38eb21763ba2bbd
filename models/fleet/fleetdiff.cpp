// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/fleet/fleetdiff.h"

#include <algorithm>

namespace slipway {

namespace {

const Host *sameHost(const Fleet &fleet, const Host &host) {
    const auto find = [&](const auto &isSame) {
        const auto it = std::find_if(fleet.hosts.begin(), fleet.hosts.end(), isSame);
        return it == fleet.hosts.end() ? nullptr : &*it;
    };
    const Host *byId =
        host.id.isEmpty() ? nullptr : find([&](const Host &other) { return other.id == host.id; });
    return byId ? byId : find([&](const Host &other) { return other.name == host.name; });
}

QString shown(const QString &text) {
    return text.isEmpty() ? QStringLiteral("-") : text;
}

QStringList changedFields(const Host &before, const Host &after) {
    const std::initializer_list<std::tuple<const char *, QString, QString>> fields{
        {"name", before.name, after.name},
        {"role", hostRoleName(before.role), hostRoleName(after.role)},
        {"id", before.id, after.id},
        {"address", before.address, after.address},
        {"privateAddress", before.privateAddress, after.privateAddress},
        {"port", before.port == 0 ? QString() : QString::number(before.port),
         after.port == 0 ? QString() : QString::number(after.port)},
        {"user", before.user, after.user},
        {"identityFile", before.identityFile, after.identityFile},
        {"sshConfig", before.sshConfig, after.sshConfig},
        {"hostKeys", before.hostKeys.join(QStringLiteral(", ")), after.hostKeys.join(QStringLiteral(", "))},
        {"serverPath", before.serverPath, after.serverPath},
        {"workDir", before.workDir, after.workDir},
        {"group", before.group, after.group},
        {"tags", before.tags.join(QLatin1Char(' ')), after.tags.join(QLatin1Char(' '))}};
    QStringList changes;
    for (const auto &[field, was, is] : fields) {
        if (was != is)
            changes << QStringLiteral("%1: %2 → %3").arg(QLatin1String(field), shown(was), shown(is));
    }
    return changes;
}

Host updatedHost(const Host &present, Host host) {
    const Host plain; // what is as in an empty one was not said
    const auto keep = [&](QString Host::*field) {
        if ((host.*field).isEmpty())
            host.*field = present.*field;
    };
    for (QString Host::*field : {&Host::user, &Host::identityFile, &Host::sshConfig, &Host::group})
        keep(field);
    if (host.port == plain.port)
        host.port = present.port;
    if (host.serverPath == kDefaultServerPath)
        host.serverPath = present.serverPath;
    if (host.workDir == kDefaultWorkDir)
        host.workDir = present.workDir;
    if (host.tags.isEmpty())
        host.tags = present.tags;
    // No inventory but a table has roles; a peer by its name stays what a person made of it.
    if (host.role == HostRole::Peer)
        host.role = present.role;
    const bool isSameMachine =
        host.id.isEmpty() || present.id.isEmpty() ? host.address == present.address : host.id == present.id;
    if (host.hostKeys.isEmpty() && isSameMachine)
        host.hostKeys = present.hostKeys;
    // One network only was a guess; a private address that is known and whose machine stayed is better.
    if (host.privateAddress == host.address && host.address == present.address)
        host.privateAddress = present.privateAddress;
    return host;
}

} // namespace

QString hostChangeName(HostChange::Kind kind) {
    switch (kind) {
    case HostChange::Kind::Same:
        return QStringLiteral("same");
    case HostChange::Kind::Added:
        return QStringLiteral("added");
    case HostChange::Kind::Removed:
        return QStringLiteral("removed");
    case HostChange::Kind::Changed:
        return QStringLiteral("changed");
    }
    return {};
}

QList<HostChange> fleetChanges(const Fleet &before, const Fleet &after) {
    QList<HostChange> changes;
    QList<const Host *> found;
    for (const Host &host : after.hosts) {
        const Host *was = sameHost(before, host);
        if (!was || found.contains(was)) {
            changes.append({HostChange::Kind::Added, host.name, {}});
            continue;
        }
        found << was;
        const QStringList fields = changedFields(*was, host);
        changes.append(
            {fields.isEmpty() ? HostChange::Kind::Same : HostChange::Kind::Changed, host.name, fields});
    }
    for (const Host &host : before.hosts) {
        if (!found.contains(&host))
            changes.append({HostChange::Kind::Removed, host.name, {}});
    }
    return changes;
}

Fleet updatedFleet(const Fleet &present, const Fleet &imported) {
    Fleet fleet = imported;
    for (auto it = present.parameters.constBegin(); it != present.parameters.constEnd(); ++it) {
        if (!fleet.parameters.contains(it.key()))
            fleet.parameters.insert(it.key(), it.value());
    }
    for (Host &host : fleet.hosts) {
        if (const Host *was = sameHost(present, host))
            host = updatedHost(*was, host);
    }
    return fleet;
}

} // namespace slipway
