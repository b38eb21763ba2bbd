// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/cycles/cycletrace.h"
#include "ui/charts/plotview.h"

#include <optional>

namespace slipway {

/// Of one cycle: a lane for each agent with its writes as bars, and the fault below, so that it is seen
/// whether it struck while writes were in flight. x is milliseconds since the first write.
class FaultChart : public PlotView {
    Q_OBJECT
public:
    explicit FaultChart(QWidget *parent = nullptr);

    void setTrace(const CycleTrace &trace);
    void setWords(const QString &words); ///< in place of a trace: why there is none

    [[nodiscard]] QString description() const override;

protected:
    void redraw(int columns) override;
    void restyle() override {}
    void drawOver(QPainter &painter, const QRectF &plot) override;
    [[nodiscard]] QString hoverText(double x) const override;

private:
    [[nodiscard]] double milliseconds(qint64 us) const;
    [[nodiscard]] QString verdict() const;
    void drawWrites(QPainter &painter, const QRectF &plot, double laneHeight) const;
    void drawFault(QPainter &painter, const QRectF &plot, const QRectF &lane) const;

    std::optional<CycleTrace> m_trace;
    QStringList m_agents;
    QString m_words;
};

} // namespace slipway
