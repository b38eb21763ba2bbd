// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/services.h"

#include <QDialog>
#include <QMap>

#include <functional>

class QCheckBox;
class QComboBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QPushButton;
class QScrollArea;

namespace slipway {

/// Chooses fleet, programs (Slipway's own or a folder of field scripts), id, ref, phases and parameters;
/// every field is checked as it is typed and told what is wrong beside it.
class LaunchDialog : public QDialog {
    Q_OBJECT
public:
    LaunchDialog(Protocol own, Protocol field, QStringList takenIds, QWidget *parent = nullptr);

    struct Choice {
        QString fleet;   ///< "sandbox" or a file
        QString scripts; ///< a folder of field scripts; empty for Slipway's own phases
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
    void addPath(QFormLayout &form, const QString &name, QComboBox *box, const QString &first,
                 const QString &button, const std::function<QString()> &choose);
    void fillParameters();
    [[nodiscard]] const Protocol &protocol() const;

    Protocol m_own;
    Protocol m_field;
    QStringList m_takenIds;
    QComboBox *m_fleet;
    QComboBox *m_programs;
    QScrollArea *m_scroll;
    QLineEdit *m_id;
    QLineEdit *m_ref;
    QList<QCheckBox *> m_phases;
    QString m_filledFor; ///< the protocol whose parameters are shown
    QMap<QString, QLineEdit *> m_parameters;
    QLabel *m_problem;
    QLabel *m_proves;
    QPushButton *m_launch;
};

} // namespace slipway
