// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QRectF>

class QAbstractSeries;
class QChart;
class QValueAxis;

namespace slipway {

class PlotRange;

/// The two axes of a chart, their ticks and labels, and where a value lies on the widget. The plot's area is
/// set, not left to Qt's layout, which would measure every label in each frame. The chart owns the axes and
/// lives longer.
class PlotAxes {
public:
    PlotAxes(QChart &chart, const PlotRange &range); ///< both live longer; `range`: what is in view of x

    void attach(QAbstractSeries *series); ///< the chart takes it over
    void applyTheme();
    void setSize(const QSizeF &size);                         ///< of the widget
    void fitX();                                              ///< ticks and labels of x, to its range
    void setY(double from, double to, const QString &format); ///< the format is printf's

    [[nodiscard]] QRectF plot() const;
    [[nodiscard]] int columns() const; ///< pixels of the plot's width
    [[nodiscard]] double xOf(double value) const;
    [[nodiscard]] double yOf(double value) const;
    [[nodiscard]] double valueAt(double x) const;

private:
    QChart &m_chart;
    const PlotRange &m_range;
    QValueAxis *m_x;
    QValueAxis *m_y;
    QSizeF m_size;
    double m_yFrom = 0;
    double m_yTo = 1;
};

} // namespace slipway
