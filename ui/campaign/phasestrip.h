// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/campaign/campaign.h"
#include "models/protocol/protocol.h"

#include <QWidget>

namespace slipway {

class PhaseCard;

/// The phases of a campaign side by side, a card each.
class PhaseStrip : public QWidget {
    Q_OBJECT
public:
    explicit PhaseStrip(const Protocol &protocol, QWidget *parent = nullptr);

    void setRecord(const CampaignRecord &record);

Q_SIGNALS:
    void clicked(int phase);

private:
    QList<PhaseCard *> m_cards;
};

} // namespace slipway
