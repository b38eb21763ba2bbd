// SPDX-License-Identifier: GPL-3.0-or-later
// Launching a campaign from the window, taking one up that was cut off, and stopping it.
#include "ui/mainwindow/mainwindow.h"

#include "app/cloud/rental/rentals.h"
#include "app/session/campaigncontroller.h"
#include "app/session/campaignlauncher.h"
#include "app/session/campaignqueries.h"
#include "app/session/inventory.h"
#include "app/session/launchinputs.h"
#include "app/session/overduefleets.h"
#include "app/session/session.h"
#include "ui/mainwindow/campaignlistpane.h"
#include "ui/mainwindow/statusline.h"
#include "ui/mainwindow/windowbar.h"

#include <QPointer>

namespace slipway {

void MainWindow::askLaunch(const QString &fleet) {
    if (!m_bar->canLaunch())
        return;
    LaunchDialog dialog({m_session.launchInputs(), m_session.inventory(), m_session.rentals()}, m_protocol,
                        m_fieldProtocol, m_list->ids(), this);
    if (!fleet.isEmpty())
        dialog.setFleet(fleet);
    if (dialog.exec() == QDialog::Accepted)
        launch(dialog.choice());
}

void MainWindow::launch(const LaunchChoice &choice) {
    m_bar->setBusy(false, false);
    m_chosen = false; // what is launched is looked at
    m_status->setProblem(tr("Opening fleet %1 …").arg(choice.fleet));
    m_session.launcher().launch(choice, [this, choice](const Result<void> &launched) {
        if (launched)
            return;
        const bool takesOver =
            m_session.campaigns().canTakeOver() && !choice.hosts.takeOver &&
            m_ask(tr("Take over hosts"), launched.error().text, tr("Take over and launch"));
        if (!takesOver) {
            refuseLaunch(launched.error());
            return;
        }
        LaunchChoice again = choice;
        again.hosts.takeOver = true;
        launch(again);
    });
}

void MainWindow::refuseLaunch(const Error &error) {
    const bool runs = !m_session.campaigns().runningCampaign().isEmpty();
    m_bar->setBusy(runs, !runs);
    m_status->setProblem(error.text);
}

void MainWindow::askStop() {
    const QString id = m_session.campaigns().runningCampaign();
    if (id.isEmpty() ||
        !m_ask(tr("Stop campaign"),
               tr("Stop %1? Its programs are ended on their hosts; the evidence so far is kept.").arg(id),
               tr("Stop campaign")))
        return;
    m_bar->setBusy(false, false);
    m_session.campaigns().stop();
}

void MainWindow::resumeCutOff() {
    if (!m_bar->canLaunch())
        return;
    resumeInterrupted();
}

void MainWindow::resumeInterrupted() {
    destroyOverdueFleets(m_session.queries(), m_session.rentals(),
                         [status = QPointer(m_status)](const Error &error) {
                             if (status)
                                 status->setProblem(error.text);
                         });
    m_session.campaigns().resumeLatest([this](const Result<QString> &resumed) {
        if (!resumed)
            m_status->setProblem(resumed.error().text);
        else if (!resumed->isEmpty())
            m_status->setProblem(
                tr("Campaign %1 was running when Slipway ended; it is resumed.").arg(*resumed));
    });
}

} // namespace slipway
