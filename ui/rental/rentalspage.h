// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cloud/rental/rentals.h"
#include "ui/rental/rentalpanel.h"

#include <QElapsedTimer>
#include <QMap>
#include <QTimer>
#include <QWidget>

class QLabel;
class QListWidget;
class QPushButton;
class QStackedWidget;

namespace slipway {

class RentalWorks;

/// The rented fleets: what each costs, and renting, preparing, destroying, sweeping. All work is done by
/// Rentals; what is under way goes on when another page is shown, and its progress waits here.
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
    void askSweep();
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
    void readJournals();
    void take(const KnownRentals &known);
    void showList();
    void showRental();
    void showCosts();
    [[nodiscard]] QDateTime now() const; ///< by the API's clock, carried on
    [[nodiscard]] const KnownRental *find(const QString &name) const;
    [[nodiscard]] bool isCutOff(const KnownRental &known) const;
    [[nodiscard]] QString itemText(const KnownRental &known) const;

    Rentals &m_rentals;
    RentalWorks *m_works;
    QList<KnownRental> m_known;
    QDateTime m_now; ///< of the API, when it was last asked
    QElapsedTimer m_since;
    QString m_wanted; ///< the fleet to show once it is there
    bool m_reading = false;
    bool m_again = false; ///< something changed while it was read
    QTimer m_tick;        ///< while the page is shown
    int m_ticks = 0;
    QListWidget *m_list;
    RentalPanel *m_panel;
    QStackedWidget *m_stack;
    QLabel *m_month;
    QLabel *m_problem;
};

} // namespace slipway
