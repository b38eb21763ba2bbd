// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/session/inventory.h"

#include <QWidget>

class QAction;
class QLabel;
class QLineEdit;
class QListWidget;
class QStackedWidget;
class QTreeView;

namespace slipway {

class FleetEdits;
class HostDetails;
class HostFilterProxy;
class HostListModel;

/// The named fleets: a list of them, the hosts of one by group, what is known of one host. Every edit is kept
/// at once and can be undone.
class FleetsPage : public QWidget {
    Q_OBJECT
public:
    explicit FleetsPage(Inventory &inventory, QWidget *parent = nullptr);
    ~FleetsPage() override;

    void importFile(const QString &path); ///< shows what would come in, then keeps it
    [[nodiscard]] QString currentFleet() const;

    /// Asks for a line of text; nothing when the person cancels. Tests answer for a person.
    using AskText = std::function<std::optional<QString>(const QString &title, const QString &label,
                                                         const QString &text)>;
    void setAskText(AskText ask) { m_askText = std::move(ask); }

Q_SIGNALS:
    void problemOccurred(const QString &text); ///< empty: the last one is over

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    QWidget *makeFleets();
    QWidget *makeHosts();
    void addActions();
    QAction *add(const QString &text, const QList<QKeySequence> &keys, void (FleetsPage::*run)());
    void refresh();
    void showFleet();
    void showHost();
    void addHost();
    void newFleet();
    void editHost();
    void removeSelected();
    void renameFleet();
    void groupSelected();
    void tagSelected();
    void askImport();
    void showImport(const QString &path, const FleetImport &import);
    void test();
    void stopTest();
    void takeHealth(const HostHealth &health);
    void keepHost(const QString &title, const QString &fleet, const Host &host, const QString &replaces);
    [[nodiscard]] QStringList selectedHosts() const;
    [[nodiscard]] const Fleet *fleet() const;

    Inventory &m_inventory;
    AskText m_askText;
    FleetEdits *m_edits;
    HostListModel *m_model;
    HostFilterProxy *m_filter;
    QListWidget *m_fleets;
    QTreeView *m_hosts;
    QLineEdit *m_words;
    HostDetails *m_details;
    QLabel *m_progress;
    QStackedWidget *m_stack;
    QAction *m_test = nullptr;
    QList<QAction *> m_buttons; ///< those that are shown beside the filter
    QString m_wanted;           ///< the fleet to show once it is there
    int m_check = 0;            ///< 0: none goes on
    int m_asked = 0;
    int m_answered = 0;
};

} // namespace slipway
