// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/mainwindow/closequestion.h"

#include "app/session/campaigncontroller.h"
#include "ui/insight/narrativetab.h"
#include "ui/mainwindow/launchcontrol.h"
#include "ui/mainwindow/questions.h"

namespace slipway {

CloseQuestion::CloseQuestion(const Parts &parts, QObject *parent) : QObject(parent), m_parts(parts) {
    const auto ended = [this] {
        if (m_closesWhenStopped)
            Q_EMIT stopped();
    };
    connect(&m_parts.campaigns, &CampaignController::campaignFinished, this, ended, Qt::QueuedConnection);
    connect(&m_parts.campaigns, &CampaignController::campaignLeft, this, ended, Qt::QueuedConnection);
}

bool CloseQuestion::mayClose() {
    return mayLoseDrafts() && mayLeaveRunning();
}

// What runs goes on on its hosts when nobody leads it; that is said, and stopping it is offered.
bool CloseQuestion::mayLeaveRunning() {
    const QString id = m_parts.campaigns.runningCampaign();
    if (id.isEmpty() || m_sessionEnds)
        return true;
    const auto way =
        m_parts.questions.choose(tr("Close Slipway"),
                                 tr("%1 is running. It can continue on its hosts without the window: the "
                                    "next start of Slipway, or slipwayctl resume, resumes it. Stopped, its "
                                    "programs are ended on their hosts; the evidence so far is kept.")
                                     .arg(id),
                                 {tr("Keep running on the hosts"), tr("Stop and close")});
    if (!way)
        return false;
    if (*way == 0)
        return true;
    m_closesWhenStopped = true;
    m_parts.launch.stop();
    return false;
}

bool CloseQuestion::mayLoseDrafts() const {
    const QStringList unsaved = m_parts.narrative.unsaved();
    return unsaved.isEmpty() ||
           m_parts.questions.ask(
               tr("Close Slipway"),
               tr("What is written about %1 is not saved.").arg(unsaved.join(QStringLiteral(", "))),
               tr("Close without saving"));
}

} // namespace slipway
