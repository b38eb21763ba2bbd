// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/cycles/series.h"
#include "ui/charts/plotview.h"

class QLineSeries;

namespace slipway {

/// Measures per cycle as lines: from the least to the greatest of each pixel column, so that no outlier is
/// lost. A dash pattern for each fault class. Cycles without the measure are hatched; where no cycle has it,
/// all of the plot is.
class MeasureChart : public PlotView {
    Q_OBJECT
public:
    enum class Kind { Outcomes, Latency }; ///< writes by answer; p50, p95 and p99 of acknowledged writes

    MeasureChart(Kind kind, const CycleData &cycles, QWidget *parent = nullptr); ///< `cycles` outlive it

    void reset(); ///< the data is another campaign's
    void grew();

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
    static constexpr size_t kLines = 3;
    using Lines = std::array<QLineSeries *, kLines>;

    [[nodiscard]] Measure measure(size_t line) const;
    [[nodiscard]] QString label(size_t line) const;
    [[nodiscard]] QString unmeasured() const;
    [[nodiscard]] double scale() const; ///< what is shown, of what is kept

    Kind m_kind;
    const CycleData &m_data;
    std::vector<Lines> m_lines; ///< by class
    std::vector<bool> m_missing;
};

} // namespace slipway
