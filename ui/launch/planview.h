// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/campaign/campaignplan.h"

#include <QWidget>

class QPlainTextEdit;
class QTreeWidget;

namespace slipway {

/// What a plan will run: each phase's programs with their hosts, and of one the environment and the program
/// to the byte.
class PlanView : public QWidget {
    Q_OBJECT
public:
    explicit PlanView(QWidget *parent = nullptr);

    void setPlan(const CampaignPlan &plan);
    void clear(const QString &why);

private:
    void showRun();

    CampaignPlan m_plan;
    QTreeWidget *m_runs;
    QPlainTextEdit *m_program;
};

} // namespace slipway
