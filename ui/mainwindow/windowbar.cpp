// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/mainwindow/windowbar.h"

#include "ui/common/theme.h"

#include <QBoxLayout>
#include <QButtonGroup>
#include <QLabel>
#include <QMenu>
#include <QPushButton>

namespace slipway {

namespace {

constexpr int kMargin = 16;
constexpr int kSpacing = 8;

} // namespace

WindowBar::WindowBar(QWidget *parent)
    : QWidget(parent), m_pages(new QButtonGroup(this)), m_name(new QLabel(tr("Slipway"))),
      m_pageRow(new QWidget), m_pageButton(new QPushButton), m_pageMenu(new QMenu(this)),
      m_field(new QPushButton), m_stop(new QPushButton), m_launch(new QPushButton) {
    setObjectName(QStringLiteral("bar"));
    setAttribute(Qt::WA_StyledBackground);
    m_name->setFont(strongFont());
    m_pages->setExclusive(true);
    auto *row = new QHBoxLayout(m_pageRow);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(kSpacing);
    m_pageButton->setMenu(m_pageMenu);
    m_pageButton->setAccessibleName(tr("Page"));
    m_pageButton->hide();
    m_stop->hide(); // until there is something to stop
    m_launch->setObjectName(QStringLiteral("primary"));
    m_field->setAccessibleName(tr("Search or run a command"));
    m_field->setObjectName(QStringLiteral("field"));
    connect(m_launch, &QPushButton::clicked, this, &WindowBar::launchRequested);
    connect(m_stop, &QPushButton::clicked, this, &WindowBar::stopRequested);
    connect(m_pages, &QButtonGroup::idClicked, this, &WindowBar::pageChosen);
    connect(m_field, &QPushButton::clicked, this, &WindowBar::paletteRequested);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(kMargin, kSpacing, kMargin, kSpacing);
    layout->setSpacing(kSpacing);
    layout->addWidget(m_name);
    layout->addWidget(m_pageRow);
    layout->addWidget(m_pageButton);
    layout->addStretch(1);
    layout->addWidget(m_field);
    layout->addWidget(m_stop);
    layout->addWidget(m_launch);
    showTexts(false);
}

void WindowBar::addPage(const QString &title) {
    const int index = static_cast<int>(m_pages->buttons().size());
    auto *button = new QPushButton(title);
    button->setCheckable(true);
    m_pages->addButton(button, index);
    m_pageRow->layout()->addWidget(button);
    connect(m_pageMenu->addAction(title), &QAction::triggered, this,
            [this, index] { Q_EMIT pageChosen(index); });
    arrange();
}

void WindowBar::setPage(int index) {
    m_pages->button(index)->setChecked(true);
    m_pageButton->setText(pageTitle(index));
}

QString WindowBar::pageTitle(int index) const {
    return m_pages->button(index)->text();
}

void WindowBar::setBusy(bool canStop, bool canLaunch) {
    m_stop->setEnabled(canStop);
    m_stop->setVisible(canStop);
    m_launch->setEnabled(canLaunch);
    arrange();
}

void WindowBar::showTexts(bool compact) {
    m_name->setVisible(!compact);
    m_pageRow->setVisible(!compact);
    m_pageButton->setVisible(compact);
    m_field->setText(compact ? tr("Search") : tr("Search or run   Ctrl+K"));
    m_stop->setText(compact ? tr("Stop") : tr("Stop campaign"));
    m_launch->setText(compact ? tr("Launch") : tr("Launch campaign"));
}

int WindowBar::contentWidth() const {
    int width = 2 * kMargin - kSpacing;
    for (const QWidget *one :
         {static_cast<const QWidget *>(m_name), static_cast<const QWidget *>(m_pageRow),
          static_cast<const QWidget *>(m_pageButton), static_cast<const QWidget *>(m_field),
          static_cast<const QWidget *>(m_stop), static_cast<const QWidget *>(m_launch)}) {
        if (!one->isHidden())
            width += one->sizeHint().width() + kSpacing;
    }
    return width;
}

// What is there changed.
void WindowBar::arrange() {
    showTexts(false);
    m_fullWidth = contentWidth();
    fit();
}

void WindowBar::fit() {
    showTexts(m_fullWidth > width());
}

QSize WindowBar::minimumSizeHint() const {
    return {1, QWidget::minimumSizeHint().height()};
}

void WindowBar::resizeEvent(QResizeEvent *event) {
    QWidget::resizeEvent(event);
    fit();
}

} // namespace slipway
