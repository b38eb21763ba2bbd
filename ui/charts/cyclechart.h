// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/cycles/series.h"
#include "models/evidence/convergencebound.h"
#include "ui/charts/plotview.h"

#include <QMap>

#include <memory>

class QAreaSeries;
class QScatterSeries;

namespace slipway {

struct PixelColumn;

/// All measurements of a class at one value: an instrument's limit.
struct Saturation {
    QString fault;
    qint64 ceiling = 0;
    qint64 cycles = 0;
    friend bool operator==(const Saturation &, const Saturation &) = default;
};

/// Convergence per cycle: a point per cycle and fault class at converged/acknowledged, whole where all is
/// kept and hollow where something is lost, durable/acknowledged as a line behind; the threshold dashed and
/// named; the 95 % bound of all cycles so far as a light band: it holds at every look, so it may be watched.
/// Counts that were not compared by identity are small grey points; a cycle without a measurement is hatched,
/// never a point. Where points would overlap, what is lost becomes a line from least to greatest of each
/// pixel column, so that none is lost from sight.
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
    struct Drawn {
        QScatterSeries *kept = nullptr;
        QScatterSeries *lost = nullptr;
        QLineSeries *lostLine = nullptr; ///< in place of the points where they would overlap
        QScatterSeries *counted = nullptr;
        QLineSeries *durable = nullptr;
        // Of all cycles up to one; thinned out as it grows.
        ConvergenceBound bound;
        double lower = 0; ///< as of the cycle that was seen last
        QList<QPointF> bounds;
        int boundEvery = 4; ///< cycles between two of them
        qsizetype seen = 0;
        int last = 0; ///< number of the cycle that was seen last
        qint32 lowest = kWhole;
    };

    void follow(const CycleSeries &series, Drawn &drawn);
    Drawn &drawnOf(size_t index);
    void fill(const CycleSeries &series, Drawn &drawn, int columns);
    void fillLost(const std::vector<PixelColumn> &seen, bool dense, Drawn &drawn);
    void fitHeight();
    [[nodiscard]] QString boundText() const;
    void drawTexts(QPainter &painter, const QRectF &plot) const;
    void drawSaturations(QPainter &painter, const QRectF &plot) const;

    const CycleData &m_data;
    std::vector<Drawn> m_drawn; ///< by class
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
