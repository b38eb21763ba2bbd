// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cloud/rental/rentals.h"

#include <QDialog>

class QLabel;
class QLineEdit;
class QPushButton;

namespace slipway {

/// The token of DigitalOcean: which one is used, of which no more than its prefix is shown, and a field whose
/// content goes to the system keyring and nowhere else. And the address that it is sent to; each address has
/// a token of its own.
class TokenDialog : public QDialog {
    Q_OBJECT
public:
    explicit TokenDialog(Rentals &rentals, QWidget *parent = nullptr);

Q_SIGNALS:
    void changed(); ///< another token or address counts from now on

private:
    void look();
    void show(const TokenView &token);
    void showActions();
    void keep();
    void forget();
    void useAddress();
    void took(const Result<void> &done);

    Rentals &m_rentals;
    std::optional<CloudAddress>
        m_base; ///< that is used; not known while it is asked for, or when it is not valid
    QLabel *m_state;
    QLineEdit *m_address;
    QPushButton *m_use;
    QLineEdit *m_secret;
    QLabel *m_problem;
    QPushButton *m_keep;
    QPushButton *m_forget;
};

} // namespace slipway
