// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/session/seriesqueries.h"

#include <QWidget>

class QLineEdit;
class QVBoxLayout;

namespace slipway {

/// The commands that run a slot and install the timer, to be copied: the window itself runs no timer.
class SlotCommandBox : public QWidget {
    Q_OBJECT
public:
    explicit SlotCommandBox(QWidget *parent = nullptr);

    void setCommands(const SlotCommands &commands);

private:
    [[nodiscard]] QLineEdit *addCommand(QVBoxLayout &layout, const QString &name);

    QLineEdit *m_install;
    QLineEdit *m_runSlot;
};

} // namespace slipway
