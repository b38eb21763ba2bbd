// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/evidence/comparison.h"
#include "ui/common/campaigntab.h"

class QComboBox;
class QLabel;
class QStringListModel;
class QTreeWidget;
class QTreeWidgetItem;

namespace slipway {

/// This campaign next to another one: the numbers that matter, the worst first, and the kinds of log lines
/// that only this one has. The other is the last green before it in its series until a person chooses. Empty
/// until it is asked for.
class CompareTab : public CampaignTab {
    Q_OBJECT
public:
    explicit CompareTab(QWidget *parent = nullptr);

    [[nodiscard]] QString title() const override { return tr("Compare"); }
    void setRecord(const CampaignRecord &record) override;
    /// What it can be compared with, the newest first; `green`: the last green before it, which is chosen
    /// unless `keep` says that what is chosen stays; empty when there is none.
    void setOthers(const QStringList &ids, const QString &green, bool keep);
    [[nodiscard]] QString other() const; ///< the one that is chosen; empty when there is none
    void chooseOther();                  ///< lets a person choose, by keys as well
    void setComparison(const Comparison &comparison);
    void say(const QString &text); ///< instead of a comparison
    void setMenuActions(const QList<QAction *> &actions) override;

Q_SIGNALS:
    void requested(); ///< a comparison with other(): shown and there is none yet, or another was chosen
    void checkRequested(const QString &checkId);

protected:
    void showEvent(QShowEvent *event) override;

private:
    void open(const QTreeWidgetItem &item);
    void showGreen();
    [[nodiscard]] QString answerOf(const Comparison &comparison) const;

    QString m_id;
    bool m_asked = false;
    QString m_lastGreen;
    QStringListModel *m_ids;
    QComboBox *m_others;
    QLabel *m_green; ///< says that the last green is chosen
    QLabel *m_answer;
    QTreeWidget *m_tree;
};

} // namespace slipway
