// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/cycles/cycle.h"

#include <QChartView>
#include <QMap>
#include <QTimer>

class QAreaSeries;
class QLineSeries;
class QScatterSeries;
class QValueAxis;

namespace slipway {

/// Convergence per cycle: a point per cycle and fault class at converged/acknowledged, whole where all is
/// kept and hollow where something is lost; the threshold dashed and named; the 95 % bound of all writes so
/// far as a light band. A cycle without a measurement is hatched, never a point. Grows at its end; a cursor
/// marks the selected cycle. Draws at most two points a pixel, whatever the number of cycles.
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
    void resizeEvent(QResizeEvent *event) override;
    void drawForeground(QPainter *painter, const QRectF &rect) override;

private:
    struct FaultClass {
        QList<QPointF> kept;
        QList<QPointF> lost;
        QList<QPointF> bounds; ///< of all writes up to a cycle; thinned out as it grows
        int boundEvery = 4;    ///< cycles between two of them
        qint64 acked = 0;
        qint64 converged = 0;
        QScatterSeries *keptSeries = nullptr;
        QScatterSeries *lostSeries = nullptr;
    };

    FaultClass &faultClass(const QString &fault);
    QScatterSeries *makePoints(bool whole);
    void fitAxes();
    void redraw();
    void drawTexts(QPainter &painter, const QRectF &plot) const;

    QValueAxis *m_x;
    QValueAxis *m_y;
    QLineSeries *m_thresholdLine;
    QLineSeries *m_bandTop;
    QLineSeries *m_bandBottom;
    QAreaSeries *m_band;
    QMap<QString, FaultClass> m_classes;
    QList<int> m_unmeasured;
    QTimer m_redraw;
    double m_bound = 0; ///< of the class that has the lowest
    qint64 m_boundWrites = 0;
    double m_threshold = 0.995;
    double m_lowest = 1; ///< share of a cycle
    int m_planned = 0;
    int m_last = 0;
    int m_selected = 0;
};

} // namespace slipway
