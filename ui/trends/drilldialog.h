// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/session/seriesqueries.h"

#include <QDialog>

class QButtonGroup;
class QLabel;
class QPushButton;

namespace slipway {

/// Tries the way of an alarm: asks which fault is injected, runs the drill off this thread, and says what
/// came of it. May be closed meanwhile; the drill goes on and is noted.
class DrillDialog : public QDialog {
    Q_OBJECT
public:
    DrillDialog(SeriesQueries &queries, SeriesDefinition definition,
                const std::optional<SeriesDrillNote> &last, QWidget *parent);

Q_SIGNALS:
    void drilled(const DrillResult &result);

private:
    void run();
    void finish(const Result<DrillResult> &result);

    SeriesQueries &m_queries;
    SeriesDefinition m_definition;
    QButtonGroup *m_kinds;
    QLabel *m_last;
    QLabel *m_outcome;
    QLabel *m_reason;
    QPushButton *m_run;
};

} // namespace slipway
