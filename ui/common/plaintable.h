// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTableView>

namespace slipway {

/// A table as all of them look: whole rows, one at a time, no grid.
[[nodiscard]] QTableView *makePlainTable(QAbstractItemModel *model, const QString &accessibleName);

} // namespace slipway
