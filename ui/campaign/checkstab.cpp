// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/campaign/checkstab.h"

#include "models/evidence/checktablemodel.h"
#include "ui/common/copyactions.h"
#include "ui/common/plaintable.h"
#include "ui/common/theme.h"

#include <QStyledItemDelegate>
#include <QVBoxLayout>

#include <algorithm>

namespace slipway {

namespace {

// Heights of a line, so that they grow with the text.
constexpr int kMinId = 7;
constexpr int kMaxId = 14;
constexpr int kMaxNumber = 8; // of what is expected and what was measured

// What does not hold is bold and in its colour; what does is quiet.
class ResultDelegate : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

protected:
    void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override {
        QStyledItemDelegate::initStyleOption(option, index);
        const auto outcome = static_cast<Check::Outcome>(index.data(CheckTableModel::OutcomeRole).toInt());
        const bool passed = outcome == Check::Outcome::Pass;
        if (!passed)
            option->font = strongFont();
        for (const auto role : {QPalette::Text, QPalette::HighlightedText})
            option->palette.setColor(role, passed                            ? theme().muted
                                           : outcome == Check::Outcome::Fail ? theme().fail
                                                                             : theme().incomplete);
    }
};

} // namespace

ChecksTab::ChecksTab(QWidget *parent)
    : CampaignTab(parent), m_model(new CheckTableModel(this)),
      m_table(makePlainTable(m_model, tr("Checks"))) {
    m_table->setItemDelegateForColumn(CheckTableModel::Result, new ResultDelegate(m_table));
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            [this](const QModelIndex &current) {
                if (current.isValid())
                    Q_EMIT checkChosen(m_model->checks().at(current.row()));
            });
    connect(m_table, &QTableView::activated, this, [this](const QModelIndex &index) {
        Q_EMIT sourceRequested(m_model->checks().at(index.row()).source);
    });
    addCopyActions(*m_table, CheckTableModel::Id);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_table);
}

QString ChecksTab::title() const {
    return m_model->checks().isEmpty() ? tr("Checks") : tr("Checks %1").arg(m_model->checks().size());
}

void ChecksTab::setRecord(const CampaignRecord &record) {
    m_model->setChecks({});
    setJudgement(record.judgement.value_or(Judgement{}));
}

void ChecksTab::setJudgement(const Judgement &judgement) {
    const bool first = m_model->checks().isEmpty(); // later ones keep the widths that a person chose
    m_model->setChecks(judgement.checks);
    if (first)
        fitColumns();
    Q_EMIT titleChanged();
}

void ChecksTab::fitColumns() {
    m_table->resizeColumnsToContents();
    const int line = fontMetrics().height();
    const auto bound = [&](int column, int min, int max) {
        m_table->setColumnWidth(column, std::clamp(m_table->columnWidth(column), min * line, max * line));
    };
    bound(CheckTableModel::Id, kMinId, kMaxId);
    bound(CheckTableModel::Expected, 0, kMaxNumber);
    bound(CheckTableModel::Actual, 0, kMaxNumber);
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

void ChecksTab::setMenuActions(const QList<QAction *> &actions) {
    addMenuActions(*m_table, actions);
}

} // namespace slipway
