// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/campaign/campaign.h"
#include "models/protocol/protocol.h"

#include <QWidget>

class QGridLayout;

namespace slipway {

class PhaseCard;

/// The phases of a campaign side by side or in two rows, a card each.
class PhaseStrip : public QWidget {
    Q_OBJECT
public:
    explicit PhaseStrip(const Protocol &protocol, QWidget *parent = nullptr);

    void setRecord(const CampaignRecord &record);

Q_SIGNALS:
    void clicked(int phase);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void arrange();

    QGridLayout *m_grid;
    int m_columns = 0;
    QList<PhaseCard *> m_cards;
};

} // namespace slipway
