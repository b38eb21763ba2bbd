// SPDX-License-Identifier: GPL-3.0-or-later
// Launching a campaign from the window, taking one up that was cut off, and stopping it.
#include "ui/mainwindow/mainwindow.h"

#include "ui/mainwindow/campaignlistpane.h"
#include "ui/mainwindow/statusline.h"
#include "ui/mainwindow/windowbar.h"

namespace slipway {

void MainWindow::askLaunch(const QString &fleet) {
    if (!m_bar->canLaunch())
        return;
    LaunchDialog dialog(m_services, m_protocol, m_fieldProtocol, m_list->ids(), this);
    if (!fleet.isEmpty())
        dialog.setFleet(fleet);
    if (dialog.exec() == QDialog::Accepted)
        launch(dialog.choice());
}

void MainWindow::launch(const LaunchDialog::Choice &choice) {
    m_bar->setBusy(false, false);
    m_chosen = false; // what is launched is looked at
    m_status->setProblem(tr("Opening fleet %1 …").arg(choice.fleet));
    m_services.openFleet(choice.fleet, [this, choice](const Result<Fleet> &fleet) {
        if (!fleet) {
            refuseLaunch(fleet.error());
        } else if (choice.scripts.isEmpty()) {
            launchOn(*fleet, choice, m_protocol, {});
        } else {
            m_services.readScripts(choice.scripts,
                                   [this, choice, fleet](const Result<FieldScripts> &scripts) {
                                       if (scripts)
                                           launchOn(*fleet, choice, m_fieldProtocol, *scripts);
                                       else
                                           refuseLaunch(scripts.error());
                                   });
        }
    });
}

void MainWindow::launchOn(const Fleet &fleet, const LaunchDialog::Choice &choice, const Protocol &protocol,
                          const FieldScripts &scripts) {
    m_status->setProblem(QString());
    const auto parameters = resolveParameters(protocol, fleet.parameters, choice.settings);
    if (!parameters) {
        refuseLaunch(parameters.error());
        return;
    }
    begin({fleet, protocol, choice.id, choice.ref, choice.phases, *parameters, scripts, choice.keepFleet});
}

void MainWindow::begin(const LaunchRequest &request) {
    m_services.launch(request, [this, request](const Result<void> &launched) {
        if (launched)
            return;
        const bool takesOver =
            m_services.canTakeOver() && !request.hosts.takeOver &&
            m_ask(tr("Take over hosts"), launched.error().text, tr("Take over and launch"));
        if (!takesOver) {
            refuseLaunch(launched.error());
            return;
        }
        LaunchRequest again = request;
        again.hosts.takeOver = true;
        begin(again);
    });
}

void MainWindow::refuseLaunch(const Error &error) {
    const bool runs = !m_services.runningCampaign().isEmpty();
    m_bar->setBusy(runs, !runs);
    m_status->setProblem(error.text);
}

void MainWindow::askStop() {
    const QString id = m_services.runningCampaign();
    if (id.isEmpty() ||
        !m_ask(tr("Stop campaign"),
               tr("Stop %1? Its programs are ended on their hosts; the evidence so far is kept.").arg(id),
               tr("Stop campaign")))
        return;
    m_bar->setBusy(false, false);
    m_services.stopCampaign();
}

void MainWindow::resumeCutOff() {
    if (!m_bar->canLaunch())
        return;
    resumeInterrupted();
}

void MainWindow::resumeInterrupted() {
    m_services.giveBackOverdueFleets();
    m_services.resumeLatest([this](const Result<QString> &resumed) {
        if (!resumed)
            m_status->setProblem(resumed.error().text);
        else if (!resumed->isEmpty())
            m_status->setProblem(
                tr("Campaign %1 was running when Slipway ended; it is resumed.").arg(*resumed));
    });
}

} // namespace slipway
