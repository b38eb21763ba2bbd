// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/fleet/hostlistmodel.h"

#include <QMimeData>

#include <algorithm>
#include <array>

namespace slipway {

namespace {

constexpr quintptr kGroup = 0; // an item's internal id: 0 for a group, its group's row + 1 for a host

} // namespace

void HostListModel::setFleet(const Fleet &fleet) {
    beginResetModel();
    if (fleet.name != m_fleet.name)
        m_conditions.clear();
    m_fleet = fleet;
    m_groups.clear();
    for (qsizetype i = 0; i < fleet.hosts.size(); ++i) {
        const QString &name = fleet.hosts.at(i).group;
        auto group = std::find_if(m_groups.begin(), m_groups.end(),
                                  [&](const Group &one) { return one.name == name; });
        if (group == m_groups.end())
            group = m_groups.insert(m_groups.end(), Group{name, {}});
        group->hosts << i;
    }
    std::stable_sort(m_groups.begin(), m_groups.end(), [](const Group &a, const Group &b) {
        return a.name.isEmpty() != b.name.isEmpty() ? b.name.isEmpty() : a.name < b.name;
    });
    endResetModel();
}

void HostListModel::setCondition(const QString &host, const HostCondition &condition) {
    m_conditions.insert(host, condition);
    const QModelIndex name = indexOf(host);
    if (name.isValid())
        Q_EMIT dataChanged(name, name.siblingAtColumn(ColumnCount - 1));
}

QModelIndex HostListModel::indexOf(const QString &host) const {
    for (int group = 0; group < m_groups.size(); ++group) {
        const QList<qsizetype> &hosts = m_groups.at(group).hosts;
        for (int row = 0; row < hosts.size(); ++row) {
            if (m_fleet.hosts.at(hosts.at(row)).name == host)
                return createIndex(row, 0, static_cast<quintptr>(group + 1));
        }
    }
    return {};
}

QModelIndex HostListModel::index(int row, int column, const QModelIndex &parent) const {
    if (!hasIndex(row, column, parent))
        return {};
    return createIndex(row, column, parent.isValid() ? static_cast<quintptr>(parent.row() + 1) : kGroup);
}

QModelIndex HostListModel::parent(const QModelIndex &index) const {
    if (!index.isValid() || index.internalId() == kGroup)
        return {};
    return createIndex(static_cast<int>(index.internalId() - 1), 0, kGroup);
}

int HostListModel::rowCount(const QModelIndex &parent) const {
    if (!parent.isValid())
        return static_cast<int>(m_groups.size());
    if (parent.internalId() != kGroup || parent.column() != 0)
        return 0;
    return static_cast<int>(m_groups.at(parent.row()).hosts.size());
}

int HostListModel::columnCount(const QModelIndex &) const {
    return ColumnCount;
}

QVariant HostListModel::groupData(const Group &group, int column, int role) const {
    if (role == GroupRole)
        return group.name;
    if (role != Qt::DisplayRole || column != Name)
        return {};
    const QString title = group.name.isEmpty() ? tr("No group") : group.name;
    return QStringLiteral("%1 · %2").arg(title).arg(group.hosts.size());
}

QVariant HostListModel::hostData(const Host &host, int column, int role) const {
    const HostCondition condition = m_conditions.value(host.name);
    const QString tags = host.tags.join(QLatin1Char(' '));
    switch (role) {
    case HostNameRole:
        return host.name;
    case GroupRole:
        return host.group;
    case StateRole:
        return static_cast<int>(condition.state);
    case SearchRole:
        return QStringList{
            host.name, hostRoleName(host.role), host.address, host.privateAddress, host.id, host.group,
            tags,      condition.text}
            .join(QLatin1Char(' '));
    case Qt::ToolTipRole:
        return column == Condition ? condition.text : QVariant();
    case Qt::DisplayRole:
        break;
    default:
        return {};
    }
    switch (column) {
    case Name:
        return host.name;
    case Role:
        return hostRoleName(host.role);
    case Address: {
        const QString login =
            host.user.isEmpty() ? host.address : host.user + QLatin1Char('@') + host.address;
        return host.port == 0 ? login : QStringLiteral("%1:%2").arg(login).arg(host.port);
    }
    case PrivateAddress:
        return host.privateAddress == host.address ? tr("the same") : host.privateAddress;
    case Tags:
        return tags;
    case Condition:
        return condition.state == HostCondition::State::Unknown ? tr("not tested") : condition.text;
    default:
        return {};
    }
}

QVariant HostListModel::data(const QModelIndex &index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    if (index.internalId() == kGroup)
        return groupData(m_groups.at(index.row()), index.column(), role);
    const Group &group = m_groups.at(static_cast<qsizetype>(index.internalId() - 1));
    return hostData(m_fleet.hosts.at(group.hosts.at(index.row())), index.column(), role);
}

QVariant HostListModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole || section < 0 || section >= ColumnCount)
        return {};
    const std::array titles{tr("Host"), tr("Role"),     tr("Address"), tr("Private address"),
                            tr("Tags"), tr("Last test")};
    return titles.at(static_cast<size_t>(section));
}

Qt::ItemFlags HostListModel::flags(const QModelIndex &index) const {
    if (!index.isValid())
        return Qt::NoItemFlags;
    const Qt::ItemFlags defaults = Qt::ItemIsEnabled | Qt::ItemIsDropEnabled;
    return index.internalId() == kGroup
               ? defaults
               : defaults | Qt::ItemIsSelectable | Qt::ItemIsDragEnabled | Qt::ItemNeverHasChildren;
}

QMimeData *HostListModel::mimeData(const QModelIndexList &indexes) const {
    QStringList hosts;
    for (const QModelIndex &index : indexes) {
        const QString host = index.data(HostNameRole).toString();
        if (!host.isEmpty() && !hosts.contains(host))
            hosts << host;
    }
    auto *data = new QMimeData;
    data->setData(QLatin1String(kMimeType), hosts.join(QLatin1Char('\n')).toUtf8());
    return data;
}

bool HostListModel::dropMimeData(const QMimeData *data, Qt::DropAction action, int, int,
                                 const QModelIndex &parent) {
    if (action != Qt::MoveAction || !data || !data->hasFormat(QLatin1String(kMimeType)) || !parent.isValid())
        return false;
    QStringList hosts;
    for (const QString &host : QString::fromUtf8(data->data(QLatin1String(kMimeType)))
                                   .split(QLatin1Char('\n'), Qt::SkipEmptyParts)) {
        if (m_fleet.find(host))
            hosts << host;
    }
    if (!hosts.isEmpty())
        Q_EMIT groupRequested(hosts, parent.data(GroupRole).toString());
    return false; // the view must not take rows away: the fleet that comes of it will
}

} // namespace slipway
