// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>

class QAbstractItemView;
class QAction;
class QWidget;

namespace slipway {

/// Lets a list or table be copied: Ctrl+C and a context menu (right button, Menu key) copy all selected rows
/// with their headings, cells apart by tabs and rows by line ends; "Copy name" the texts of `nameColumn`
/// alone. Whole rows can be selected, several at once. kMaxCopiedRows at most.
void addCopyActions(QAbstractItemView &view, int nameColumn);
/// Commands of the page, in the context menu of one of its parts, below what is there already.
void addMenuActions(QWidget &part, const QList<QAction *> &actions);

inline constexpr int kMaxCopiedRows = 20'000;

/// The selected rows of a view, as Ctrl+C copies them; empty when none is.
[[nodiscard]] QString selectedRowsText(const QAbstractItemView &view);

} // namespace slipway
