// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QListWidget>

namespace slipway {

/// A list of things with names, such as fleets. One is current as long as there is any: the one that was
/// asked for once it is there, else the first. Entries are set anew as a whole.
class NamedList : public QListWidget {
    Q_OBJECT
public:
    struct Entry {
        QString name;
        QString text;
        QColor colour;   ///< invalid: that of texts
        QString toolTip; ///< plain
    };

    NamedList(const QString &accessibleName, int entryHeight, QWidget *parent = nullptr); ///< pixels

    void setEntries(const QList<Entry> &entries); ///< without currentNameChanged()
    void setEntryText(const QString &name, const QString &text);
    void request(const QString &name) { m_requested = name; } ///< current with the next setEntries()
    void select(const QString &name);                         ///< now, or with the next setEntries()
    [[nodiscard]] QString currentName() const;                ///< empty: there is none

Q_SIGNALS:
    void currentNameChanged();

private:
    [[nodiscard]] QListWidgetItem *find(const QString &name) const;

    int m_entryHeight;
    QString m_requested;
};

} // namespace slipway
