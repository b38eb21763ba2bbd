// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pages/write/linechart.h"

#include "app/pages/write/htmlwriter.h"
#include "app/pages/write/svgparts.h"
#include "models/cycles/downsamplepoints.h"

#include <algorithm>
#include <cmath>

namespace slipway {

namespace {

using svg::label;
using svg::line;
using svg::number;

constexpr double kWidth = 960;
constexpr double kHeight = 240;
constexpr double kLeft = 56;
constexpr double kRight = 816; // names of lines stand to the right of it
constexpr double kTop = 16;
constexpr double kBottom = 204;
constexpr int kBuckets = 400; // columns, with two marks each at most
constexpr int kLines = 4;
constexpr double kNameHeight = 14;

// The least of 0.1, 0.2, 0.5, 1, 2, 5, … that so many lines reach `most` with, so that each line has a name
// of its own.
double stepFor(double max) {
    double step = 0.1;
    for (int turn = 0; step * kLines < max && turn < 60; ++turn)
        step *= turn % 3 == 1 ? 2.5 : 2;
    return step;
}

struct Scale {
    double fromX = 0;
    double toX = 1;
    double fromY = 0;
    double toY = 1;

    [[nodiscard]] double x(double value) const {
        return kLeft + (value - fromX) / (toX - fromX) * (kRight - kLeft);
    }
    [[nodiscard]] double y(double value) const {
        return kBottom - (value - fromY) / (toY - fromY) * (kBottom - kTop);
    }
};

Scale scaleOf(const LineChart &chart) {
    Scale scale;
    scale.fromX = chart.points.constFirst().x;
    scale.toX = std::max(chart.points.constLast().x, scale.fromX + 1);
    double min = 1;
    double max = 0;
    for (const LineChart::Point &point : chart.points) {
        if (point.y) {
            min = std::min(min, *point.y);
            max = std::max(max, *point.y);
        }
    }
    if (!chart.isShare) {
        scale.toY = kLines * stepFor(max);
    } else {
        min = std::min({min, chart.bound.value_or(1), chart.threshold.value_or(1)});
        scale.fromY = min >= 0.9 ? 0.9 : 0;
    }
    return scale;
}

void writeAxes(HtmlWriter &html, const LineChart &chart, const Scale &scale) {
    for (int i = 0; i <= kLines; ++i) {
        const double value = scale.fromY + (scale.toY - scale.fromY) * i / kLines;
        line(html, "grid", kLeft, scale.y(value), kRight, scale.y(value));
        label(html,
              chart.isShare ? QString::number(value, 'f', 3)
                            : QString::number(value, 'f', scale.toY < kLines ? 1 : 0) + chart.unit,
              kLeft - 6, scale.y(value) + 4, "end");
    }
    label(html, QString::number(chart.points.constFirst().x), kLeft, kBottom + 18, "middle");
    label(html, QString::number(chart.points.constLast().x), kRight, kBottom + 18, "middle");
    label(html, chart.xName, (kLeft + kRight) / 2, kBottom + 18, "middle");
    if (scale.fromY > 0)
        label(html, QStringLiteral("The y axis begins at %1.").arg(scale.fromY), kLeft, kHeight - 4, "start");
}

// The two names do not stand on one another where their lines are close.
void writeLimits(HtmlWriter &html, const LineChart &chart, const Scale &scale) {
    double boundNameY = 0;
    if (chart.bound) {
        const double y = scale.y(*chart.bound);
        html.empty("rect", {{"class", QStringLiteral("band")},
                            {"x", number(kLeft)},
                            {"y", number(scale.y(1))},
                            {"width", number(kRight - kLeft)},
                            {"height", number(y - scale.y(1))}});
        line(html, "bound", kLeft, y, kRight, y);
        boundNameY = y;
        label(html, chart.boundName, kRight + 6, y + 4, "start");
    }
    if (chart.threshold) {
        const double y = scale.y(*chart.threshold);
        line(html, "threshold", kLeft, y, kRight, y);
        double nameY = y;
        if (chart.bound && std::abs(y - boundNameY) < kNameHeight)
            nameY = boundNameY + (y < boundNameY ? -kNameHeight : kNameHeight);
        label(html, chart.thresholdName, kRight + 6, nameY + 4, "start");
    }
}

void writePoints(HtmlWriter &html, const LineChart &chart, const Scale &scale) {
    QList<QPointF> known;
    QString hollow;
    for (const LineChart::Point &point : chart.points) {
        if (point.y)
            known.append({point.x, *point.y});
        else
            hollow +=
                QStringLiteral("M%1 %2h6v-6h-6Z").arg(number(scale.x(point.x) - 3), number(kBottom - 1));
    }
    known = downsample(known, scale.fromX, scale.toX, kBuckets);
    QString kept;
    QString lost;
    QString joined;
    for (const QPointF &point : known) {
        const QString x = number(scale.x(point.x()));
        const QString y = number(scale.y(point.y()));
        joined += (joined.isEmpty() ? QStringLiteral("M") : QStringLiteral("L")) + x + QLatin1Char(' ') + y;
        if (chart.threshold && point.y() < *chart.threshold)
            lost += QStringLiteral("M%1 %2m-4 -4l8 8m0 -8l-8 8").arg(x, y);
        else
            kept += QStringLiteral("M%1 %2h0").arg(x, y); // a dot by its round caps
    }
    if (chart.joined)
        html.empty("path", {{"class", QStringLiteral("line")}, {"d", joined}});
    for (const auto &[style, path] :
         {std::pair{"kept", kept}, std::pair{"lost", lost}, std::pair{"unknown", hollow}}) {
        if (!path.isEmpty())
            html.empty("path", {{"class", QString::fromLatin1(style)}, {"d", path}});
    }
}

} // namespace

void writeChart(HtmlWriter &html, const LineChart &chart) {
    const Scale scale = scaleOf(chart);
    const auto unknown = std::count_if(chart.points.begin(), chart.points.end(),
                                       [](const LineChart::Point &point) { return !point.y; });
    html.open("svg", {{"class", QStringLiteral("chart")},
                      {"viewBox", QStringLiteral("0 0 %1 %2").arg(kWidth).arg(kHeight)},
                      {"role", QStringLiteral("img")},
                      {"aria-label", chart.title}});
    writeAxes(html, chart, scale);
    writeLimits(html, chart, scale);
    writePoints(html, chart, scale);
    html.close();
    html.open("figcaption");
    html.text(chart.title + QLatin1Char('.'));
    if (unknown > 0)
        html.text(QStringLiteral(" Hollow squares at the bottom: %1 that were not measured.").arg(unknown));
    html.close();
}

} // namespace slipway
