// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/rentals.h"

#include <QDialog>

class QLabel;
class QLineEdit;
class QPushButton;

namespace slipway {

/// The token of DigitalOcean: which one is used, of which no more than its prefix is shown, and a field whose
/// content goes to the system keyring and nowhere else.
class TokenDialog : public QDialog {
    Q_OBJECT
public:
    explicit TokenDialog(Rentals &rentals, QWidget *parent = nullptr);

Q_SIGNALS:
    void changed(); ///< another token counts from now on

private:
    void look();
    void keep();
    void forget();
    void took(const Result<void> &done);

    Rentals &m_rentals;
    QLabel *m_state;
    QLineEdit *m_secret;
    QLabel *m_problem;
    QPushButton *m_keep;
    QPushButton *m_forget;
};

} // namespace slipway
