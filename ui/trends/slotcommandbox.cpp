// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/trends/slotcommandbox.h"

#include "ui/common/theme.h"
#include "ui/common/tonelabel.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace slipway {

SlotCommandBox::SlotCommandBox(QWidget *parent) : QWidget(parent) {
    auto *title = makeLabel(this, strongFont(), Tone::Text);
    title->setText(tr("How it is run"));
    auto *note = makeLabel(this, smallFont(), Tone::Muted);
    note->setText(tr("The window runs no timer: once the series is saved, one of these commands does, in a "
                     "shell."));
    note->setWordWrap(true);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addWidget(title);
    layout->addWidget(note);
    m_install = addCommand(*layout, tr("Install the timer"));
    m_runSlot = addCommand(*layout, tr("Run the slot that is due"));
}

QLineEdit *SlotCommandBox::addCommand(QVBoxLayout &layout, const QString &name) {
    auto *label = makeLabel(this, font(), Tone::Text);
    label->setText(name);
    auto *command = new QLineEdit;
    command->setReadOnly(true);
    command->setFocusPolicy(Qt::ClickFocus); // Tab would show its end; the button beside it is what copies
    command->setFont(logFont());
    command->setAccessibleName(name);
    auto *copy = new QPushButton(tr("Copy"));
    copy->setAutoDefault(false);
    copy->setAccessibleName(tr("Copy: %1").arg(name));
    connect(copy, &QPushButton::clicked, command,
            [command] { QGuiApplication::clipboard()->setText(command->text()); });
    auto *row = new QHBoxLayout;
    row->addWidget(command, 1);
    row->addWidget(copy);
    layout.addSpacing(4);
    layout.addWidget(label);
    layout.addLayout(row);
    return command;
}

void SlotCommandBox::setCommands(const SlotCommands &commands) {
    for (const auto &[line, text] :
         {std::pair{m_install, commands.install}, std::pair{m_runSlot, commands.runSlot}}) {
        line->setText(text);
        line->setCursorPosition(0);
    }
}

} // namespace slipway
