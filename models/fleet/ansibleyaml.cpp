// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/fleet/ansibleinventory.h"
#include "models/fleet/yamltree.h"

#include <QJsonObject>

namespace slipway {

namespace {

constexpr int kMaxDepth = 32;
constexpr int kMaxGroups = 10'000; // that are walked: an alias can name a group again and again

class YamlReader {
public:
    YamlReader(QString what, AnsibleInventory &inventory, FleetImport &notes)
        : m_what(std::move(what)), m_inventory(inventory), m_notes(notes) {}

    void readGroup(const QString &name, const YamlNode &group, int depth) {
        const QString where = whereOf(group);
        if (depth > kMaxDepth || ++m_groups > kMaxGroups) {
            leaveOut(m_notes, where,
                     QStringLiteral("%1: there are too many groups in groups").arg(name.left(80)));
            return;
        }
        m_inventory.addGroup(name);
        if (group.isNull())
            return;
        if (group.kind() != YamlNode::Kind::Map) {
            leaveOut(m_notes, where, QStringLiteral("the group %1 is not a map").arg(name.left(80)));
            return;
        }
        for (const auto &[key, value] : group.members()) {
            if (key == QLatin1String("hosts"))
                readHosts(name, value);
            else if (key == QLatin1String("vars"))
                m_inventory.addVars(name, varsOf(value));
            else if (key == QLatin1String("children"))
                readChildren(name, value, depth);
            else
                leaveOut(
                    m_notes, whereOf(value),
                    QStringLiteral("%1.%2 is not hosts, vars or children").arg(name.left(80), key.left(80)));
        }
    }

private:
    void readHosts(const QString &group, const YamlNode &hosts) {
        if (hosts.kind() == YamlNode::Kind::Text && !hosts.isNull())
            m_inventory.addHost(hosts.text(), group, {}, whereOf(hosts));
        for (const YamlNode &host : hosts.items()) { // Ansible wants a map; people write lists
            if (host.kind() == YamlNode::Kind::Text)
                m_inventory.addHost(host.text(), group, {}, whereOf(host));
            else
                leaveOut(m_notes, whereOf(host),
                         QStringLiteral("a host of %1 is not a name").arg(group.left(80)));
        }
        for (const auto &[name, vars] : hosts.members()) {
            if (vars.kind() != YamlNode::Kind::Map && !vars.isNull())
                leaveOut(m_notes, whereOf(vars),
                         QStringLiteral("%1 has variables that are not a map").arg(name.left(80)));
            else
                m_inventory.addHost(name, group, varsOf(vars), whereOf(vars));
        }
    }

    void readChildren(const QString &group, const YamlNode &children, int depth) {
        for (const YamlNode &child : children.items())
            m_inventory.addChild(group, child.text());
        for (const auto &[name, child] : children.members()) {
            m_inventory.addChild(group, name);
            readGroup(name, child, depth + 1);
        }
    }

    static AnsibleVars varsOf(const YamlNode &node) {
        AnsibleVars vars;
        for (const auto &[key, value] : node.members()) {
            if (value.kind() == YamlNode::Kind::Text && !value.isNull())
                vars.insert(key, value.text());
        }
        return vars;
    }

    [[nodiscard]] QString whereOf(const YamlNode &node) const {
        return QStringLiteral("%1 line %2").arg(m_what).arg(node.line());
    }

    QString m_what;
    AnsibleInventory &m_inventory;
    FleetImport &m_notes;
    int m_groups = 0;
};

} // namespace

Result<void> readAnsibleYaml(const QByteArray &utf8, const QString &what, AnsibleInventory &inventory,
                             FleetImport &notes) {
    const auto root = YamlNode::read(utf8, what);
    if (!root)
        return root.error();
    if (root->kind() != YamlNode::Kind::Map)
        return Error{ErrorCode::InvalidInput, QStringLiteral("%1 is not a map of groups.").arg(what)};
    YamlReader reader(what, inventory, notes);
    for (const auto &[name, group] : root->members())
        reader.readGroup(name, group, 0);
    return {};
}

} // namespace slipway
