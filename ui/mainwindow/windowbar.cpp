// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/mainwindow/windowbar.h"

#include "ui/common/theme.h"

#include <QBoxLayout>
#include <QButtonGroup>
#include <QLabel>
#include <QPushButton>

namespace slipway {

WindowBar::WindowBar(QWidget *parent)
    : QWidget(parent), m_pages(new QButtonGroup(this)), m_pageRow(new QHBoxLayout),
      m_buttonRow(new QHBoxLayout), m_stop(new QPushButton(tr("Stop campaign"))),
      m_launch(new QPushButton(tr("Launch campaign"))) {
    setObjectName(QStringLiteral("bar"));
    setAttribute(Qt::WA_StyledBackground);
    auto *name = new QLabel(tr("Slipway"));
    name->setFont(strongFont());
    m_pages->setExclusive(true);
    m_pageRow->setSpacing(8);
    m_buttonRow->setSpacing(8);
    m_stop->setEnabled(false);
    m_launch->setObjectName(QStringLiteral("primary"));
    connect(m_launch, &QPushButton::clicked, this, &WindowBar::launchRequested);
    connect(m_stop, &QPushButton::clicked, this, &WindowBar::stopRequested);
    connect(m_pages, &QButtonGroup::idClicked, this, &WindowBar::pageChosen);
    auto *field = new QPushButton(tr("Search or run   Ctrl+K"));
    field->setAccessibleName(tr("Search or run a command"));
    field->setObjectName(QStringLiteral("field"));
    field->setMaximumWidth(320);
    field->setMinimumWidth(120);
    field->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    connect(field, &QPushButton::clicked, this, &WindowBar::paletteRequested);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(16, 8, 16, 8);
    layout->setSpacing(8);
    layout->addWidget(name);
    layout->addSpacing(8);
    layout->addLayout(m_pageRow);
    layout->addStretch(1);
    layout->addWidget(field, 1);
    layout->addSpacing(8);
    layout->addLayout(m_buttonRow);
    layout->addWidget(m_stop);
    layout->addWidget(m_launch);
}

void WindowBar::addPage(const QString &title) {
    auto *button = new QPushButton(title);
    button->setCheckable(true);
    m_pages->addButton(button, static_cast<int>(m_pages->buttons().size()));
    m_pageRow->addWidget(button);
}

void WindowBar::setPage(int index) {
    m_pages->button(index)->setChecked(true);
}

QString WindowBar::pageTitle(int index) const {
    return m_pages->button(index)->text();
}

QPushButton *WindowBar::addButton(const QString &text) {
    auto *button = new QPushButton(text);
    m_buttonRow->addWidget(button);
    return button;
}

void WindowBar::setBusy(bool canStop, bool canLaunch) {
    m_stop->setEnabled(canStop);
    m_launch->setEnabled(canLaunch);
}

bool WindowBar::canLaunch() const {
    return m_launch->isEnabled();
}

} // namespace slipway
