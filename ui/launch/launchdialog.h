// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/services.h"

#include <QDialog>
#include <QMap>

class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;

namespace slipway {

/// Chooses fleet, id, ref, phases and parameters; every field is checked as it is typed and told what is
/// wrong beside it.
class LaunchDialog : public QDialog {
    Q_OBJECT
public:
    LaunchDialog(Protocol protocol, QStringList takenIds, QWidget *parent = nullptr);

    struct Choice {
        QString fleet; ///< "sandbox" or a file
        QString id;
        QString ref;
        QList<int> phases;
        QMap<QString, QString> settings; ///< only what differs from the defaults
    };
    [[nodiscard]] Choice choice() const;
    [[nodiscard]] QString
    problem() const; ///< the first thing that keeps it from launching; empty when nothing does

private:
    void check();
    QWidget *makeParameters();

    Protocol m_protocol;
    QStringList m_takenIds;
    QComboBox *m_fleet;
    QLineEdit *m_id;
    QLineEdit *m_ref;
    QList<QCheckBox *> m_phases;
    QMap<QString, QLineEdit *> m_parameters;
    QLabel *m_problem;
    QLabel *m_proves;
    QPushButton *m_launch;
};

} // namespace slipway
