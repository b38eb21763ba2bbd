// SPDX-License-Identifier: GPL-3.0-or-later
// How a campaign ends: by itself, by a stop, or left to be taken up.
#include "app/campaign/campaignnotes.h"
#include "app/cloud/rental/rentals.h"
#include "app/core/resourceroom.h"
#include "app/core/steadytime.h"
#include "app/session/campaignstop.h"
#include "app/session/runningcampaign.h"
#include "app/session/runrecorder.h"
#include "models/campaign/judgerecord.h"

#include <algorithm>

namespace slipway {

void Services::finish(RunState state, const Judgement &judgement) {
    if (!m_running)
        return;
    CampaignSummary summary = m_running->record.summary;
    summary.state = state;
    summary.finishedAt = std::max(steadyNowUtc(), summary.startedAt); // it may have begun in another process
    setJudgement(summary, judgement);
    m_running->isKept = true;
    m_recorder->finish(summary, judgement, m_paths.spoolDir(summary.id), [this, id = summary.id] {
        if (runningCampaign() != id)
            return; // left meanwhile
        // Only now may the hosts forget it.
        m_running->worker->post([running = m_running.get()] { running->runner->cleanHosts(); });
    });
}

void Services::forgetRunning() {
    if (!m_running)
        return;
    if (!m_running->begun) {
        const auto prepared = std::move(m_running->prepared);
        m_running.reset();
        m_stop->end();
        prepared({});
        return;
    }
    const QString id = m_running->record.summary.id;
    m_rentals->campaignEnded(id);
    m_running.reset();
    m_room.stop();
    m_stop->end();
    Q_EMIT campaignFinished(id);
    Q_EMIT campaignListChanged();
}

// What it was doing is in its spools and on its hosts; whoever takes it up reads it there.
void Services::leaveCampaign(const Error &why) {
    m_room.stop();
    m_stop->end();
    if (!m_running) {
        Q_EMIT problemOccurred({}, why);
        Q_EMIT campaignLeft({});
        return;
    }
    if (!m_running->begun) {
        const auto prepared = std::move(m_running->prepared);
        m_running.reset();
        prepared(why);
        return;
    }
    const QString id = m_running->record.summary.id;
    const Error left{why.code,
                     QStringLiteral("%1 Nobody leads campaign %2 any more; slipwayctl resume %2, or "
                                    "the window, takes it up.")
                         .arg(why.text, id)};
    note(left.text);
    m_recorder->drop();
    m_running.reset();
    Q_EMIT problemOccurred(id, left);
    Q_EMIT campaignLeft(id);
    Q_EMIT campaignListChanged();
}

// Before an allocation fails somewhere: what is left is enough to say so.
void Services::leaveWhenShort() {
    if (const auto room = roomToGoOn(); !room)
        leaveCampaign(
            {room.error().code, QStringLiteral("%1 What runs on the hosts goes on.").arg(room.error().text)});
}

void Services::giveUpStopping(const QString &waitedFor) {
    leaveCampaign(
        {ErrorCode::TimedOut, QStringLiteral("What runs on the hosts was told to end, and stopping waits "
                                             "no longer. The last that was heard: %1")
                                  .arg(waitedFor)});
}

void Services::note(const QString &text) {
    // Once the logs are hashed they stay as they are.
    if (m_running && m_running->begun && !m_running->isKept)
        addNote(m_paths.spoolDir(m_running->record.summary.id), text);
}

void Services::giveBackOverdueFleets() {
    listCampaigns([this](const Result<QList<CampaignSummary>> &list) {
        if (!list)
            return; // whoever shows the list says why
        QStringList ended;
        for (const CampaignSummary &summary : *list) {
            if (summary.finishedAt.isValid())
                ended << summary.id;
        }
        m_rentals->giveBackOverdue(ended, [this](const Result<QStringList> &names) {
            if (!names)
                Q_EMIT problemOccurred({}, names.error());
        });
    });
}

void Services::stopCampaign() {
    m_stop->begin();
    if (m_running)
        m_running->worker->post([running = m_running.get()] { running->runner->stop(); });
}

} // namespace slipway
