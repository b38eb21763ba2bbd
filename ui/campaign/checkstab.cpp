// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/campaign/checkstab.h"

#include "models/evidence/checktablemodel.h"
#include "ui/common/plaintable.h"

#include <QVBoxLayout>

#include <algorithm>

namespace slipway {

ChecksTab::ChecksTab(QWidget *parent)
    : CampaignTab(parent), m_model(new CheckTableModel(this)),
      m_table(makePlainTable(m_model, tr("Checks"))) {
    m_table->setColumnWidth(CheckTableModel::Id, 300);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            [this](const QModelIndex &current) {
                if (current.isValid())
                    Q_EMIT checkChosen(m_model->checks().at(current.row()));
            });
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_table);
}

QString ChecksTab::title() const {
    return m_model->checks().isEmpty() ? tr("Checks") : tr("Checks %1").arg(m_model->checks().size());
}

void ChecksTab::setRecord(const CampaignRecord &record) {
    setJudgement(record.judgement.value_or(Judgement{}));
}

void ChecksTab::setJudgement(const Judgement &judgement) {
    m_model->setChecks(judgement.checks);
    Q_EMIT titleChanged();
}

bool ChecksTab::select(const QString &checkId) {
    const auto &checks = m_model->checks();
    const auto it =
        std::find_if(checks.begin(), checks.end(), [&](const Check &check) { return check.id == checkId; });
    if (it == checks.end())
        return false;
    m_table->setCurrentIndex(m_model->index(static_cast<int>(it - checks.begin()), 0));
    return true;
}

bool ChecksTab::selectFailing(bool forward) {
    const auto &checks = m_model->checks();
    const int step = forward ? 1 : -1;
    const int current = m_table->currentIndex().isValid() ? m_table->currentIndex().row()
                        : forward                         ? -1
                                                          : static_cast<int>(checks.size());
    for (int row = current + step; row >= 0 && row < checks.size(); row += step) {
        const Check &check = checks.at(row);
        if (check.outcome == Check::Outcome::Pass || check.flaw == Check::Flaw::Unsupported)
            continue;
        m_table->setCurrentIndex(m_model->index(row, 0));
        return true;
    }
    return false;
}

void ChecksTab::selectPhase(int phase) {
    const auto &checks = m_model->checks();
    const auto first = std::find_if(checks.begin(), checks.end(),
                                    [phase](const Check &check) { return check.phase == phase; });
    if (first != checks.end())
        m_table->scrollTo(m_model->index(static_cast<int>(first - checks.begin()), 0),
                          QAbstractItemView::PositionAtTop);
}

} // namespace slipway
