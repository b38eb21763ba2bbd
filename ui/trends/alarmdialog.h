// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/series/alarm.h"

#include <QDialog>

class QComboBox;
class QLineEdit;
class QPushButton;

namespace slipway {

/// Asks who sees to an alarm and why, and for how long it is to be quiet. Nothing is noted without both.
class AlarmDialog : public QDialog {
    Q_OBJECT
public:
    AlarmDialog(const Alarm &alarm, AlarmState state, QWidget *parent = nullptr);

    [[nodiscard]] AlarmAction action() const; ///< as of now

private:
    AlarmState m_state;
    QString m_signature;
    QLineEdit *m_by;
    QLineEdit *m_why;
    QComboBox *m_hours = nullptr; ///< of Snoozed
    QPushButton *m_save;
};

} // namespace slipway
