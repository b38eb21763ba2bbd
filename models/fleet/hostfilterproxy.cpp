// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/fleet/hostfilterproxy.h"

#include "models/fleet/hostlistmodel.h"

#include <algorithm>

namespace slipway {

HostFilterProxy::HostFilterProxy(QObject *parent) : QSortFilterProxyModel(parent) {
    setRecursiveFilteringEnabled(true);
}

void HostFilterProxy::setWords(const QString &text) {
    m_words = text.split(QLatin1Char(' '), Qt::SkipEmptyParts);
    invalidateFilter();
}

bool HostFilterProxy::filterAcceptsRow(int row, const QModelIndex &parent) const {
    const QModelIndex index = sourceModel()->index(row, 0, parent);
    if (index.data(HostListModel::HostNameRole).toString().isEmpty())
        return false; // a group stays for its hosts
    const QString text = index.data(HostListModel::SearchRole).toString();
    return std::all_of(m_words.begin(), m_words.end(),
                       [&](const QString &word) { return text.contains(word, Qt::CaseInsensitive); });
}

} // namespace slipway
