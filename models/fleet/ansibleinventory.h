// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/fleet/fleetimport.h"

#include <QHash>
#include <QJsonObject>
#include <QMap>

#include <set>

namespace slipway {

/// Variables of a host or a group, as texts.
using AnsibleVars = QMap<QString, QString>;

/// What an Ansible inventory says, in whichever form it was written; hosts in the order in which they came.
/// Variables are those of the group, of its parents and of "all", the nearest first, as Ansible has it.
class AnsibleInventory {
public:
    /// The names that a pattern stands for ("node-[a:c]:2222"), put into a group; `where` is its place.
    void addHost(const QString &pattern, const QString &group, const AnsibleVars &vars, const QString &where);
    void addGroup(const QString &group); ///< also one without hosts
    void addChild(const QString &group, const QString &child);
    void addVars(const QString &group, const AnsibleVars &vars);

    [[nodiscard]] bool hasGroup(const QString &group) const { return m_groups.contains(group); }
    [[nodiscard]] Result<FleetImport> import(FleetImport notes, const QString &what) const;

private:
    struct Group {
        std::set<QString> parents;
        AnsibleVars vars;
    };
    struct Member {
        QStringList groups; ///< at most 100
        AnsibleVars vars;
        QString where;
    };
    /// Of a host: its groups and all above them, the nearest first.
    [[nodiscard]] QStringList lineage(const Member &member, const QHash<QString, int> &depths) const;
    [[nodiscard]] QHash<QString, int>
    depths() const; ///< below "all", up to the deepest that is distinguished
    [[nodiscard]] AnsibleVars varsOf(const Member &member, const QStringList &groups) const;

    QMap<QString, Group> m_groups;
    QStringList m_order;
    QHash<QString, Member> m_hosts;
};

/// Each reads one form into an inventory; what it cannot use becomes a note. Errors name the line.
Result<void> readAnsibleIni(const QString &text, const QString &what, AnsibleInventory &inventory,
                            FleetImport &notes);
Result<void> readAnsibleYaml(const QByteArray &utf8, const QString &what, AnsibleInventory &inventory,
                             FleetImport &notes);
Result<void> readAnsibleList(const QJsonObject &list, const QString &what, AnsibleInventory &inventory,
                             FleetImport &notes);

} // namespace slipway
