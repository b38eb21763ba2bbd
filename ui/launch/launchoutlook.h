// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/campaign/campaignplan.h"

#include <QWidget>

class QLabel;

namespace slipway {

struct Rental;

/// What a launch will come to, in words: what its plan can prove, how long it takes and costs, and the first
/// thing that keeps it from launching.
class LaunchOutlook : public QWidget {
    Q_OBJECT
public:
    explicit LaunchOutlook(QWidget *parent = nullptr);

    void setProblem(const QString &problem); ///< empty: it can be launched
    /// `rental`: the rented fleet that it runs on, null when it is none; `sandbox`: it runs on this machine.
    void setPlan(const CampaignPlan &plan, const Rental *rental, bool sandbox, bool kept);
    void clearPlan();

private:
    QLabel *m_proves;
    QLabel *m_cost;
    QLabel *m_problem;
};

} // namespace slipway
