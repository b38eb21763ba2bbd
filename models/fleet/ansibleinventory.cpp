// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/fleet/ansibleinventory.h"

#include "models/fleet/hostlines.h"
#include "models/fleet/hostobject.h"
#include "models/fleet/inventorytext.h"

#include <QJsonDocument>
#include <QRegularExpression>
#include <QSet>

#include <algorithm>

namespace slipway {

namespace {

constexpr int kMaxGroups = 100; // above one host
constexpr int kMaxDepth = 8;    // of groups in groups whose order is distinguished
const QString kAll = QStringLiteral("all");

QString firstOf(const AnsibleVars &vars, std::initializer_list<const char *> names) {
    for (const char *name : names) {
        if (const QString value = vars.value(QLatin1String(name)); !value.isEmpty())
            return value;
    }
    return {};
}

bool isTemplate(const QString &value) {
    return value.contains(QLatin1String("{{"));
}

} // namespace

void AnsibleInventory::addHost(const QString &pattern, const QString &group, const AnsibleVars &vars,
                               const QString &where) {
    static const QRegularExpression withPort(
        QStringLiteral("\\A([^:]*(?:\\[[^\\]]*\\][^:]*)*):(\\d{1,5})\\z"));
    addGroup(group);
    AnsibleVars all = vars;
    QString names = pattern;
    if (const auto match = withPort.match(pattern); match.hasMatch()) {
        names = match.captured(1);
        if (!all.contains(QStringLiteral("ansible_port")))
            all.insert(QStringLiteral("ansible_port"), match.captured(2));
    }
    for (const QString &name : expandedNames(names)) {
        if (!m_hosts.contains(name)) {
            m_order << name;
            m_hosts[name].where = where;
        }
        Member &member = m_hosts[name];
        if (member.groups.size() < kMaxGroups && !member.groups.contains(group))
            member.groups << group;
        member.vars.insert(all);
    }
}

void AnsibleInventory::addGroup(const QString &group) {
    m_groups[group];
}

void AnsibleInventory::addChild(const QString &group, const QString &child) {
    addGroup(group);
    if (group != child)
        m_groups[child].parents.insert(group);
}

void AnsibleInventory::addVars(const QString &group, const AnsibleVars &vars) {
    m_groups[group].vars.insert(vars);
}

QHash<QString, int> AnsibleInventory::depths() const {
    QHash<QString, int> depths;
    for (int round = 0; round < kMaxDepth; ++round) {
        for (auto it = m_groups.constBegin(); it != m_groups.constEnd(); ++it) {
            for (const QString &parent : it->parents)
                depths[it.key()] =
                    std::max(depths.value(it.key()), std::min(depths.value(parent) + 1, kMaxDepth));
        }
    }
    return depths;
}

QStringList AnsibleInventory::lineage(const Member &member, const QHash<QString, int> &depths) const {
    QStringList groups = member.groups;
    for (qsizetype i = 0; i < groups.size(); ++i) {
        for (const QString &parent : m_groups.value(groups.at(i)).parents) {
            if (groups.size() < kMaxGroups && !groups.contains(parent))
                groups << parent;
        }
    }
    groups.removeAll(kAll);
    // A group's variables win over those of the groups that it is in.
    std::stable_sort(groups.begin(), groups.end(),
                     [&](const QString &a, const QString &b) { return depths.value(a) > depths.value(b); });
    groups << kAll;
    return groups;
}

AnsibleVars AnsibleInventory::varsOf(const Member &member, const QStringList &groups) const {
    AnsibleVars vars;
    for (auto it = groups.crbegin(); it != groups.crend(); ++it)
        vars.insert(m_groups.value(*it).vars);
    vars.insert(member.vars);
    return vars;
}

Result<FleetImport> AnsibleInventory::import(FleetImport notes, const QString &what) const {
    FleetImport import = std::move(notes);
    const QHash<QString, int> depth = depths();
    for (const QString &name : m_order) {
        const Member member = m_hosts.value(name);
        const QStringList groups = lineage(member, depth);
        const AnsibleVars vars = varsOf(member, groups);
        const QString where = QStringLiteral("%1: %2").arg(member.where, name.left(80));
        const QString address = firstOf(vars, {"ansible_host", "ansible_ssh_host"});
        const QString connection = firstOf(vars, {"ansible_connection"});
        if (isServiceName(name) && member.groups.size() == 1 && isServiceName(member.groups.constFirst())) {
            leaveOut(import, where, QStringLiteral("is not a host under test by its name and group"));
            continue;
        }
        if (connection == QLatin1String("local") || name == QLatin1String("localhost")) {
            leaveOut(import, where, QStringLiteral("is this machine itself"));
            continue;
        }
        if (!connection.isEmpty() && connection != QLatin1String("ssh") &&
            connection != QLatin1String("smart") && !connection.endsWith(QLatin1String("ssh"))) {
            leaveOut(import, where,
                     QStringLiteral("is reached by \"%1\" and not by SSH").arg(connection.left(40)));
            continue;
        }
        Host host = importedHost(name);
        host.address = address.isEmpty() ? name : address;
        host.privateAddress = firstOf(vars, {"private_ip", "private_address", "private_ipv4", "internal_ip",
                                             "ansible_private_host", "private_ip_address"});
        host.user = firstOf(vars, {"ansible_user", "ansible_ssh_user"});
        host.identityFile = firstOf(vars, {"ansible_ssh_private_key_file", "ansible_private_key_file"});
        const bool isChaos = std::any_of(groups.begin(), groups.end(), [](const QString &group) {
            return group.contains(QLatin1String("chaos"), Qt::CaseInsensitive);
        });
        if (isChaos)
            host.role = HostRole::Chaos;
        const QString group = member.groups.constFirst();
        if (group != kAll && group != QLatin1String("ungrouped"))
            host.group = group.left(64);
        const QString port = firstOf(vars, {"ansible_port", "ansible_ssh_port"});
        const QStringList used{host.address, host.privateAddress, host.user, host.identityFile, port};
        if (std::any_of(used.begin(), used.end(), isTemplate)) {
            leaveOut(import, where,
                     QStringLiteral("its variables are templates; give what \"ansible-inventory "
                                    "--list\" prints"));
            continue;
        }
        bool isNumber = true;
        if (!port.isEmpty())
            host.port = port.toUShort(&isNumber);
        if (!isNumber || (!port.isEmpty() && host.port == 0)) {
            leaveOut(import, where, QStringLiteral("port cannot be \"%1\"").arg(port.left(40)));
            continue;
        }
        if (!firstOf(vars, {"ansible_ssh_common_args", "ansible_ssh_extra_args"}).isEmpty())
            addNote(import, QStringLiteral("%1: its SSH arguments are not taken; ~/.ssh/config has them for "
                                           "Slipway.")
                                .arg(where));
        if (!firstOf(vars, {"ansible_password", "ansible_ssh_pass"}).isEmpty())
            addNote(import, QStringLiteral("%1: its password is not taken; Slipway uses keys.").arg(where));
        takeImported(import, host, where);
    }
    return finished(std::move(import), QStringLiteral("%1 names no host.").arg(what));
}

Result<FleetImport> importAnsible(const QByteArray &bytes, const QString &what) {
    const auto utf8 = inventoryText(bytes, what);
    if (!utf8)
        return utf8.error();
    AnsibleInventory inventory;
    FleetImport notes;
    static const QRegularExpression section(QStringLiteral("^\\[[^\\]\\n]+\\][ \\t]*([#;].*)?$"),
                                            QRegularExpression::MultilineOption);
    static const QRegularExpression variable(QStringLiteral("^[^#;\\n]*\\bansible_[a-z_]+[ \\t]*="),
                                             QRegularExpression::MultilineOption);
    const QString text = QString::fromUtf8(*utf8);
    const QJsonObject list =
        utf8->trimmed().startsWith('{') ? QJsonDocument::fromJson(*utf8).object() : QJsonObject();
    const bool isIni = section.match(text).hasMatch() || variable.match(text).hasMatch();
    const auto read = !list.isEmpty() ? readAnsibleList(list, what, inventory, notes)
                      : isIni         ? readAnsibleIni(text, what, inventory, notes)
                                      : readAnsibleYaml(*utf8, what, inventory, notes);
    if (!read)
        return read.error();
    return inventory.import(std::move(notes), what);
}

} // namespace slipway
