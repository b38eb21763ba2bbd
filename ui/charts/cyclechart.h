// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/cycles/cycle.h"

#include <QChartView>
#include <QHash>

class QLineSeries;
class QScatterSeries;
class QValueAxis;

namespace slipway {

/// Convergence per cycle: a point per cycle and fault class at converged/acknowledged, the threshold dashed
/// and named. A cycle without a measurement has no point. Grows at its end; a cursor marks the selected
/// cycle.
class CycleChart : public QChartView {
    Q_OBJECT
public:
    explicit CycleChart(QWidget *parent = nullptr);

    void setThreshold(double threshold);
    void setPlanned(int cycles); ///< the x axis reaches as far, also before they ran
    void setCycles(const QList<Cycle> &cycles);
    void append(const QList<Cycle> &cycles);
    void setSelected(int cycle); ///< 0: none

Q_SIGNALS:
    void cycleClicked(int cycle);

protected:
    void mousePressEvent(QMouseEvent *event) override;
    void drawForeground(QPainter *painter, const QRectF &rect) override;

private:
    QScatterSeries *seriesOf(const QString &fault);
    void fitAxes();

    QValueAxis *m_x;
    QValueAxis *m_y;
    QLineSeries *m_thresholdLine;
    QHash<QString, QScatterSeries *> m_series;
    double m_threshold = 0.995;
    double m_lowest = 1;
    int m_planned = 0;
    int m_last = 0;
    int m_selected = 0;
};

} // namespace slipway
