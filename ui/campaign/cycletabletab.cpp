// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/campaign/cycletabletab.h"

#include "models/cycles/cycletablemodel.h"
#include "ui/common/copyactions.h"
#include "ui/common/plaintable.h"

#include <QVBoxLayout>

#include <algorithm>

namespace slipway {

CycleTableTab::CycleTableTab(QWidget *parent)
    : CampaignTab(parent), m_model(new CycleTableModel(this)),
      m_table(makePlainTable(m_model, tr("Cycle table"))) {
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            [this](const QModelIndex &current) {
                if (current.isValid())
                    Q_EMIT cycleRequested(m_model->cycles().at(current.row()).number);
            });
    addCopyActions(*m_table, CycleTableModel::Fault);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_table);
}

void CycleTableTab::setRecord(const CampaignRecord &record) {
    m_model->setCycles(record.cycles);
    m_table->resizeColumnsToContents();
}

void CycleTableTab::appendCycles(const QList<Cycle> &cycles) {
    m_model->append(cycles);
}

void CycleTableTab::selectCycle(int cycle) {
    const auto &cycles = m_model->cycles();
    const QModelIndex current = m_table->currentIndex();
    if (current.isValid() && cycles.at(current.row()).number == cycle)
        return; // a row of another fault class may have the same number
    const auto it =
        std::find_if(cycles.begin(), cycles.end(), [cycle](const Cycle &c) { return c.number == cycle; });
    if (it != cycles.end())
        m_table->selectRow(static_cast<int>(it - cycles.begin()));
}

void CycleTableTab::setMenuActions(const QList<QAction *> &actions) {
    addMenuActions(*m_table, actions);
}

} // namespace slipway
