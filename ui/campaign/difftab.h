// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/evidence/comparison.h"
#include "ui/common/campaigntab.h"

class QLabel;
class QTreeWidget;

namespace slipway {

/// What this campaign has that the last green one has not: checks and cycles that changed, kinds of log lines
/// that only this one has. Empty until it is asked for.
class DiffTab : public CampaignTab {
    Q_OBJECT
public:
    explicit DiffTab(QWidget *parent = nullptr);

    [[nodiscard]] QString title() const override { return tr("Diff"); }
    void setRecord(const CampaignRecord &record) override;
    void setComparison(const Comparison &comparison);
    void say(const QString &text); ///< instead of a comparison

Q_SIGNALS:
    void wanted(); ///< shown, and there is none yet
    void checkRequested(const QString &checkId);

protected:
    void showEvent(QShowEvent *event) override;

private:
    QString m_id;
    bool m_asked = false;
    QLabel *m_state;
    QTreeWidget *m_tree;
};

} // namespace slipway
