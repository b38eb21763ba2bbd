// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/session/seriesqueries.h"
#include "models/campaign/campaignentry.h"

#include <QMap>
#include <QSet>
#include <QWidget>

class QLabel;
class QStackedWidget;

namespace slipway {

class AlarmPanel;
class Inventory;
class SeriesActions;
class SeriesHead;
class SeriesList;
class SideColumns;
class SlotPanel;
class TrendCanvas;

/// Series, many runs judged as one: the list at the left, the chosen one's answer with its slots and charts
/// in the middle, its alarms at the right. Judged in the background, the chosen one first; a series that was
/// defined is also judged while nobody looks, so that its alarms are told.
class TrendsPage : public QWidget {
    Q_OBJECT
public:
    TrendsPage(SeriesQueries &queries, Inventory &inventory, QWidget *parent = nullptr);

    void setEntries(const QList<CampaignEntry> &entries); ///< the archive's campaigns changed
    void refresh();
    [[nodiscard]] SideColumns &columns() const { return *m_columns; }
    /// What is shown; null while nothing is judged.
    [[nodiscard]] const std::shared_ptr<const SeriesView> &view() const { return m_view; }

Q_SIGNALS:
    void campaignRequested(const QString &id);
    void problemOccurred(const QString &text);
    void alarmOpened(const QString &title, const QString &text); ///< for who looks elsewhere
    void noted(const QString &text, const std::function<void()> &undo);

protected:
    void showEvent(QShowEvent *event) override;

private:
    [[nodiscard]] QWidget *makeLeft();
    [[nodiscard]] QWidget *makeMiddle();
    void wireActions();
    void setSeries(const QList<SeriesSummary> &series);
    void judge(const QString &name);
    void judgeNext();
    void take(const std::shared_ptr<const SeriesView> &view);
    void show(std::shared_ptr<const SeriesView> view);
    void open(const QString &id);
    void showSelection();
    void tellAlarms(const SeriesJudgement &judged);
    void saveTable(const QString &table);

    SeriesQueries &m_queries;
    std::shared_ptr<const SeriesView> m_view;
    QStringList m_toJudge; ///< those that wait; one is judged at a time
    bool m_isJudging = false;
    bool m_isStale = true;                ///< not read since the archive changed: nobody looks
    QSet<QString> m_campaigns;            ///< ids of the archive
    QMap<QString, QSet<QString>> m_known; ///< alarms that were open, by series
    QString m_wanted;                     ///< chosen once it is listed
    SeriesActions *m_actions;
    SeriesList *m_list;
    SeriesHead *m_head;
    QWidget *m_selection;
    QLabel *m_selected;
    TrendCanvas *m_canvas;
    QStackedWidget *m_stack; ///< the series, or why there is none
    AlarmPanel *m_alarms;
    SlotPanel *m_slots;
    SideColumns *m_columns;
};

} // namespace slipway
