// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QObject>

class QMenu;
class QMenuBar;

namespace slipway {

class CommandTable;

/// The menu bar: a menu for each section of the commands; those of a page are there while the page is shown.
class WindowMenus : public QObject {
    Q_OBJECT
public:
    WindowMenus(const CommandTable &commands, QMenuBar &bar);

    void showUsable(); ///< after another page was shown
    void open();       ///< the first menu, for the keyboard

private:
    struct Menu {
        QMenu *menu;
        QWidget *scope;
    };

    const CommandTable &m_commands;
    QMenuBar &m_bar;
    QList<Menu> m_menus;
};

} // namespace slipway
