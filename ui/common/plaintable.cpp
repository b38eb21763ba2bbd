// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/plaintable.h"

#include <QApplication>
#include <QBoxLayout>
#include <QClipboard>
#include <QHeaderView>
#include <QShortcut>

namespace slipway {

QTableView *makePlainTable(QAbstractItemModel *model, const QString &accessibleName) {
    auto *table = new QTableView;
    table->setModel(model);
    table->setAccessibleName(accessibleName);
    table->setSelectionBehavior(QAbstractItemView::SelectRows);
    table->setSelectionMode(QAbstractItemView::SingleSelection);
    table->setShowGrid(false);
    table->verticalHeader()->hide();
    table->verticalHeader()->setDefaultSectionSize(24);
    table->horizontalHeader()->setHighlightSections(false);
    table->horizontalHeader()->setStretchLastSection(true);
    table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    table->setTabKeyNavigation(false);
    return table;
}

QTreeWidget *makePlainTree(const QStringList &headers, const QString &accessibleName) {
    auto *tree = new QTreeWidget;
    tree->setObjectName(QStringLiteral("plain"));
    tree->setHeaderLabels(headers);
    tree->setAccessibleName(accessibleName);
    tree->setRootIsDecorated(false);
    tree->setSelectionMode(QAbstractItemView::ExtendedSelection);
    auto *copy = new QShortcut(QKeySequence::Copy, tree);
    copy->setContext(Qt::WidgetShortcut);
    QObject::connect(copy, &QShortcut::activated, tree, [tree] {
        QStringList lines;
        for (int row = 0; row < tree->topLevelItemCount(); ++row) {
            const QTreeWidgetItem *item = tree->topLevelItem(row);
            if (!item->isSelected())
                continue;
            QStringList cells;
            for (int column = 0; column < tree->columnCount(); ++column)
                cells << item->text(column);
            lines << cells.join(QLatin1Char('\t'));
        }
        if (!lines.isEmpty())
            QApplication::clipboard()->setText(lines.join(QLatin1Char('\n')));
    });
    return tree;
}

QFrame *makePane(QWidget *content) {
    auto *pane = new QFrame;
    pane->setObjectName(QStringLiteral("pane"));
    auto *layout = new QVBoxLayout(pane);
    layout->setContentsMargins(8, 1, 8, 1);
    layout->addWidget(content);
    return pane;
}

} // namespace slipway
