// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/launch/launchsources.h"

#include <QDialog>

class QPushButton;

namespace slipway {

class LaunchForm;
class LaunchOutlook;
class PlanView;
class PreflightPanel;

/// The launch sheet: what is chosen (LaunchForm) is looked up (LaunchSources) and checked as it is typed, and
/// the first thing that is wrong is shown. Shows what will run where, what the plan can prove, and on a
/// button whether the hosts can take their roles.
class LaunchDialog : public QDialog {
    Q_OBJECT
public:
    using Parts = LaunchSources::Parts;
    LaunchDialog(const Parts &parts, Protocol own, Protocol field, QStringList takenIds,
                 QWidget *parent = nullptr);

    void setFleet(const QString &name);
    void setChoice(const LaunchChoice &choice, bool ofField); ///< as LaunchForm::setChoice()

    [[nodiscard]] LaunchChoice choice() const;
    [[nodiscard]] QString
    problem() const; ///< the first thing that keeps it from launching; empty when nothing does

    void accept() override;

private:
    QWidget *makePlan();
    void check();
    void showPlan();
    [[nodiscard]] Result<LaunchRequest> request() const; ///< of what is known of the fleet and the scripts

    QStringList m_takenIds;
    LaunchSources *m_sources;
    LaunchForm *m_form;
    PlanView *m_plan;
    PreflightPanel *m_preflight;
    LaunchOutlook *m_outlook;
    QPushButton *m_launch;
};

} // namespace slipway
