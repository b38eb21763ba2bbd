// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/overlay.h"

namespace slipway {

class CommandTable;

/// Every key, by section. Made from the table of commands when it is opened.
class HelpSheet : public Overlay {
    Q_OBJECT
public:
    HelpSheet(const CommandTable &commands, QWidget &window);

    void toggle();

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    void fill();

    const CommandTable &m_commands;
    QWidget *m_page = nullptr;
};

} // namespace slipway
