// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cloud/rental/rentals.h"

#include <QDialog>

class QCheckBox;
class QLabel;
class QPushButton;
class QTreeWidget;

namespace slipway {

/// Shows what the account has of a fleet right now, by id, and asks whether all of it shall go. A campaign
/// that has not ended on it is named, and abandoned by a box of its own.
class DestroyDialog : public QDialog {
    Q_OBJECT
public:
    DestroyDialog(Rentals &rentals, const QString &name, QWidget *parent = nullptr);

    void accept() override;

Q_SIGNALS:
    void requested(const QList<qint64> &shown, const QString &abandoned);

private:
    void showAnswer(const Result<RentalView> &view);
    void showThings(const RentalView &view);
    void askForCampaign(const QString &campaign);

    QString m_name;
    QList<qint64> m_shown;
    QString m_campaign; ///< that has not ended on it
    QTreeWidget *m_list;
    QLabel *m_summary;
    QLabel *m_problem;
    QCheckBox *m_abandon;
    QPushButton *m_destroy;
};

} // namespace slipway
