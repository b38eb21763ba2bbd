// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/plaintable.h"

#include "ui/common/copyactions.h"

#include <QBoxLayout>
#include <QHeaderView>

namespace slipway {

QTableView *makePlainTable(QAbstractItemModel *model, const QString &accessibleName) {
    auto *table = new QTableView;
    table->setModel(model);
    table->setAccessibleName(accessibleName);
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
    addCopyActions(*tree, 0);
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
