// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/campaignstop.h"

#include "app/cloud/rental/rentals.h"
#include "app/session/campaigncontroller.h"
#include "app/session/campaignfeed.h"

namespace slipway {

namespace {

constexpr int kLookMs = 4000;
constexpr qint64 kStillMs = 14'000; // a host gives a phase 10 s to end by itself

} // namespace

CampaignStop::CampaignStop(const CampaignController &controller, const CampaignFeed &feed,
                           const Rentals &rentals)
    : m_rentals(rentals) {
    const auto hear = [this](const QString &, const Error &error) { m_waitsFor = error.text; };
    connect(&controller, &CampaignController::problemOccurred, this, hear);
    connect(&rentals, &Rentals::failed, this, hear);
    connect(&feed, &CampaignFeed::phaseRunChanged, this, [this] { m_still.restart(); });
    connect(&feed, &CampaignFeed::hostConnectionChanged, this,
            [this](const QString &host, const QString &text) {
                m_waitsFor = QStringLiteral("%1: %2").arg(host, text);
            });
    m_look.setInterval(kLookMs);
    connect(&m_look, &QTimer::timeout, this, &CampaignStop::look);
}

void CampaignStop::begin() {
    m_still.start();
    m_look.start();
}

void CampaignStop::end() {
    m_look.stop();
}

void CampaignStop::look() {
    if (m_rentals.isBusy())
        return; // which says itself what it does
    const QString why = m_waitsFor.isEmpty() ? QStringLiteral("its hosts.") : m_waitsFor;
    if (m_still.elapsed() < kStillMs) {
        Q_EMIT waits(QStringLiteral("Stopping still waits. The last that was heard: %1").arg(why));
        return;
    }
    m_look.stop();
    Q_EMIT gaveUp(why);
}

} // namespace slipway
