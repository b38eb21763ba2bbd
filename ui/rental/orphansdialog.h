// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cloud/rental/rentals.h"

#include <QDialog>

class QLabel;
class QPlainTextEdit;
class QPushButton;
class QTreeWidget;

namespace slipway {

/// Everything of the account that looks like a fleet's, with who needs it. What nobody does is checked and
/// goes with one button; the rest is shown and cannot be chosen. Stays until it is closed; closing it stops a
/// cleaning up after what it is at.
class OrphansDialog : public QDialog {
    Q_OBJECT
public:
    explicit OrphansDialog(Rentals &rentals, QWidget *parent = nullptr);

    void reject() override;

Q_SIGNALS:
    void orphansDestroyed(); ///< something may have gone

private:
    void look();
    void showThings(const OrphanView &view);
    void count();
    void destroyOrphans();
    [[nodiscard]] QStringList chosen() const;

    Rentals &m_rentals;
    QTreeWidget *m_list;
    QLabel *m_summary;
    QLabel *m_problem;
    QPlainTextEdit *m_progress;
    QPushButton *m_again;
    QPushButton *m_destroy;
    QPushButton *m_close;
    bool m_destroying = false;
};

} // namespace slipway
