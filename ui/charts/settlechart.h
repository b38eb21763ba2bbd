// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/cycles/cycletrace.h"
#include "ui/charts/plotview.h"

class QLineSeries;

namespace slipway {

/// Phase 2 after its burst: how many of the acknowledged writes each peer holds, over time, up to when all
/// were there or the limit was reached.
class SettleChart : public PlotView {
    Q_OBJECT
public:
    explicit SettleChart(QWidget *parent = nullptr);

    void setSettling(const Settling &settling); ///< without a reading: not measured

    [[nodiscard]] QString description() const override;

protected:
    void redraw(int columns) override;
    void restyle() override;
    void drawOver(QPainter &painter, const QRectF &plot) override;
    [[nodiscard]] QString hoverText(double x) const override;

private:
    [[nodiscard]] QString outcome() const;

    Settling m_settling;
    QList<QLineSeries *> m_lines; ///< by node
};

} // namespace slipway
