// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>
#include <QTableView>
#include <QTreeWidget>

namespace slipway {

/// A table as all of them look: no grid. What can be copied of it is added by addCopyActions().
[[nodiscard]] QTableView *makePlainTable(QAbstractItemModel *model, const QString &accessibleName);

/// The same for a short list that is filled by hand; rows can be copied.
[[nodiscard]] QTreeWidget *makePlainTree(const QStringList &headers, const QString &accessibleName);

/// The frame that such a list, or a text, stands in.
[[nodiscard]] QFrame *makePane(QWidget *content);

} // namespace slipway
