// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/palette/windowmenus.h"

#include "ui/palette/commandtable.h"

#include <QAction>
#include <QMenu>
#include <QMenuBar>

#include <algorithm>

namespace slipway {

namespace {

// The first letter that no menu before it has taken opens it with Alt.
QString withAccessKey(const QString &title, QString &taken) {
    for (qsizetype i = 0; i < title.size(); ++i) {
        const QChar letter = title.at(i).toLower();
        if (!letter.isLetter() || taken.contains(letter))
            continue;
        taken += letter;
        return title.left(i) + QLatin1Char('&') + title.mid(i);
    }
    return title;
}

} // namespace

WindowMenus::WindowMenus(const CommandTable &commands, QMenuBar &bar)
    : QObject(&bar), m_commands(commands), m_bar(bar) {
    QString taken;
    for (const Command &command : m_commands.commands()) {
        auto it = std::find_if(m_menus.begin(), m_menus.end(), [&](const Menu &one) {
            return one.scope == command.scope && one.menu->objectName() == command.section;
        });
        if (it == m_menus.end()) {
            QMenu *menu = m_bar.addMenu(withAccessKey(command.section, taken));
            menu->setObjectName(command.section);
            it = m_menus.insert(m_menus.end(), {menu, command.scope});
        }
        it->menu->addAction(command.action);
    }
}

void WindowMenus::showUsable() {
    for (const Menu &one : std::as_const(m_menus)) {
        const bool usable = std::any_of(m_commands.commands().begin(), m_commands.commands().end(),
                                        [&](const Command &command) {
                                            return command.scope == one.scope && m_commands.isUsable(command);
                                        });
        one.menu->menuAction()->setVisible(usable);
    }
}

void WindowMenus::open() {
    for (const Menu &one : std::as_const(m_menus)) {
        if (!one.menu->menuAction()->isVisible())
            continue;
        m_bar.setFocus(Qt::MenuBarFocusReason);
        m_bar.setActiveAction(one.menu->menuAction());
        return;
    }
}

} // namespace slipway
