// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cloud/rental/rentals.h"

#include <QDialog>

class QLabel;
class QPushButton;
class QTreeWidget;

namespace slipway {

class RentForm;

/// Chooses what is to be rented, shows its price as it is chosen, and whether it can be had: nothing can be
/// rented before a preflight of just this has found no fault.
class RentDialog : public QDialog {
    Q_OBJECT
public:
    RentDialog(Rentals &rentals, QStringList takenNames, QWidget *parent = nullptr);

    void accept() override;

Q_SIGNALS:
    void requested(const slipway::RentalSpec &spec, const slipway::RentalOptions &options);

private:
    void takeOffers(const Result<Offers> &offers);
    void check(); ///< after each change: an earlier preflight is out of date
    void preflight();
    void showReport(const Result<Preflight> &report);

    Rentals &m_rentals;
    QStringList m_taken;
    RentForm *m_form;
    QTreeWidget *m_checks;
    QLabel *m_price;
    QLabel *m_problem;
    QPushButton *m_preflight;
    QPushButton *m_rent;
    int m_asked = 0; ///< the number of the preflight that counts
    bool m_passed = false;
    QString m_offersProblem;
};

} // namespace slipway
