// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/fleet/fleetimport.h"

#include <QDialog>
#include <QMap>

class QCheckBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QTreeWidget;

namespace slipway {

/// Shows what an import brings before anything is kept: hosts can be left out, and the fleet gets its name.
/// Where there is one of that name, a tick lets it take its place, and what changes is shown host by host.
class ImportDialog : public QDialog {
    Q_OBJECT
public:
    /// `present` are the fleets that there are; files of the names `broken` cannot be read.
    ImportDialog(const QString &source, FleetImport import, QMap<QString, Fleet> present, QStringList broken,
                 QWidget *parent = nullptr);

    [[nodiscard]] Fleet fleet() const;     ///< as it will be kept
    [[nodiscard]] QString problem() const; ///< empty when it can be kept

private:
    void check();
    void showChanges();
    [[nodiscard]] Fleet chosen() const;          ///< what is ticked, under its name
    [[nodiscard]] const Fleet *replaced() const; ///< whose place it takes; null: nobody's

    FleetImport m_import;
    QMap<QString, Fleet> m_present;
    QStringList m_broken;
    QLineEdit *m_name;
    QTreeWidget *m_hosts;
    QCheckBox *m_replace;
    QTreeWidget *m_changes;
    QLabel *m_problem;
    QPushButton *m_keep;
};

} // namespace slipway
