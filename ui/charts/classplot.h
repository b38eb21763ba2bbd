// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/cycles/series.h"

#include <QScatterSeries>

#include <functional>
#include <vector>

class QLineSeries;

namespace slipway {

struct PixelColumn;

/// How one fault class is drawn in a CycleChart: a point per cycle, whole where all is kept and hollow where
/// something is lost, the durable share as a line, counts as small grey points. Where points would overlap,
/// what is lost becomes a line from least to greatest of each pixel column, so that none is lost from sight.
/// The chart owns the series.
class ClassPlot {
public:
    /// `attach` gives each new series to the chart.
    ClassPlot(QScatterSeries::MarkerShape shape, const std::function<void(QAbstractSeries *)> &attach);

    [[nodiscard]] QList<QAbstractSeries *> all() const;
    void restyle(); ///< colours, from theme()
    /// Fills the series for `from` to `to`; notes in `missing`, by pixel column, what was not measured.
    void fill(const CycleSeries &series, double from, double to, std::vector<bool> &missing);

private:
    void fillLost(const std::vector<PixelColumn> &seen, bool dense);

    QScatterSeries *m_kept;
    QScatterSeries *m_lost;
    QLineSeries *m_lostLine; ///< in place of the points where they would overlap
    QScatterSeries *m_counted;
    QLineSeries *m_durable;
};

} // namespace slipway
