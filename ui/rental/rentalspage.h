// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cloud/rental/rentals.h"
#include "ui/rental/rentalpanel.h"

#include <QTimer>
#include <QWidget>

class QLabel;
class QPushButton;
class QStackedWidget;

namespace slipway {

class NamedList;
class RentalReader;
class RentalWorks;

/// The rented fleets: what each costs, and renting, preparing, destroying, cleaning up orphans. All work is
/// done by Rentals; what is under way goes on when another page is shown, and its progress waits here.
class RentalsPage : public QWidget {
    Q_OBJECT
public:
    explicit RentalsPage(Rentals &rentals, QWidget *parent = nullptr);

    void refresh();
    void select(const QString &name);
    [[nodiscard]] QString currentRental() const;

    void askRent();
    void askPrepare(); ///< these two: of the current fleet, as far as it can be
    void askDestroy();
    void askOrphans();
    void askToken();

Q_SIGNALS:
    void launchRequested(const QString &name);
    void problemOccurred(const QString &text);
    void standingChanged(const QString &text); ///< how many are rented and what they cost; empty: none

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    QWidget *makeSide();
    QWidget *makeTop();
    void showAccount(const Result<CostView> &view);
    void showList();
    void showRental();
    void showCosts();
    [[nodiscard]] bool isCutOff(const KnownRental &known) const;
    [[nodiscard]] QString itemText(const KnownRental &known) const;

    Rentals &m_rentals;
    RentalWorks *m_works;
    RentalReader *m_reader;
    QTimer m_tick; ///< while the page is shown
    int m_ticks = 0;
    NamedList *m_list;
    RentalPanel *m_panel;
    QStackedWidget *m_stack;
    QLabel *m_month;
    QLabel *m_problem;
};

} // namespace slipway
