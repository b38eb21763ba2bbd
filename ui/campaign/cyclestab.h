// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/campaign/campaigntab.h"

namespace slipway {

class CycleChart;
class CycleStrip;

/// The cycles as a strip and as a chart.
class CyclesTab : public CampaignTab {
    Q_OBJECT
public:
    explicit CyclesTab(QWidget *parent = nullptr);

    [[nodiscard]] QString title() const override { return tr("Cycles"); }
    void setRecord(const CampaignRecord &record) override;
    void appendCycles(const QList<Cycle> &cycles) override;
    void selectCycle(int cycle) override;

private:
    CycleStrip *m_strip;
    CycleChart *m_chart;
};

} // namespace slipway
