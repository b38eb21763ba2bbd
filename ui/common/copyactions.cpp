// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/copyactions.h"

#include <QAbstractItemView>
#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QCoreApplication>

#include <algorithm>
#include <functional>

namespace slipway {

namespace {

QString tr(const char *text) {
    return QCoreApplication::translate("slipway::CopyActions", text);
}

// One cell: a tab or a line end in it would make two.
QString cellText(const QVariant &value) {
    return value.toString().simplified();
}

// A row's place: its parents' rows, then its own.
QList<int> placeOf(const QModelIndex &index) {
    QList<int> place;
    for (QModelIndex one = index; one.isValid(); one = one.parent())
        place.prepend(one.row());
    return place;
}

// In the order of the view, one index a row. Headings of groups cannot be selected.
QModelIndexList selectedRows(const QAbstractItemView &view) {
    QModelIndexList rows = view.selectionModel()->selectedRows();
    if (rows.isEmpty()) { // a list has no whole rows
        for (const QModelIndex &index : view.selectionModel()->selectedIndexes()) {
            if (index.column() == 0)
                rows << index;
        }
    }
    std::sort(rows.begin(), rows.end(),
              [](const QModelIndex &a, const QModelIndex &b) { return placeOf(a) < placeOf(b); });
    return rows.mid(0, kMaxCopiedRows);
}

QAction *addAction(QAbstractItemView &view, const QString &text, const std::function<QString()> &copied) {
    auto *action = new QAction(text, &view);
    action->setShortcutContext(Qt::WidgetShortcut);
    QObject::connect(action, &QAction::triggered, &view, [copied] {
        if (const QString found = copied(); !found.isEmpty())
            QApplication::clipboard()->setText(found);
    });
    view.addAction(action);
    return action;
}

} // namespace

QString selectedRowsText(const QAbstractItemView &view) {
    const QModelIndexList rows = selectedRows(view);
    if (rows.isEmpty())
        return {};
    const QAbstractItemModel &model = *view.model();
    const int columns = model.columnCount(rows.constFirst().parent());
    QStringList lines;
    QStringList headings;
    for (int column = 0; column < columns; ++column)
        headings << cellText(model.headerData(column, Qt::Horizontal));
    if (columns > 1) // a list has no headings
        lines << headings.join(QLatin1Char('\t'));
    for (const QModelIndex &row : rows) {
        QStringList cells;
        for (int column = 0; column < columns; ++column)
            cells << cellText(row.siblingAtColumn(column).data());
        lines << cells.join(QLatin1Char('\t'));
    }
    return lines.join(QLatin1Char('\n'));
}

void addCopyActions(QAbstractItemView &view, int nameColumn) {
    view.setSelectionBehavior(QAbstractItemView::SelectRows);
    view.setSelectionMode(QAbstractItemView::ExtendedSelection);
    addAction(view, tr("Copy rows"), [&view] {
        return selectedRowsText(view);
    })->setShortcut(QKeySequence::Copy);
    addAction(view, tr("Copy name"), [&view, nameColumn] {
        QStringList names;
        for (const QModelIndex &row : selectedRows(view))
            names << cellText(row.siblingAtColumn(nameColumn).data());
        return names.join(QLatin1Char('\n'));
    });
    view.setContextMenuPolicy(Qt::ActionsContextMenu);
}

void addMenuActions(QWidget &part, const QList<QAction *> &actions) {
    if (!part.actions().isEmpty()) {
        auto *line = new QAction(&part);
        line->setSeparator(true);
        part.addAction(line);
    }
    part.addActions(actions);
    part.setContextMenuPolicy(Qt::ActionsContextMenu);
}

} // namespace slipway
