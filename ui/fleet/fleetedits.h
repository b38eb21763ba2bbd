// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/session/inventory.h"

#include <QMap>
#include <QUndoStack>

namespace slipway {

/// The named fleets as a person edits them: each edit is stored at once and can be undone. When the store
/// refuses (another program changed a fleet), nothing is undone any more and everything is read anew.
class FleetEdits : public QObject {
    Q_OBJECT
public:
    explicit FleetEdits(Inventory &inventory, QObject *parent = nullptr);

    void load();
    [[nodiscard]] const QMap<QString, Fleet> &fleets() const { return m_fleets; }
    [[nodiscard]] const QMap<QString, Error> &broken() const {
        return m_broken;
    } ///< files that cannot be read
    [[nodiscard]] QUndoStack &stack() { return m_stack; }

    /// New ones, or another state of some; one without hosts goes: a fleet is its hosts.
    void put(const QString &text, const QList<Fleet> &fleets);
    void remove(const QString &name);
    void rename(const QString &name, const QString &to);
    void moveToGroup(const QString &fleet, const QStringList &hosts, const QString &group);

Q_SIGNALS:
    void changed();
    void failed(const slipway::Error &error);

private:
    class Edit;
    void push(const QString &text, const QList<FleetChange> &changes);
    void apply(const QList<FleetChange> &changes);
    [[nodiscard]] std::optional<Fleet> known(const QString &name) const;

    Inventory &m_inventory;
    QMap<QString, Fleet> m_fleets;
    QMap<QString, Error> m_broken;
    QUndoStack m_stack;
    int m_writing = 0; ///< what is being written is newer than what is being read
};

} // namespace slipway
