// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/hostquestions.h"

#include "app/session/runningcampaign.h"

namespace slipway {

void HostQuestions::begin(RunningCampaign &campaign) {
    m_campaign = &campaign;
    connect(&campaign, &RunningCampaign::hostKeyUnknown, this,
            [this](const QString &host, const HostKey &key) {
                Q_EMIT hostKeyUnknown(host, key.type, key.fingerprint);
            });
    connect(&campaign, &RunningCampaign::passphraseRequested, this, &HostQuestions::passphraseRequested);
}

void HostQuestions::answerHostKey(const QString &host, bool accepted) {
    if (m_campaign)
        m_campaign->answerHostKey(host, accepted);
}

void HostQuestions::answerPassphrase(const QString &host, const std::optional<QByteArray> &passphrase) {
    if (m_campaign)
        m_campaign->answerPassphrase(host, passphrase);
}

} // namespace slipway
