// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/campaigntab.h"

class QTableView;

namespace slipway {

class CheckTableModel;

/// Every check that was recomputed, as a table. Enter or a double click leads to the bytes of one.
class ChecksTab : public CampaignTab {
    Q_OBJECT
public:
    explicit ChecksTab(QWidget *parent = nullptr);

    [[nodiscard]] QString title() const override;
    void setRecord(const CampaignRecord &record) override;
    void setJudgement(const Judgement &judgement) override;
    void selectPhase(int phase) override; ///< its checks come to the top
    bool select(const QString &checkId);  ///< false when there is no such check
    bool selectFailing(bool forward);     ///< the next that does not hold; false when there is none
    void setMenuActions(const QList<QAction *> &actions) override;

Q_SIGNALS:
    void checkChosen(const slipway::Check &check);

private:
    void fitColumns();

    CheckTableModel *m_model;
    QTableView *m_table;
};

} // namespace slipway
