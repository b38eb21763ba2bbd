// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/palette/commandtable.h"

#include <QApplication>
#include <QKeyEvent>
#include <QShortcut>
#include <QWidget>

#include <algorithm>

namespace slipway {

QString keysText(const QList<QKeySequence> &keys) {
    QStringList texts;
    for (const QKeySequence &key : keys)
        texts << key.toString(QKeySequence::NativeText);
    return texts.join(QStringLiteral("  "));
}

CommandTable::CommandTable(QWidget &window) : QObject(&window), m_window(window) {
    qApp->installEventFilter(this);
}

void CommandTable::add(Command command) {
    for (const QKeySequence &key : std::as_const(command.keys))
        connect(new QShortcut(key, &m_window), &QShortcut::activated, this, command.run);
    m_commands.append(std::move(command));
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
    const bool known = std::any_of(m_commands.begin(), m_commands.end(),
                                   [&](const Command &command) { return command.keys.contains(pressed); });
    if (known)
        event->ignore(); // not overridden: the shortcut gets it
    return known;
}

} // namespace slipway
