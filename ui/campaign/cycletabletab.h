// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/campaigntab.h"

class QTableView;

namespace slipway {

class CycleTableModel;

/// The cycles as numbers.
class CycleTableTab : public CampaignTab {
    Q_OBJECT
public:
    explicit CycleTableTab(QWidget *parent = nullptr);

    [[nodiscard]] QString title() const override { return tr("Cycle table"); }
    void setRecord(const CampaignRecord &record) override;
    void appendCycles(const QList<Cycle> &cycles) override;
    void selectCycle(int cycle) override;
    void setMenuActions(const QList<QAction *> &actions) override;

private:
    CycleTableModel *m_model;
    QTableView *m_table;
};

} // namespace slipway
