// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/fleet/fleet.h"

#include <QDialog>

class QComboBox;
class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QPushButton;
class QSpinBox;

namespace slipway {

/// One host of a fleet; what is wrong is said as it is typed. A fleet name that is not known makes a fleet.
class HostDialog : public QDialog {
    Q_OBJECT
public:
    /// `taken`: the names of the other hosts, by fleet.
    HostDialog(const QString &title, const QString &fleet, const Host &host,
               const QMap<QString, QStringList> &taken, const QStringList &groups, QWidget *parent = nullptr);

    [[nodiscard]] QString fleet() const;
    [[nodiscard]] Host host() const;
    [[nodiscard]] QString problem() const; ///< empty when it can be kept

private:
    void check();

    QMap<QString, QStringList> m_taken;
    QComboBox *m_fleet;
    QLineEdit *m_name;
    QComboBox *m_role;
    QLineEdit *m_address;
    QLineEdit *m_privateAddress;
    QSpinBox *m_port;
    QLineEdit *m_user;
    QLineEdit *m_identityFile;
    QLineEdit *m_sshConfig;
    QComboBox *m_group;
    QLineEdit *m_tags;
    QLineEdit *m_id;
    QLineEdit *m_serverPath;
    QLineEdit *m_workDir;
    QPlainTextEdit *m_hostKeys;
    QLabel *m_problem;
    QPushButton *m_keep;
};

} // namespace slipway
