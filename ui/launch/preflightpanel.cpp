// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/launch/preflightpanel.h"

#include "app/campaign/hostneeds.h"
#include "models/core/whilealive.h"
#include "ui/common/theme.h"

#include <QBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QTreeWidget>

#include <algorithm>

namespace slipway {

PreflightPanel::PreflightPanel(Inventory &inventory, QWidget *parent)
    : QWidget(parent), m_inventory(inventory), m_button(new QPushButton(tr("Check hosts"))),
      m_summary(new QLabel), m_hosts(new QTreeWidget) {
    m_summary->setTextFormat(Qt::PlainText);
    m_summary->setWordWrap(true);
    m_hosts->setHeaderLabels({tr("Host"), tr("Clock"), tr("Free"), tr("Ports"), tr("Server")});
    m_hosts->setAccessibleName(tr("Preflight"));
    m_hosts->setRootIsDecorated(false);
    m_hosts->setWordWrap(true);
    connect(m_button, &QPushButton::clicked, this, [this] { m_check == 0 ? run() : stop(); });
    auto *row = new QHBoxLayout;
    row->addWidget(m_summary, 1);
    row->addWidget(m_button);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 8, 0, 0);
    layout->addLayout(row);
    layout->addWidget(m_hosts, 1);
    setNoPlan({});
}

PreflightPanel::~PreflightPanel() {
    stop();
}

void PreflightPanel::setNoPlan(const QString &why) {
    stop();
    m_plan = m_given = {};
    m_hosts->clear();
    m_summary->setText(why);
    m_button->setEnabled(false);
}

void PreflightPanel::setPlan(const CampaignPlan &plan, const Opener &opener) {
    const bool same =
        m_given.fleet == plan.fleet && m_given.phases == plan.phases && m_given.parameters == plan.parameters;
    if (same && m_button->isEnabled())
        return;
    stop();
    m_opener = opener;
    m_plan = m_given = plan;
    m_hosts->clear();
    m_button->setEnabled(true);
    m_summary->setText(opener ? tr("Not checked yet. Brings the sandbox up, then asks each host.")
                              : tr("Not checked yet. Asks each host for its clock, disk, ports and server."));
}

void PreflightPanel::run() {
    if (!m_opener) {
        ask();
        return;
    }
    m_button->setEnabled(false);
    m_summary->setText(tr("The sandbox is brought up …"));
    m_opener(whileAlive(this, [this, opening = ++m_opening](const Result<Fleet> &fleet) {
        if (m_opening != opening)
            return;
        m_button->setEnabled(true);
        if (!fleet) {
            m_summary->setText(fleet.error().text);
            return;
        }
        m_plan.fleet = *fleet;
        ask();
    }));
}

void PreflightPanel::ask() {
    m_hosts->clear();
    m_answered = 0;
    m_button->setText(tr("Stop"));
    m_summary->setText(tr("0 of %1 answered").arg(m_plan.fleet.hosts.size()));
    m_check = m_inventory.check(m_plan.fleet, needsOf(m_plan),
                                {[this](const HostHealth &health) { take(health); },
                                 [this](const QList<HostHealth> &hosts) { finish(hosts); }});
}

void PreflightPanel::stop() {
    ++m_opening;
    if (m_check == 0)
        return;
    m_inventory.cancelCheck(m_check);
    m_check = 0;
    m_button->setText(tr("Check hosts"));
    m_summary->setText(tr("Stopped; hosts that are not listed were not checked."));
}

void PreflightPanel::take(const HostHealth &health) {
    m_summary->setText(tr("%1 of %2 answered").arg(++m_answered).arg(m_plan.fleet.hosts.size()));
    QStringList cells{(health.problem.isEmpty() ? QStringLiteral("✓ ") : QStringLiteral("✗ ")) + health.host};
    QStringList ports;
    for (const int port : needsOf(m_plan).value(health.host).ports)
        ports << QString::number(port);
    cells << clockText(health) << freeText(health) << ports.join(QLatin1Char(' ')) << serverText(health);
    auto *item = new QTreeWidgetItem(m_hosts, cells);
    item->setForeground(0, health.problem.isEmpty() ? theme().proven : theme().fail);
    item->setToolTip(0, health.problem);
    if (!health.problem.isEmpty()) {
        auto *why = new QTreeWidgetItem(item, {health.problem});
        why->setFirstColumnSpanned(true);
        item->setExpanded(true);
    }
    for (int column = 0; column < 4; ++column)
        m_hosts->resizeColumnToContents(column);
}

void PreflightPanel::finish(const QList<HostHealth> &hosts) {
    m_check = 0;
    m_button->setText(tr("Check hosts"));
    m_hosts->clear();
    m_answered = 0;
    for (const HostHealth &health : hosts)
        take(health);
    const auto bad = std::count_if(hosts.begin(), hosts.end(),
                                   [](const HostHealth &health) { return !health.problem.isEmpty(); });
    m_summary->setText(bad == 0 ? tr("All %1 hosts can take their roles.").arg(hosts.size())
                                : tr("%1 of %2 hosts cannot take their roles.").arg(bad).arg(hosts.size()));
}

} // namespace slipway
