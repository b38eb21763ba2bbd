// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pages/write/picture.h"

#include "app/pages/write/htmlwriter.h"
#include "app/pages/write/svgparts.h"

#include <algorithm>
#include <cmath>

namespace slipway {

namespace {

using svg::line;
using svg::number;

constexpr double kWidth = 360;
constexpr double kRowHeight = 36;
constexpr double kBarHeight = 13;
constexpr double kNameHeight = 13; // from the top of a row to the base line of its name
constexpr qsizetype kNameLength = 34;
constexpr qsizetype kShortLength = 24; // of a name next to a number
constexpr qsizetype kTextLength = 22;

void label(HtmlWriter &html, const QString &text, double x, double y, const char *anchor,
           const char *style = "") {
    html.element("text", text,
                 {{"x", number(x)},
                  {"y", number(y)},
                  {"text-anchor", QString::fromLatin1(anchor)},
                  {"class", QString::fromLatin1(style)}});
}

QString boxPath(double x, double y, double width, double height) {
    return QStringLiteral("M%1 %2h%3v%4h-%3Z").arg(number(x), number(y), number(width), number(height));
}

void path(HtmlWriter &html, const char *style, const QString &d) {
    if (!d.isEmpty())
        html.empty("path", {{"class", QString::fromLatin1(style)}, {"d", d}});
}

const char *styleOf(Tone tone) {
    switch (tone) {
    case Tone::Held:
        return "held";
    case Tone::Short:
        return "short";
    case Tone::Invalid:
        return "untrue";
    case Tone::Missing:
        break;
    }
    return "absent";
}

void openPicture(HtmlWriter &html, const PictureText &text, double height) {
    html.open("figure");
    html.open("figcaption");
    html.element("b", text.title);
    html.element("span", text.note);
    html.close();
    html.open("svg", {{"class", QStringLiteral("picture")},
                      {"viewBox", QStringLiteral("0 0 %1 %2").arg(number(kWidth), number(height))},
                      {"role", QStringLiteral("img")},
                      {"aria-labelledby", QStringLiteral("%1-title %1-text").arg(text.id)}});
    html.element("title", text.title, {{"id", text.id + QStringLiteral("-title")}});
    html.element("desc", text.note, {{"id", text.id + QStringLiteral("-text")}});
}

// The picture's end, and what it shows as a table.
template <typename Rows, typename Text>
void closePicture(HtmlWriter &html, const Rows &rows, Text text) {
    html.close();
    html.open("details");
    html.element("summary", QStringLiteral("As a table"));
    html.open("table");
    html.open("tbody");
    for (const auto &row : rows) {
        html.open("tr");
        html.element("th", row.name, {{"scope", QStringLiteral("row")}});
        html.element("td", text(row));
        html.close();
    }
    html.close();
    html.close();
    html.close();
    html.close();
}

void writeRowTexts(HtmlWriter &html, const QString &name, const QString &text, Tone tone, double y) {
    label(html, clippedText(name, kShortLength), 0, y + kNameHeight, "start");
    label(html, clippedText(text, kTextLength), kWidth, y + kNameHeight, "end", styleOf(tone));
}

} // namespace

void writeBars(HtmlWriter &html, const BarPicture &picture) {
    const auto rows = picture.rows.first(std::min(picture.rows.size(), BarPicture::kRows));
    const double top = picture.threshold ? 16 : 0;
    const double bottom = top + kRowHeight * static_cast<double>(rows.size());
    const auto x = [&](double value) { return kWidth * std::clamp(value / picture.max, 0.0, 1.0); };
    openPicture(html, picture.text, bottom + 16);
    double y = top;
    for (const BarPicture::Row &row : rows) {
        writeRowTexts(html, row.name, row.tone == Tone::Short ? QStringLiteral("✗ ") + row.text : row.text,
                      row.tone, y);
        path(html, styleOf(row.value ? row.tone : Tone::Missing),
             boxPath(0, y + kNameHeight + 5, row.value ? std::max(1.0, x(*row.value)) : kWidth, kBarHeight));
        y += kRowHeight;
    }
    if (picture.threshold) {
        const double at = x(*picture.threshold);
        for (double row = top; row < bottom; row += kRowHeight)
            line(html, "threshold", at, row + kNameHeight + 3, at, row + kNameHeight + kBarHeight + 7);
        label(html, picture.thresholdName, at, 11, at > kWidth / 2 ? "end" : "start", "strong");
    }
    label(html, QStringLiteral("0"), 0, bottom + 12, "start");
    label(html, QString::number(picture.max), kWidth, bottom + 12, "end");
    closePicture(html, picture.rows, [](const BarPicture::Row &row) { return row.text; });
}

void writeSlots(HtmlWriter &html, const SlotPicture &picture) {
    constexpr double height = 23;
    const auto rows = picture.rows.first(std::min(picture.rows.size(), SlotPicture::kRows));
    openPicture(html, picture.text, height * static_cast<double>(rows.size()));
    double y = 0;
    for (const SlotPicture::Row &row : rows) {
        path(html, styleOf(row.tone), boxPath(0.5, y + 4, 26, 14));
        label(html, clippedText(row.name, kNameLength), 36, y + 15, "start");
        label(html, clippedText(row.text, kTextLength), kWidth, y + 15, "end",
              row.tone == Tone::Held ? "" : "strong");
        y += height;
    }
    closePicture(html, picture.rows, [](const SlotPicture::Row &row) { return row.text; });
}

void writeStrips(HtmlWriter &html, const StripPicture &picture) {
    const auto rows = picture.rows.first(std::min(picture.rows.size(), StripPicture::kRows));
    openPicture(html, picture.text, kRowHeight * static_cast<double>(rows.size()));
    double y = 0;
    for (const StripPicture::Row &row : rows) {
        const bool isLossy = row.cells.contains(Tone::Short);
        writeRowTexts(html, row.name, row.text, isLossy ? Tone::Short : Tone::Held, y);
        const qsizetype columns = std::min(row.cells.size(), StripPicture::kCells);
        QString held;
        QString lost;
        QString unknown;
        for (qsizetype column = 0; column < columns; ++column) {
            const qsizetype from = column * row.cells.size() / columns;
            const qsizetype to = (column + 1) * row.cells.size() / columns;
            const auto cells = row.cells.sliced(from, to - from);
            const double left = kWidth * static_cast<double>(column) / static_cast<double>(columns);
            const double width = kWidth / static_cast<double>(columns) - (columns > 60 ? 0.4 : 1);
            if (cells.contains(Tone::Short)) // taller than its neighbours
                lost += boxPath(left, y + kNameHeight + 3, width, kBarHeight + 6);
            else if (cells.contains(Tone::Held) && !cells.contains(Tone::Missing))
                held += boxPath(left, y + kNameHeight + 6, width, kBarHeight);
            else
                unknown += boxPath(left, y + kNameHeight + 6, width, kBarHeight);
        }
        path(html, "held", held);
        path(html, "absent", unknown);
        path(html, "short", lost);
        y += kRowHeight;
    }
    closePicture(html, picture.rows, [](const StripPicture::Row &row) { return row.text; });
}

void writeCurves(HtmlWriter &html, const CurvePicture &picture) {
    constexpr double left = 44;
    constexpr double top = 8;
    constexpr double bottom = 122;
    constexpr double legend = 17;
    const auto curves = picture.curves.first(std::min(picture.curves.size(), CurvePicture::kCurves));
    double minY = 1 - 4 * (1 - picture.threshold);
    double maxX = 1;
    for (const CurvePicture::Curve &curve : curves) {
        minY = std::min(minY, std::floor(curve.points.constLast().y() * 10) / 10);
        maxX = std::max(maxX, curve.points.constLast().x());
    }
    minY = std::max(0.0, minY);
    const auto x = [&](double value) { return left + (kWidth - left) * value / maxX; };
    const auto y = [&](double value) { return bottom - (bottom - top) * (value - minY) / (1 - minY); };
    openPicture(html, picture.text, bottom + 18 + legend * static_cast<double>(curves.size()));
    for (const double value : {minY, (1 + minY) / 2, 1.0}) {
        line(html, "grid", left, y(value), kWidth, y(value));
        label(html, QString::number(value, 'f', 3), left - 5, y(value) + 4, "end");
    }
    line(html, "threshold long", left, y(picture.threshold), kWidth, y(picture.threshold));
    // On the side of the line where no curve ends.
    const bool isReached = std::all_of(curves.begin(), curves.end(), [&](const CurvePicture::Curve &curve) {
        return curve.points.constLast().y() >= picture.threshold;
    });
    label(html, picture.thresholdName, kWidth, y(picture.threshold) + (isReached ? 14 : -4), "end", "strong");
    label(html, QStringLiteral("0"), left, bottom + 13, "middle");
    label(html, picture.xName, (left + kWidth) / 2, bottom + 13, "middle");
    label(html, QString::number(maxX), kWidth, bottom + 13, "end");
    double row = bottom + 18;
    for (qsizetype i = 0; i < curves.size(); ++i) {
        const QByteArray style = "curve dashes-" + QByteArray::number(i);
        QString d;
        for (const QPointF &point : curves.at(i).points) {
            if (point.y() >= minY)
                d += (d.isEmpty() ? QLatin1Char('M') : QLatin1Char('L')) + number(x(point.x())) +
                     QLatin1Char(' ') + number(y(point.y()));
        }
        path(html, style.constData(), d);
        line(html, style.constData(), 0, row + 9, 30, row + 9);
        label(html, clippedText(curves.at(i).name, kNameLength), left - 8, row + 13, "start");
        label(html, clippedText(curves.at(i).text, kTextLength), kWidth, row + 13, "end", "strong");
        row += legend;
    }
    closePicture(html, picture.curves, [](const CurvePicture::Curve &curve) { return curve.text; });
}

} // namespace slipway
