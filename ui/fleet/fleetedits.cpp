// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/fleet/fleetedits.h"

#include "models/core/whilealive.h"

#include <QUndoCommand>

namespace slipway {

class FleetEdits::Edit : public QUndoCommand {
public:
    Edit(FleetEdits &edits, const QString &text, QList<FleetChange> changes)
        : QUndoCommand(text), m_edits(edits), m_changes(std::move(changes)) {}

    void redo() override { m_edits.apply(m_changes); }
    void undo() override {
        QList<FleetChange> back;
        for (const FleetChange &change : m_changes)
            back.prepend({change.name, change.after, change.before});
        m_edits.apply(back);
    }

private:
    FleetEdits &m_edits;
    QList<FleetChange> m_changes;
};

FleetEdits::FleetEdits(Inventory &inventory, QObject *parent) : QObject(parent), m_inventory(inventory) {}

void FleetEdits::load() {
    m_inventory.list(whileAlive(this, [this](const QList<StoredFleet> &stored) {
        if (m_writing > 0)
            return;
        QMap<QString, Fleet> fleets;
        QMap<QString, Error> broken;
        for (const StoredFleet &one : stored) {
            if (one.fleet)
                fleets.insert(one.name, *one.fleet);
            else
                broken.insert(one.name, one.fleet.error());
        }
        if (fleets != m_fleets)
            m_stack.clear(); // edits of what is there no more
        m_fleets = fleets;
        m_broken = broken;
        Q_EMIT changed();
    }));
}

std::optional<Fleet> FleetEdits::known(const QString &name) const {
    const auto it = m_fleets.constFind(name);
    return it == m_fleets.constEnd() ? std::nullopt : std::optional(*it);
}

void FleetEdits::push(const QString &text, const QList<FleetChange> &changes) {
    m_stack.push(new Edit(*this, text, changes));
}

void FleetEdits::apply(const QList<FleetChange> &changes) {
    for (const FleetChange &change : changes) {
        if (change.after)
            m_fleets.insert(change.name, *change.after);
        else
            m_fleets.remove(change.name);
    }
    ++m_writing;
    Q_EMIT changed();
    m_inventory.write(changes, whileAlive(this, [this](const Result<void> &written) {
                          --m_writing;
                          if (written)
                              return;
                          m_stack.clear();
                          Q_EMIT failed(written.error());
                          load();
                      }));
}

void FleetEdits::put(const QString &text, const QList<Fleet> &fleets) {
    QList<FleetChange> changes;
    for (const Fleet &fleet : fleets) {
        const auto before = known(fleet.name);
        const auto after = fleet.hosts.isEmpty() ? std::nullopt : std::optional(fleet);
        if (before != after)
            changes.append({fleet.name, before, after});
    }
    if (!changes.isEmpty())
        push(text, changes);
}

void FleetEdits::remove(const QString &name) {
    if (const auto fleet = known(name))
        push(tr("remove fleet %1").arg(name), {{name, fleet, std::nullopt}});
}

void FleetEdits::rename(const QString &name, const QString &to) {
    const auto fleet = known(name);
    if (!fleet || name == to)
        return;
    Fleet renamed = *fleet;
    renamed.name = to;
    push(tr("rename fleet %1").arg(name), {{to, std::nullopt, renamed}, {name, fleet, std::nullopt}});
}

void FleetEdits::moveToGroup(const QString &name, const QStringList &hosts, const QString &group) {
    const auto fleet = known(name);
    if (!fleet)
        return;
    Fleet moved = *fleet;
    for (Host &host : moved.hosts) {
        if (hosts.contains(host.name))
            host.group = group;
    }
    put(hosts.size() == 1 ? tr("group %1").arg(hosts.constFirst()) : tr("group %1 hosts").arg(hosts.size()),
        {moved});
}

} // namespace slipway
