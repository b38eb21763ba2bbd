// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/rentals.h"

#include <QDialog>

class QLabel;
class QPushButton;
class QTreeWidget;

namespace slipway {

/// Shows what the account has of a fleet right now, by id, and asks whether all of it shall go.
class DestroyDialog : public QDialog {
    Q_OBJECT
public:
    DestroyDialog(Rentals &rentals, const QString &name, QWidget *parent = nullptr);

    void accept() override;

Q_SIGNALS:
    void wanted(const QList<qint64> &shown);

private:
    void showThings(const RentalView &view);

    QString m_name;
    QList<qint64> m_shown;
    QTreeWidget *m_list;
    QLabel *m_summary;
    QLabel *m_problem;
    QPushButton *m_destroy;
};

} // namespace slipway
