// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/cycles/cycletrace.h"
#include "models/cycles/series.h"
#include "ui/common/campaigntab.h"

class QScrollArea;

namespace slipway {

class ChartPanel;
class CycleStrip;

/// The cycles as a strip and as charts, which draw from one copy of them.
class CyclesTab : public CampaignTab {
    Q_OBJECT
public:
    explicit CyclesTab(QWidget *parent = nullptr);

    [[nodiscard]] QString title() const override { return tr("Cycles"); }
    void setRecord(const CampaignRecord &record) override;
    void appendCycles(const QList<Cycle> &cycles) override;
    void setJudgement(const Judgement &judgement) override;
    void selectCycle(int cycle) override;
    void setMenuActions(const QList<QAction *> &actions) override;

    [[nodiscard]] ChartPanel &charts() const { return *m_charts; }

private:
    void grew();

    CycleData m_data;
    CycleStrip *m_strip;
    QScrollArea *m_stripArea;
    ChartPanel *m_charts;
};

} // namespace slipway
