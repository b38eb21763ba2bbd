// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/mainwindow/startpanel.h"

#include "ui/common/theme.h"
#include "ui/common/tonelabel.h"

#include <QBoxLayout>
#include <QFrame>
#include <QIcon>
#include <QPushButton>

namespace slipway {

namespace {

constexpr int kNextToEms = 56;
constexpr int kWidestEms = 76;

QFrame *makeWay(const QString &title, const QString &text, const QString &small, QPushButton *button) {
    auto *card = new QFrame;
    card->setObjectName(QStringLiteral("card"));
    auto *heading = makeLabel(card, numberFont(), Tone::Text);
    heading->setText(title);
    heading->setWordWrap(true);
    auto *body = makeLabel(card, card->font(), Tone::Text);
    body->setText(text);
    body->setWordWrap(true);
    auto *note = makeLabel(card, smallFont(), Tone::Muted);
    note->setText(small);
    note->setWordWrap(true);
    auto *layout = new QVBoxLayout(card);
    layout->setContentsMargins(20, 20, 20, 20);
    layout->setSpacing(10);
    layout->addWidget(heading);
    layout->addWidget(body);
    layout->addWidget(note);
    layout->addStretch(1);
    layout->addWidget(button, 0, Qt::AlignLeft);
    return card;
}

} // namespace

StartPanel::StartPanel(QWidget *parent) : QWidget(parent), m_ways(new QBoxLayout(QBoxLayout::LeftToRight)) {
    auto *title = makeLabel(this, titleFont(), Tone::Text);
    title->setText(tr("Can this release ship?"));
    title->setWordWrap(true);
    auto *intro = makeLabel(this, font(), Tone::Muted);
    intro->setText(tr(
        "No campaign yet. Slipway runs the ship gate on real hosts, breaks them on purpose, and judges the "
        "release from the raw evidence. Choose where to start."));
    intro->setWordWrap(true);
    auto *sandbox = new QPushButton(tr("Try the sandbox"));
    sandbox->setObjectName(QStringLiteral("primary"));
    auto *import = new QPushButton(tr("Import runs"));
    auto *hosts = new QPushButton(tr("Add hosts"));
    setFocusProxy(sandbox);
    connect(sandbox, &QPushButton::clicked, this, &StartPanel::sandboxRequested);
    connect(import, &QPushButton::clicked, this, &StartPanel::importRequested);
    connect(hosts, &QPushButton::clicked, this, &StartPanel::hostsRequested);
    m_ways->setSpacing(14);
    m_ways->addWidget(makeWay(tr("Try the sandbox"),
                              tr("Four hosts on this machine. All four phases run against the reference "
                                 "node or a server of yours."),
                              tr("Takes about four minutes. Costs nothing; nothing leaves this machine."),
                              sandbox),
                      1);
    m_ways->addWidget(makeWay(tr("Import published runs"),
                              tr("A folder of runs, an archive of one, or a Pages repository. Every campaign "
                                 "is judged again from its own evidence."),
                              tr("Ctrl+O. What is imported is only read."), import),
                      1);
    m_ways->addWidget(
        makeWay(tr("Add hosts"),
                tr("Any Linux machines with SSH: three peers and one chaos host. Slipway checks each "
                   "one before a campaign."),
                tr("By hand, or from Terraform, doctl, Ansible, CSV or an SSH config."), hosts),
        1);
    auto *drop = new QFrame;
    drop->setObjectName(QStringLiteral("drop"));
    auto *dropTitle = makeLabel(drop, strongFont(), Tone::Text);
    dropTitle->setText(tr("Or drop it anywhere in this window"));
    dropTitle->setWordWrap(true);
    auto *dropText = makeLabel(drop, font(), Tone::Muted);
    dropText->setText(
        tr("Runs: a folder, an archive, or the address of a Pages repository. Hosts: a Terraform "
           "state or output, doctl JSON, CSV, or an SSH config."));
    dropText->setWordWrap(true);
    auto *dropLayout = new QVBoxLayout(drop);
    dropLayout->setContentsMargins(20, 14, 20, 14);
    dropLayout->setSpacing(2);
    dropLayout->addWidget(dropTitle);
    dropLayout->addWidget(dropText);
    auto *note = makeLabel(this, smallFont(), Tone::Muted);
    note->setText(tr("Campaigns that slipwayctl runs or imports appear here by themselves."));
    note->setWordWrap(true);
    auto *column = new QWidget;
    column->setMaximumWidth(kWidestEms * fontMetrics().height());
    auto *columnLayout = new QVBoxLayout(column);
    columnLayout->setContentsMargins(0, 0, 0, 0);
    columnLayout->setSpacing(14);
    columnLayout->addWidget(title);
    columnLayout->addWidget(intro);
    columnLayout->addLayout(m_ways);
    columnLayout->addWidget(drop);
    columnLayout->addWidget(note);
    auto *middle = new QHBoxLayout;
    middle->addStretch(1);
    middle->addWidget(column, 1000);
    middle->addStretch(1);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(24, 24, 24, 24);
    layout->addStretch(1);
    layout->addLayout(middle);
    layout->addStretch(2);
}

void StartPanel::resizeEvent(QResizeEvent *event) {
    QWidget::resizeEvent(event);
    m_ways->setDirection(width() < kNextToEms * fontMetrics().height() ? QBoxLayout::TopToBottom
                                                                       : QBoxLayout::LeftToRight);
}

} // namespace slipway
