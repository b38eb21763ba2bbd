// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/campaign/campaign.h"

#include <QWidget>

class QListView;

namespace slipway {

class CampaignListModel;

/// The campaigns, on the left.
class CampaignListPane : public QWidget {
    Q_OBJECT
public:
    explicit CampaignListPane(QWidget *parent = nullptr);

    void setCampaigns(const QList<CampaignSummary> &campaigns);
    [[nodiscard]] bool has(const QString &id) const;
    [[nodiscard]] QString firstId() const; ///< from the top; empty when there is none
    [[nodiscard]] QStringList ids() const;
    void setCurrent(const QString &id); ///< without a signal
    void move(int by);                  ///< to the next campaign, over headings

Q_SIGNALS:
    void chosen(const QString &id);

private:
    CampaignListModel *m_model;
    QListView *m_view;
};

} // namespace slipway
