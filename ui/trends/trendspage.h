// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/campaign/campaignentry.h"

#include <QWidget>

class QComboBox;
class QLabel;

namespace slipway {

class TrendChart;

/// How the campaigns of a series went: verdict of each, how long it took, in the order they ran.
class TrendsPage : public QWidget {
    Q_OBJECT
public:
    explicit TrendsPage(QWidget *parent = nullptr);

    void setEntries(const QList<CampaignEntry> &entries);

Q_SIGNALS:
    void campaignRequested(const QString &id);

protected:
    void showEvent(QShowEvent *event) override;

private:
    void fill();
    void showSeries();

    QList<CampaignEntry> m_entries;
    bool m_stale = false; ///< not filled since the entries came: nobody looks
    QComboBox *m_series;
    QLabel *m_summary;
    QLabel *m_empty;
    TrendChart *m_chart;
};

} // namespace slipway
