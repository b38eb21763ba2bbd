// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/series/alarm.h"
#include "models/series/drillnote.h"
#include "models/series/seriesrun.h"

#include <QWidget>

class QLabel;
class QVBoxLayout;

namespace slipway {

/// The alarms of a series, those that are open first: what, why, its state as a word, and what a person can
/// do about it; below them when their way was last tried.
class AlarmPanel : public QWidget {
    Q_OBJECT
public:
    explicit AlarmPanel(QWidget *parent = nullptr);

    void setAlarms(const QList<Alarm> &alarms, const QList<SeriesRun> &runs);
    void setLastDrill(const std::optional<SeriesDrillNote> &drill);

Q_SIGNALS:
    void drillRequested();
    void runRequested(const QString &id);
    void acted(const AlarmAction &action);

private:
    [[nodiscard]] QWidget *row(const Alarm &alarm, const QString &run);
    void ask(const Alarm &alarm, AlarmState state);

    QLabel *m_count;
    QVBoxLayout *m_rows;
    QLabel *m_drill;
    QWidget *m_box = nullptr; ///< holds the rows; made anew with each set of alarms
};

} // namespace slipway
