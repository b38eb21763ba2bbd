// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/namedlist.h"

#include <QSignalBlocker>

namespace slipway {

namespace {

QString nameOf(const QListWidgetItem *item) {
    return item ? item->data(Qt::UserRole).toString() : QString();
}

} // namespace

NamedList::NamedList(const QString &accessibleName, int entryHeight, QWidget *parent)
    : QListWidget(parent), m_entryHeight(entryHeight) {
    setAccessibleName(accessibleName);
    setSpacing(2);
    connect(this, &QListWidget::currentItemChanged, this, [this](const QListWidgetItem *item) {
        if (item)
            m_requested = nameOf(item);
        Q_EMIT currentNameChanged();
    });
}

void NamedList::setEntries(const QList<Entry> &entries) {
    const QSignalBlocker quiet(this);
    clear();
    for (const Entry &entry : entries) {
        auto *item = new QListWidgetItem(entry.text, this);
        item->setData(Qt::UserRole, entry.name);
        item->setSizeHint({0, m_entryHeight});
        item->setToolTip(entry.toolTip.toHtmlEscaped());
        if (entry.colour.isValid())
            item->setForeground(entry.colour);
        if (entry.name == m_requested || count() == 1)
            setCurrentItem(item);
    }
}

QListWidgetItem *NamedList::find(const QString &name) const {
    for (int row = 0; row < count(); ++row) {
        if (nameOf(item(row)) == name)
            return item(row);
    }
    return nullptr;
}

void NamedList::setEntryText(const QString &name, const QString &text) {
    if (QListWidgetItem *item = find(name))
        item->setText(text);
}

void NamedList::select(const QString &name) {
    m_requested = name;
    if (QListWidgetItem *item = find(name))
        setCurrentItem(item);
}

QString NamedList::currentName() const {
    return nameOf(currentItem());
}

} // namespace slipway
