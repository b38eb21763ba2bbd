// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/campaign/campaign.h"

#include <QWidget>

class QAction;

namespace slipway {

/// A tab of the campaign page. Is given whole values, live or archived, and asks by signal for what the
/// others should show with it.
class CampaignTab : public QWidget {
    Q_OBJECT
public:
    using QWidget::QWidget;

    [[nodiscard]] virtual QString title() const = 0;
    virtual void setRecord(const CampaignRecord &record) = 0;
    virtual void appendCycles(const QList<Cycle> &) {}
    virtual void setJudgement(const Judgement &) {}
    virtual void selectCycle(int) {} ///< 0: none
    virtual void selectPhase(int) {}
    /// Commands of the page, in the context menu of what it lists.
    virtual void setMenuActions(const QList<QAction *> &) {}

Q_SIGNALS:
    void titleChanged();
    void cycleRequested(int cycle);
    void sourceRequested(const slipway::SourceRange &source);
};

} // namespace slipway
