// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/fleet/fleetimport.h"

#include <QDialog>

class QLabel;
class QLineEdit;
class QPushButton;
class QTreeWidget;

namespace slipway {

/// Shows what an import brings before anything is kept: hosts can be left out, and the fleet gets its name.
class ImportDialog : public QDialog {
    Q_OBJECT
public:
    ImportDialog(const QString &source, FleetImport import, QStringList takenNames,
                 QWidget *parent = nullptr);

    [[nodiscard]] Fleet fleet() const;
    [[nodiscard]] QString problem() const; ///< empty when it can be kept

private:
    void check();

    FleetImport m_import;
    QStringList m_taken;
    QLineEdit *m_name;
    QTreeWidget *m_hosts;
    QLabel *m_problem;
    QPushButton *m_keep;
};

} // namespace slipway
