// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/mainwindow/launchcontrol.h"

#include "app/cloud/rental/rentals.h"
#include "app/session/campaigncontroller.h"
#include "app/session/campaignlauncher.h"
#include "app/session/campaignqueries.h"
#include "app/session/inventory.h"
#include "app/session/launchagain.h"
#include "app/session/launchinputs.h"
#include "app/session/overduefleets.h"
#include "app/session/session.h"
#include "models/core/whilealive.h"
#include "ui/launch/launchdialog.h"
#include "ui/mainwindow/questions.h"

namespace slipway {

LaunchControl::LaunchControl(const Session &session, Protocol protocol, Protocol fieldProtocol,
                             const Questions &questions, QWidget &window)
    : QObject(&window), m_session(session), m_protocol(std::move(protocol)),
      m_fieldProtocol(std::move(fieldProtocol)), m_questions(questions), m_window(window) {
    const CampaignController &campaigns = m_session.campaigns();
    connect(&m_session.launcher(), &CampaignLauncher::fleetOpened, this,
            [this] { Q_EMIT problemOccurred(QString()); });
    connect(&campaigns, &CampaignController::campaignStarted, this, [this] { setBusy(true, false); });
    connect(&campaigns, &CampaignController::campaignFinished, this, [this] { setBusy(false, true); });
    connect(&campaigns, &CampaignController::campaignLeft, this, [this] { setBusy(false, true); });
}

void LaunchControl::setBusy(bool canStop, bool canLaunch) {
    m_canLaunch = canLaunch;
    Q_EMIT busyChanged(canStop, canLaunch);
}

void LaunchControl::ask(const QStringList &ids, const QString &fleet) {
    ask(ids, [&fleet](LaunchDialog &dialog) {
        if (!fleet.isEmpty())
            dialog.setFleet(fleet);
    });
}

void LaunchControl::askAgain(const QStringList &ids, const CampaignRecord &like) {
    const bool isField = like.summary.protocol == m_fieldProtocol.name;
    ask(ids, [&](LaunchDialog &dialog) {
        dialog.setChoice(choiceLike(like, isField ? m_fieldProtocol : m_protocol), isField);
    });
}

void LaunchControl::ask(const QStringList &ids, const std::function<void(LaunchDialog &dialog)> &fill) {
    if (!m_canLaunch)
        return;
    LaunchDialog dialog({m_session.launchInputs(), m_session.inventory(), m_session.rentals()}, m_protocol,
                        m_fieldProtocol, ids, &m_window);
    fill(dialog);
    if (dialog.exec() == QDialog::Accepted)
        launch(dialog.choice());
}

void LaunchControl::launch(const LaunchChoice &choice) {
    setBusy(false, false);
    Q_EMIT launching();
    Q_EMIT problemOccurred(tr("Opening fleet %1 …").arg(choice.fleet));
    m_session.launcher().launch(choice, [this, choice](const Result<void> &launched) {
        if (launched)
            return;
        const bool takesOver =
            m_session.campaigns().canTakeOver() && !choice.hosts.takeOver &&
            m_questions.ask(tr("Take over hosts"), launched.error().text, tr("Take over and launch"));
        if (!takesOver) {
            refuse(launched.error());
            return;
        }
        LaunchChoice again = choice;
        again.hosts.takeOver = true;
        launch(again);
    });
}

void LaunchControl::refuse(const Error &error) {
    const bool runs = !m_session.campaigns().runningCampaign().isEmpty();
    setBusy(runs, !runs);
    Q_EMIT problemOccurred(error.text);
}

void LaunchControl::askStop() {
    const QString id = m_session.campaigns().runningCampaign();
    if (!id.isEmpty() &&
        m_questions.ask(
            tr("Stop campaign"),
            tr("Stop %1? Its programs are ended on their hosts; the evidence so far is kept.").arg(id),
            tr("Stop campaign")))
        stop();
}

void LaunchControl::stop() {
    setBusy(false, false);
    m_session.campaigns().stop();
}

void LaunchControl::resumeInterrupted() {
    if (!m_canLaunch)
        return;
    destroyOverdueFleets(
        m_session.queries(), m_session.rentals(),
        whileAlive(this, [this](const Error &error) { Q_EMIT problemOccurred(error.text); }));
    m_session.campaigns().resumeLatest([this](const Result<QString> &resumed) {
        if (!resumed)
            Q_EMIT problemOccurred(resumed.error().text);
        else if (!resumed->isEmpty())
            Q_EMIT problemOccurred(
                tr("Campaign %1 was running when Slipway ended; it is resumed.").arg(*resumed));
    });
}

} // namespace slipway
