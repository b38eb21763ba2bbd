// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/result.h"
#include "models/cycles/cycletrace.h"
#include "models/cycles/series.h"
#include "ui/charts/cyclechart.h"

#include <QWidget>

class QButtonGroup;
class QLabel;
class QStackedWidget;

namespace slipway {

class FaultChart;
class MeasureChart;
class SettleChart;

/// The charts of a campaign, one at a time, with the choice among them and their pictures to copy and save.
/// Asks for what is not in the cycles when it is first looked at. All of them show the same cycle.
class ChartPanel : public QWidget {
    Q_OBJECT
public:
    explicit ChartPanel(const CycleData &cycles, QWidget *parent = nullptr); ///< `cycles` outlive it

    void reset(); ///< the data is another campaign's
    void grew();
    void setThreshold(double threshold);
    void setSaturations(const QList<Saturation> &saturations);
    void setSelected(int cycle); ///< 0: none
    void refresh();              ///< more was recorded: what is shown of it is asked for again
    void setTrace(const CycleTrace &trace);
    void setSettling(const Settling &settling);
    void setProblem(const Error &error); ///< why a trace or the settling did not come

Q_SIGNALS:
    void cycleClicked(int cycle);
    void traceRequested(const QString &fault, int cycle);
    void settlingRequested();

private:
    void addChart(PlotView *chart, const QString &title);
    void choose(int index);
    void wantShown();
    [[nodiscard]] QString faultOf(int cycle) const;
    void save(PlotView &chart);

    const CycleData &m_data;
    QButtonGroup *m_choice;
    QStackedWidget *m_stack;
    QLabel *m_note;
    CycleChart *m_convergence;
    MeasureChart *m_outcomes;
    MeasureChart *m_latency;
    FaultChart *m_fault;
    SettleChart *m_settling;
    int m_selected = 0;
    int m_traced = 0; ///< the cycle that was asked for
    bool m_settlingAsked = false;
};

} // namespace slipway
