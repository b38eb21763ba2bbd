// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/rental/destroydialog.h"

#include "models/core/plaintext.h"
#include "models/core/whilealive.h"
#include "models/fleet/rentaltext.h"
#include "ui/common/plaintable.h"
#include "ui/common/theme.h"
#include "ui/common/tonelabel.h"

#include <QBoxLayout>
#include <QCheckBox>
#include <QDialogButtonBox>
#include <QPushButton>

namespace slipway {

DestroyDialog::DestroyDialog(Rentals &rentals, const QString &name, QWidget *parent)
    : QDialog(parent), m_name(name),
      m_list(
          makePlainTree({tr("What"), tr("Id"), tr("Name"), tr("Address"), tr("State"), tr("Age"), tr("Cost")},
                        tr("What will be destroyed"))),
      m_summary(makeLabel(nullptr, strongFont(), Tone::Text)),
      m_problem(makeLabel(nullptr, font(), Tone::Fail)), m_abandon(new QCheckBox) {
    m_list->headerItem()->setTextAlignment(6, Qt::AlignRight | Qt::AlignVCenter);
    setWindowTitle(tr("Destroy %1").arg(name));
    resize(1000, 480);
    m_summary->setText(tr("Asking DigitalOcean which resources %1 has …").arg(name));
    m_summary->setWordWrap(true);
    m_problem->setWordWrap(true);
    m_problem->hide();
    m_abandon->hide();
    auto *buttons = new QDialogButtonBox;
    m_destroy = buttons->addButton(tr("Destroy"), QDialogButtonBox::AcceptRole);
    m_destroy->setObjectName(QStringLiteral("destroy"));
    m_destroy->setAutoDefault(false); // Return does not destroy
    m_destroy->setEnabled(false);
    auto *cancel = buttons->addButton(tr("Cancel"), QDialogButtonBox::RejectRole);
    cancel->setDefault(true);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 16, 16, 16);
    layout->setSpacing(12);
    layout->addWidget(m_summary);
    layout->addWidget(makePane(m_list), 1);
    layout->addWidget(m_problem);
    layout->addWidget(m_abandon);
    layout->addWidget(buttons);
    rentals.show(name, whileAlive(this, [this](const Result<RentalView> &view) { showAnswer(view); }));
}

void DestroyDialog::showAnswer(const Result<RentalView> &view) {
    if (view) {
        showThings(*view);
        return;
    }
    m_summary->setText(tr("The resources of %1 could not be listed.").arg(m_name));
    m_problem->setText(view.error().text);
    m_problem->show();
}

void DestroyDialog::showThings(const RentalView &view) {
    const Belongings &there = view.there;
    Money perHour;
    for (const CloudServer &server : there.servers) {
        perHour += server.perHour;
        auto *item = new QTreeWidgetItem(
            m_list,
            {tr("droplet"), QString::number(server.id), plainText(server.name),
             plainText(server.publicAddress),
             server.status == QLatin1String("off") ? tr("off, still charged") : plainText(server.status),
             ageText(server.createdAt, view.now),
             serverCost(server.perHour, server.createdAt.secsTo(view.now)).text()});
        item->setTextAlignment(6, Qt::AlignRight | Qt::AlignVCenter);
    }
    for (const Firewall &firewall : there.firewalls)
        new QTreeWidgetItem(m_list, {tr("firewall"),
                                     firewall.id,
                                     plainText(firewall.name),
                                     {},
                                     firewall.status,
                                     ageText(firewall.createdAt, view.now)});
    for (const CloudNetwork &network : there.networks)
        new QTreeWidgetItem(m_list, {tr("vpc"),
                                     network.id,
                                     plainText(network.name),
                                     plainText(network.range),
                                     {},
                                     ageText(network.createdAt, view.now)});
    for (const QString &tag : there.tags)
        new QTreeWidgetItem(m_list, {tr("tag"), {}, plainText(tag)});
    for (int column = 0; column < m_list->columnCount(); ++column)
        m_list->resizeColumnToContents(column);
    m_list->setColumnWidth(1, std::min(m_list->columnWidth(1), 150)); // the ids of VPCs are long
    m_shown = there.serverIds();
    m_summary->setText(
        m_shown.isEmpty()
            ? tr("%1 no longer has droplets. What is left of it is removed.").arg(m_name)
            : tr("Everything in this list is destroyed, with the data on it. Its cost of %1 an hour ends.")
                  .arg(perHour.text()));
    m_destroy->setText(m_shown.isEmpty()     ? tr("End fleet")
                       : m_shown.size() == 1 ? tr("Destroy 1 droplet")
                                             : tr("Destroy %1 droplets").arg(m_shown.size()));
    m_destroy->setEnabled(true);
    if (!view.campaign.isEmpty())
        askForCampaign(view.campaign);
}

void DestroyDialog::askForCampaign(const QString &campaign) {
    m_campaign = campaign;
    m_problem->setText(
        tr("Campaign %1 has not ended on this fleet. Evidence that was not fetched yet would be lost.")
            .arg(campaign));
    m_problem->show();
    m_abandon->setText(tr("Give campaign %1 up").arg(campaign));
    m_abandon->show();
    m_destroy->setEnabled(false);
    connect(m_abandon, &QCheckBox::toggled, m_destroy, &QPushButton::setEnabled);
}

void DestroyDialog::accept() {
    if (!m_destroy->isEnabled())
        return; // not known yet, or said already
    m_destroy->setEnabled(false);
    Q_EMIT requested(m_shown, m_campaign);
    QDialog::accept();
}

} // namespace slipway
