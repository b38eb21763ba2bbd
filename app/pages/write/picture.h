// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QPointF>
#include <QString>

#include <optional>

namespace slipway {

class HtmlWriter;

/// What a part of a picture says. Each has a shape of its own: nothing is shown by colour alone.
enum class Tone {
    Held,    ///< filled
    Short,   ///< filled, a cross before its number
    Invalid, ///< hatched in the colour of invalid evidence
    Missing, ///< hatched: not measured, never a zero
};

/// What all pictures have: inline SVG with a title and a description, and the same as a table behind it.
struct PictureText {
    QString id; ///< of the page, for what names the picture
    QString title;
    QString note; ///< one sentence
};

/// A bar a row, its name above it.
struct BarPicture {
    struct Row {
        QString name;
        std::optional<double> value; ///< from 0; nothing: not measured
        QString text;                ///< the value for a person
        Tone tone = Tone::Held;
    };

    PictureText text;
    QList<Row> rows;                 ///< the first kRows are drawn, all are in the table
    double max = 1;                  ///< the end of the axis
    std::optional<double> threshold; ///< a line across each bar, named at its top
    QString thresholdName;

    static constexpr qsizetype kRows = 5;
};
void writeBars(HtmlWriter &html, const BarPicture &picture);

/// A box a row: what is there, and what is not.
struct SlotPicture {
    struct Row {
        QString name;
        QString text;
        Tone tone = Tone::Held;
    };

    PictureText text;
    QList<Row> rows; ///< the first kRows are drawn, all are in the table

    static constexpr qsizetype kRows = 7;
};
void writeSlots(HtmlWriter &html, const SlotPicture &picture);

/// A strip a row: one cell a cycle; where there are more than kCells, the worst of those that share one.
struct StripPicture {
    struct Row {
        QString name;
        QString text;
        QList<Tone> cells;
    };

    PictureText text;
    QList<Row> rows; ///< the first kRows are drawn, all are in the table

    static constexpr qsizetype kRows = 5;
    static constexpr qsizetype kCells = 120;
};
void writeStrips(HtmlWriter &html, const StripPicture &picture);

/// Curves that rise towards 1, each of its own dashes.
struct CurvePicture {
    struct Curve {
        QString name;
        QString text;          ///< of its end
        QList<QPointF> points; ///< sorted by x; y from 0 to 1
    };

    PictureText text;
    QList<Curve> curves;
    double threshold = 1;
    QString thresholdName;
    QString xName;

    static constexpr qsizetype kCurves = 4;
};
void writeCurves(HtmlWriter &html, const CurvePicture &picture);

} // namespace slipway
