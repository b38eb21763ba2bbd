// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/campaign/campaignentry.h"

#include <QWidget>

namespace slipway {

/// A column per campaign, oldest first: the verdict's shape, and above it a bar as high as it took long. One
/// whose duration is not known is hatched. The last 200 campaigns.
class TrendChart : public QWidget {
    Q_OBJECT
public:
    explicit TrendChart(QWidget *parent = nullptr);

    void setCampaigns(const QList<CampaignSummary> &oldestFirst);

Q_SIGNALS:
    void chosen(const QString &id);

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    bool event(QEvent *event) override;

private:
    [[nodiscard]] double pitch() const;
    [[nodiscard]] int at(double x) const; ///< -1: none
    [[nodiscard]] QString textOf(int index) const;

    QList<CampaignSummary> m_campaigns;
    qint64 m_longest = 0; ///< milliseconds
    int m_current = -1;
};

} // namespace slipway
