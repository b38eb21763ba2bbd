// SPDX-License-Identifier: GPL-3.0-or-later
// Launching a campaign from the window, taking one up that was cut off, and stopping it.
#include "ui/mainwindow/mainwindow.h"

#include "models/campaign/campaignlistmodel.h"

#include <QPushButton>

namespace slipway {

void MainWindow::askLaunch() {
    if (!m_launch->isEnabled())
        return;
    QStringList taken;
    for (int row = 0; row < m_list->rowCount(); ++row)
        taken << m_list->index(row).data(CampaignListModel::IdRole).toString();
    LaunchDialog dialog(m_protocol, m_fieldProtocol, taken, this);
    if (dialog.exec() == QDialog::Accepted)
        launch(dialog.choice());
}

void MainWindow::launch(const LaunchDialog::Choice &choice) {
    m_launch->setEnabled(false);
    showProblem(tr("Opening fleet %1 …").arg(choice.fleet));
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
    showProblem(QString());
    const auto parameters = resolveParameters(protocol, fleet.parameters, choice.settings);
    if (!parameters) {
        refuseLaunch(parameters.error());
        return;
    }
    m_services.launch({fleet, protocol, choice.id, choice.ref, choice.phases, *parameters, scripts},
                      [this](const Result<void> &launched) {
                          if (!launched)
                              refuseLaunch(launched.error());
                      });
}

void MainWindow::refuseLaunch(const Error &error) {
    m_launch->setEnabled(m_services.runningCampaign().isEmpty());
    showProblem(error.text);
}

void MainWindow::askStop() {
    const QString id = m_services.runningCampaign();
    if (id.isEmpty() ||
        !m_ask(tr("Stop campaign"),
               tr("Stop %1? Its programs are ended on their hosts; the evidence so far is kept.").arg(id),
               tr("Stop campaign")))
        return;
    m_stop->setEnabled(false);
    m_services.stopCampaign();
}

void MainWindow::resumeInterrupted() {
    m_services.resumeLatest([this](const Result<QString> &resumed) {
        if (!resumed)
            showProblem(resumed.error().text);
        else if (!resumed->isEmpty())
            showProblem(
                tr("Campaign %1 was running when Slipway ended; it is followed again.").arg(*resumed));
    });
}

} // namespace slipway
