// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/fleet/fleeteditor.h"

#include <QWidget>

class QAction;
class QLabel;
class QLineEdit;
class QStackedWidget;
class QTreeView;

namespace slipway {

class ConnectionTest;
class FleetEdits;
class HostDetails;
class HostFilterProxy;
class HostListModel;
class NamedList;

/// The named fleets: a list of them, the hosts of one by group, what is known of one host. Every edit is kept
/// at once and can be undone.
class FleetsPage : public QWidget {
    Q_OBJECT
public:
    explicit FleetsPage(Inventory &inventory, QWidget *parent = nullptr);

    void newFleet() { m_editor->addHost({}); } ///< asks for its first host
    void importFile(const QString &path) { m_editor->importFile(path); }
    [[nodiscard]] QString currentFleet() const;
    [[nodiscard]] FleetEditor &editor() const { return *m_editor; }

Q_SIGNALS:
    void problemOccurred(const QString &text); ///< empty: the last one is over

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    QWidget *makeFleets();
    QWidget *makeHosts();
    QAction *add(const QString &text, const QList<QKeySequence> &keys, const std::function<void()> &run);
    void makeActions();
    void refresh();
    void showFleet();
    void showHost();
    void editCurrent();
    void removeSelected();
    void test();
    [[nodiscard]] QStringList selectedHosts() const;
    [[nodiscard]] const Fleet *fleet() const;

    Inventory &m_inventory;
    FleetEdits *m_edits;
    FleetEditor *m_editor;
    HostListModel *m_model;
    ConnectionTest *m_check;
    HostFilterProxy *m_filter;
    NamedList *m_fleets;
    QTreeView *m_hosts;
    QLineEdit *m_words;
    HostDetails *m_details;
    QLabel *m_progress;
    QStackedWidget *m_stack;
    QAction *m_test = nullptr;
    QList<QAction *> m_buttons; ///< those that are shown next to the filter
};

} // namespace slipway
