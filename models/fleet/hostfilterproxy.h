// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSortFilterProxyModel>
#include <QStringList>

namespace slipway {

/// The hosts of a HostListModel in which every word of a filter is found, wherever; groups without any go.
class HostFilterProxy : public QSortFilterProxyModel {
    Q_OBJECT
public:
    explicit HostFilterProxy(QObject *parent = nullptr);

    void setWords(const QString &text);

protected:
    [[nodiscard]] bool filterAcceptsRow(int row, const QModelIndex &parent) const override;

private:
    QStringList m_words;
};

} // namespace slipway
