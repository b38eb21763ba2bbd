// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/charts/boundtrail.h"
#include "ui/charts/classplot.h"
#include "ui/charts/plotview.h"

class QAreaSeries;
class QLineSeries;

namespace slipway {

/// All measurements of a class at one value: an instrument's limit.
struct Saturation {
    QString fault;
    qint64 ceiling = 0;
    qint64 cycles = 0;
    friend bool operator==(const Saturation &, const Saturation &) = default;
};

/// Convergence per cycle: each fault class as ClassPlot draws it at converged/acknowledged; the threshold
/// dashed and named; the 95 % bound of all cycles so far as a light band: it holds at every look, so it may
/// be watched. A cycle without a measurement is hatched, never a point.
class CycleChart : public PlotView {
    Q_OBJECT
public:
    explicit CycleChart(const CycleData &cycles, QWidget *parent = nullptr); ///< `cycles` outlive it

    void setThreshold(double threshold);
    void setSaturations(const QList<Saturation> &saturations);
    void reset(); ///< the data is another campaign's
    void grew();  ///< the data has more cycles, or was planned anew

    [[nodiscard]] QString description() const override;

Q_SIGNALS:
    void cycleClicked(int cycle);

protected:
    void redraw(int columns) override;
    void restyle() override;
    void drawOver(QPainter &painter, const QRectF &plot) override;
    void clicked(double x) override;
    [[nodiscard]] QString hoverText(double x) const override;
    [[nodiscard]] int moved(int from, int side) const override;

private:
    struct FaultClass {
        ClassPlot plot;
        BoundTrail trail;
    };

    FaultClass &classAt(size_t index); ///< made when it is new
    void fitHeight();
    [[nodiscard]] QString boundText() const;
    void drawTexts(QPainter &painter, const QRectF &plot) const;
    void drawSaturations(QPainter &painter, const QRectF &plot) const;

    const CycleData &m_data;
    std::vector<FaultClass> m_classes;
    QLineSeries *m_thresholdLine;
    QLineSeries *m_bandTop;
    QLineSeries *m_bandBottom;
    QAreaSeries *m_band;
    QList<Saturation> m_saturations;
    std::vector<bool> m_missing; ///< by pixel column
    double m_bound = 0;          ///< of the class that has the lowest
    qint64 m_boundCycles = 0;
    double m_threshold = 0.995;
    double m_yFromShown = 0;
};

} // namespace slipway
