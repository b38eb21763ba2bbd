// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/session/seriesqueries.h"

#include <QTimer>
#include <QWidget>

class QLabel;
class QVBoxLayout;

namespace slipway {

/// What stands next to the charts: the next slot with its countdown, the budget of evidence and how fast it
/// is used, the schedule, and the slot at the cursor. Counts down while it is visible.
class SlotPanel : public QWidget {
    Q_OBJECT
public:
    explicit SlotPanel(QWidget *parent = nullptr);

    void setView(std::shared_ptr<const SeriesView> view);
    void setCurrent(qsizetype slot); ///< -1: none

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    [[nodiscard]] QLabel *section(QVBoxLayout &layout, const QString &title, QLabel *&large);
    void countDown();

    std::shared_ptr<const SeriesView> m_view;
    QTimer m_second;
    QLabel *m_next;
    QLabel *m_nextText;
    QLabel *m_budget;
    QLabel *m_budgetText;
    QLabel *m_cursor;
    QLabel *m_cursorText;
    QLabel *m_schedule;
    QLabel *m_scheduleText;
};

} // namespace slipway
