// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>

#include <optional>

namespace slipway {

class HtmlWriter;

/// A chart of values over an x that grows, as inline SVG without script or style of its own. Values below
/// `threshold` are crosses, those that are not known hollow marks at the bottom: nothing is shown by colour
/// alone.
struct LineChart {
    struct Point {
        double x = 0;
        std::optional<double> y;
    };

    QString title;
    QString xName;
    QString unit;                    ///< after the numbers of the y axis
    QList<Point> points;             ///< sorted by x
    std::optional<double> threshold; ///< dashed, named at its end
    QString thresholdName;
    std::optional<double> bound; ///< a line, and the band between it and the top
    QString boundName;
    bool isShare = true; ///< y ends at 1, and begins near the threshold unless a value lies lower
    bool joined = false; ///< a line through the points
};

void writeChart(HtmlWriter &html, const LineChart &chart);

} // namespace slipway
