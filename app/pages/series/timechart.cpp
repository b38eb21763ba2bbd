// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pages/series/timechart.h"

#include "app/pages/write/htmlwriter.h"
#include "app/pages/write/svgparts.h"
#include "models/core/instant.h"
#include "models/cycles/downsamplepoints.h"

#include <QLocale>

#include <algorithm>
#include <cmath>

namespace slipway {

namespace {

using svg::label;
using svg::line;
using svg::number;

constexpr double kWidth = 960;
constexpr double kHeight = 176;
constexpr double kLeft = 56;
constexpr double kRight = 832; // names of limits stand to the right of it
constexpr double kTop = 10;
constexpr double kBottom = 146;
constexpr int kBuckets = 400;
constexpr int kLines = 3;          // as the axis is cut
constexpr qsizetype kMaxDays = 14; // so many have a name
constexpr qsizetype kDense = 400;  // points, from which on a dot each would be a smear
constexpr double kNameHeight = 13;
constexpr qsizetype kRows = 1'000; // of the table

struct Scale {
    double fromX = 0;
    double toX = 1;
    double fromY = 0;
    double toY = 1;

    [[nodiscard]] double x(double seconds) const {
        return kLeft + (seconds - fromX) / (toX - fromX) * (kRight - kLeft);
    }
    [[nodiscard]] double y(double value) const {
        return kBottom - (value - fromY) / (toY - fromY) * (kBottom - kTop);
    }
};

double secondsOf(const QDateTime &at) {
    return static_cast<double>(at.toSecsSinceEpoch());
}

// All charts of a page have the axis of the slots.
Scale scaleOf(const SeriesPageContent &content, const SeriesChart &chart) {
    const QList<SeriesSlot> &all = content.judged.table.slotList;
    Scale scale;
    scale.fromX = secondsOf(all.isEmpty() ? chart.points.constFirst().at : all.constFirst().at);
    scale.toX = secondsOf(all.isEmpty() ? chart.points.constLast().at : all.constLast().at);
    for (const SeriesChart::Point &point : chart.points) {
        scale.fromX = std::min(scale.fromX, secondsOf(point.at));
        scale.toX = std::max(scale.toX, secondsOf(point.at));
    }
    scale.toX = std::max(scale.toX, scale.fromX + 1);
    scale.fromY = chart.from;
    scale.toY = std::max(chart.to, chart.from + 1e-9);
    return scale;
}

void writeAxes(HtmlWriter &html, const SeriesChart &chart, const Scale &scale) {
    for (int i = 0; i <= kLines; ++i) {
        const double value = scale.fromY + (scale.toY - scale.fromY) * i / kLines;
        line(html, "grid", kLeft, scale.y(value), kRight, scale.y(value));
        label(html, QString::number(value, 'f', std::min(chart.decimals, 4)), kLeft - 6, scale.y(value) + 4,
              "end");
    }
    const QDate first = utcOfSeconds(qint64(scale.fromX)).date();
    const QDate last = utcOfSeconds(qint64(scale.toX)).date();
    const qint64 step = std::max<qint64>(1, (first.daysTo(last) + kMaxDays - 1) / kMaxDays);
    double named = -kWidth;
    for (QDate day = first; day <= last; day = day.addDays(step)) {
        const double x = std::max(kLeft, scale.x(static_cast<double>(dayStart(day))));
        if (x - named < 44)
            continue;
        line(html, "grid", x, kBottom, x, kBottom + 4);
        label(html, QLocale::c().toString(day, QStringLiteral("d MMM")), x, kBottom + 18, "middle");
        named = x;
    }
}

// Where runs have no value, from half way to the one before to half way to the one after.
void writeGaps(HtmlWriter &html, const SeriesChart &chart, const Scale &scale) {
    const auto edge = [&](qsizetype left, qsizetype right) {
        if (left < 0)
            return kLeft;
        if (right >= chart.points.size())
            return kRight;
        return (scale.x(secondsOf(chart.points.at(left).at)) +
                scale.x(secondsOf(chart.points.at(right).at))) /
               2;
    };
    for (qsizetype i = 0; i < chart.points.size(); ++i) {
        if (chart.points.at(i).value)
            continue;
        const qsizetype from = i;
        while (i + 1 < chart.points.size() && !chart.points.at(i + 1).value)
            ++i;
        const double x = edge(from - 1, from);
        html.empty("rect", {{"class", QStringLiteral("gap")},
                            {"x", number(x)},
                            {"y", number(kTop)},
                            {"width", number(std::max(1.0, edge(i, i + 1) - x))},
                            {"height", number(kBottom - kTop)}});
    }
}

// Names of limits that are close stand one below the other.
void writeLimits(HtmlWriter &html, const SeriesChart &chart, const Scale &scale) {
    double named = -kHeight;
    for (const SeriesChart::Limit &limit : chart.limits) {
        const double y = scale.y(limit.value);
        line(html, limit.isCentre ? "centre" : "threshold", kLeft, y, kRight, y);
        const double nameY = std::max(y + 4, named + kNameHeight);
        label(html, limit.name, kRight + 6, nameY, "start");
        named = nameY;
    }
}

void writePoints(HtmlWriter &html, const SeriesChart &chart, const Scale &scale) {
    QString joined;
    QString kept;
    QString lost;
    QList<QPointF> piece;
    const bool isDense = chart.points.size() > kDense;
    const auto endPiece = [&] {
        bool isFirst = true;
        for (const QPointF &point : isDense ? downsample(piece, scale.fromX, scale.toX, kBuckets) : piece) {
            joined += QStringLiteral("%1%2 %3").arg(isFirst ? QStringLiteral("M") : QStringLiteral("L"),
                                                    number(scale.x(point.x())), number(scale.y(point.y())));
            isFirst = false;
        }
        piece.clear();
    };
    for (const SeriesChart::Point &point : chart.points) {
        if (!point.value) {
            endPiece();
            continue;
        }
        piece.append({secondsOf(point.at), *point.value});
        const QString x = number(scale.x(secondsOf(point.at)));
        const QString y = number(scale.y(*point.value));
        if (point.isOut)
            lost += QStringLiteral("M%1 %2m-4 -4l8 8m0 -8l-8 8").arg(x, y);
        else if (!isDense)
            kept += QStringLiteral("M%1 %2h0").arg(x, y); // a dot by its round caps
    }
    endPiece();
    for (const auto &[style, path] :
         {std::pair{"line", joined}, std::pair{"kept", kept}, std::pair{"lost", lost}}) {
        if (!path.isEmpty())
            html.empty("path", {{"class", QString::fromLatin1(style)}, {"d", path}});
    }
}

void writeValues(HtmlWriter &html, const SeriesPageContent &content, const SeriesChart &chart) {
    html.open("details");
    html.element("summary", QStringLiteral("As a table"));
    QList<QStringList> rows;
    for (const SeriesChart::Point &point : chart.points.last(std::min(chart.points.size(), kRows)))
        rows << QStringList{QString::number(content.judged.runs.at(point.run).ordinal), dayTimeText(point.at),
                            point.value ? QString::number(*point.value, 'f', chart.decimals) + chart.unit
                                        : QStringLiteral("not measured"),
                            point.isOut ? QStringLiteral("beyond a limit") : QString()};
    writeTable(html, chart.title,
               {QStringLiteral("Run"), QStringLiteral("Time, UTC"), chart.title, QStringLiteral("Limits")},
               rows);
    html.close();
}

} // namespace

void writeTimeChart(HtmlWriter &html, const SeriesPageContent &content, const SeriesChart &chart) {
    html.open("figure", {{"class", QStringLiteral("time")}});
    html.open("figcaption");
    html.open("b");
    html.text(QStringLiteral("%1: %2").arg(chart.title, chart.answer));
    html.close();
    html.text(chart.note);
    html.close();
    if (!chart.isMeasured()) {
        html.element("p", QStringLiteral("Not measured: nothing to draw."),
                     {{"class", QStringLiteral("absent-box")}});
        html.close();
        return;
    }
    const Scale scale = scaleOf(content, chart);
    const QString id = QStringLiteral("chart-") + chart.id;
    html.open("div", {{"class", QStringLiteral("wide")},
                      {"tabindex", QStringLiteral("0")},
                      {"role", QStringLiteral("region")},
                      {"aria-label", chart.title + QStringLiteral(", chart")}});
    html.open("svg", {{"class", QStringLiteral("chart")},
                      {"viewBox", QStringLiteral("0 0 %1 %2").arg(kWidth).arg(kHeight)},
                      {"role", QStringLiteral("img")},
                      {"aria-labelledby", QStringLiteral("%1-title %1-text").arg(id)}});
    html.element("title", QStringLiteral("%1: %2").arg(chart.title, chart.answer),
                 {{"id", id + QStringLiteral("-title")}});
    html.element("desc", chart.note, {{"id", id + QStringLiteral("-text")}});
    writeAxes(html, chart, scale);
    writeGaps(html, chart, scale);
    writeLimits(html, chart, scale);
    writePoints(html, chart, scale);
    html.close();
    html.close();
    writeValues(html, content, chart);
    html.close();
}

} // namespace slipway
