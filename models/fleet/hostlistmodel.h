// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/fleet/fleet.h"

#include <QAbstractItemModel>
#include <QMap>

namespace slipway {

/// What was last seen of a host.
struct HostCondition {
    enum class State { Unknown, Asking, Well, Problem };

    State state = State::Unknown;
    QString text; ///< of what is well, or what is wrong and what to do

    friend bool operator==(const HostCondition &, const HostCondition &) = default;
};

/// The hosts of a fleet under their groups; hosts without one come under a last group without a name. Dragged
/// hosts are not moved by the model: it reports what a person requested.
class HostListModel : public QAbstractItemModel {
    Q_OBJECT
public:
    enum Column { Name, Role, Address, PrivateAddress, Tags, Condition, ColumnCount };
    enum DataRole {
        HostNameRole = Qt::UserRole, ///< empty for a group
        GroupRole,                   ///< of a host, or the group itself
        StateRole,                   ///< int of HostCondition::State
        SearchRole,                  ///< all that a filter looks through
    };
    static constexpr const char *kMimeType = "application/x-slipway-hosts";

    using QAbstractItemModel::QAbstractItemModel;

    void setFleet(const Fleet &fleet);
    [[nodiscard]] const Fleet &fleet() const { return m_fleet; }
    void setCondition(const QString &host, const HostCondition &condition);
    [[nodiscard]] HostCondition condition(const QString &host) const { return m_conditions.value(host); }
    [[nodiscard]] QModelIndex indexOf(const QString &host) const;

    [[nodiscard]] QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    [[nodiscard]] QModelIndex parent(const QModelIndex &index) const override;
    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex &index) const override;
    [[nodiscard]] Qt::DropActions supportedDropActions() const override { return Qt::MoveAction; }
    [[nodiscard]] QStringList mimeTypes() const override { return {QLatin1String(kMimeType)}; }
    [[nodiscard]] QMimeData *mimeData(const QModelIndexList &indexes) const override;
    bool dropMimeData(const QMimeData *data, Qt::DropAction action, int row, int column,
                      const QModelIndex &parent) override;

Q_SIGNALS:
    void groupRequested(const QStringList &hosts, const QString &group);

private:
    struct Group {
        QString name;
        QList<qsizetype> hosts; ///< places in the fleet
    };
    [[nodiscard]] QVariant groupData(const Group &group, int column, int role) const;
    [[nodiscard]] QVariant hostData(const Host &host, int column, int role) const;

    Fleet m_fleet;
    QList<Group> m_groups;
    QMap<QString, HostCondition> m_conditions;
};

} // namespace slipway
