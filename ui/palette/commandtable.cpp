// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/palette/commandtable.h"

#include <QAction>
#include <QApplication>
#include <QKeyEvent>
#include <QWidget>

#include <algorithm>

namespace slipway {

QString Command::text() const {
    return action->text();
}

QList<QKeySequence> Command::keys() const {
    return action->shortcuts();
}

QString keysText(const QList<QKeySequence> &keys) {
    QStringList texts;
    for (const QKeySequence &key : keys)
        texts << key.toString(QKeySequence::NativeText);
    return texts.join(QStringLiteral("  "));
}

CommandTable::CommandTable(QWidget &window) : QObject(&window), m_window(window) {
    qApp->installEventFilter(this);
}

// Qt takes a shortcut of the window's as active while the widget that has its action is visible: that is what
// makes it the page's.
QAction *CommandTable::add(QWidget &scope, const QString &section, const QString &text,
                           const QList<QKeySequence> &keys, const std::function<void()> &run) {
    auto *action = new QAction(text, this);
    action->setShortcuts(keys);
    action->setShortcutContext(Qt::WindowShortcut);
    connect(action, &QAction::triggered, this, run);
    scope.addAction(action);
    m_commands.append({section, action, &scope});
    return action;
}

void CommandTable::addActionsOf(QWidget &page, const QString &section) {
    for (QAction *action : page.actions())
        m_commands.append({section, action, &page});
}

bool CommandTable::isUsable(const Command &command) const {
    return command.scope == &m_window || command.scope->isVisibleTo(&m_window);
}

QList<Command> CommandTable::usable() const {
    QList<Command> usable;
    std::copy_if(m_commands.begin(), m_commands.end(), std::back_inserter(usable),
                 [this](const Command &command) { return isUsable(command); });
    return usable;
}

void CommandTable::run(const Command &command) {
    if (!isUsable(command))
        Q_EMIT scopeRequested(command.scope);
    command.action->trigger();
}

// A text field would take Ctrl+K and its like for itself, as Emacs does.
bool CommandTable::eventFilter(QObject *watched, QEvent *event) {
    if (event->type() != QEvent::ShortcutOverride)
        return false;
    const auto *key = static_cast<QKeyEvent *>(event);
    const auto *widget = qobject_cast<QWidget *>(watched);
    if (!widget || widget->window() != &m_window ||
        !(key->modifiers() & (Qt::ControlModifier | Qt::AltModifier)))
        return false;
    const QKeySequence pressed(key->keyCombination());
    const bool known = std::any_of(m_commands.begin(), m_commands.end(), [&](const Command &command) {
        return isUsable(command) && command.action->shortcutContext() == Qt::WindowShortcut &&
               command.keys().contains(pressed);
    });
    if (known)
        event->ignore(); // not overridden: the shortcut gets it
    return known;
}

} // namespace slipway
