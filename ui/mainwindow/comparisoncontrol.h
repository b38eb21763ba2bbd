// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/campaign/campaignentry.h"

#include <QObject>

namespace slipway {

class CompareTab;
class ComparisonRunner;

/// Compares the campaign that is shown with another: the last green before it in its series, or the one that
/// a person chose. GUI thread.
class ComparisonControl : public QObject {
    Q_OBJECT
public:
    ComparisonControl(ComparisonRunner &runner, CompareTab &tab, QObject *parent); ///< both live longer

    /// `id`: the one that is shown; empty: none.
    void setCampaign(const QString &id, const QList<CampaignEntry> &entries);

private:
    void compare();

    ComparisonRunner &m_runner;
    CompareTab &m_tab;
    QString m_id;
};

} // namespace slipway
