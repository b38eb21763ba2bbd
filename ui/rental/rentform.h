// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cloud/rental/rentals.h"

#include <QWidget>

class QCheckBox;
class QComboBox;
class QFormLayout;
class QLineEdit;
class QSpinBox;

namespace slipway {

/// What is to be rented: the fields of a RentalSpec with their defaults, remembered from the last time. Knows
/// prices once it has the offers; a spec can be read before.
class RentForm : public QWidget {
    Q_OBJECT
public:
    explicit RentForm(QWidget *parent = nullptr);

    void setOffers(const Offers &offers);
    [[nodiscard]] RentalSpec spec() const;
    [[nodiscard]] RentalOptions options() const;
    [[nodiscard]] QString problem(const QStringList &taken) const; ///< the first; empty: none
    [[nodiscard]] QString priceText() const;                       ///< empty before the offers are known
    void remember() const;

Q_SIGNALS:
    void changed();

private:
    void addFields(QFormLayout &form);
    void listSizes();
    [[nodiscard]] std::optional<Money> priceOf(const QString &slug) const;

    Offers m_offers;
    QLineEdit *m_name;
    QComboBox *m_region;
    QSpinBox *m_peers;
    QComboBox *m_peerSize;
    QComboBox *m_chaosSize;
    QLineEdit *m_image;
    QSpinBox *m_hours;
    QLineEdit *m_key;
    QCheckBox *m_addKey;
    QLineEdit *m_sshFrom;
    QLineEdit *m_serverPath;
    QCheckBox *m_keep;
    QCheckBox *m_login;
};

} // namespace slipway
