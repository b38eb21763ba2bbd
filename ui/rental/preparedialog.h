// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cloud/rental/rentals.h"

#include <QDialog>

class QLabel;
class QLineEdit;
class QPushButton;
class QSpinBox;

namespace slipway {

/// What shall be on the hosts of a rented fleet before it is used.
class PrepareDialog : public QDialog {
    Q_OBJECT
public:
    explicit PrepareDialog(const Rental &rental, QWidget *parent = nullptr);

    void accept() override;

Q_SIGNALS:
    void requested(const slipway::Preparation &preparation);

private:
    void check();

    QLineEdit *m_server;
    QLineEdit *m_version;
    QSpinBox *m_offHours;
    QLabel *m_problem;
    QPushButton *m_prepare;
};

} // namespace slipway
