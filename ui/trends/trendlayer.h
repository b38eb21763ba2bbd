// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/trends/timeaxis.h"
#include "ui/trends/trendcontent.h"

#include <QRectF>

class QPainter;

namespace slipway {

/// Where slots and charts of a series lie in a picture of some size: the slots' band at the top, a band a
/// chart, changes, the axis. All have one axis of time. A plain value; pixels are logical ones.
struct TrendLayer {
    std::shared_ptr<const TrendContent> content;
    TimeAxis axis;
    double width = 0;
    double gutter = 0;    ///< texts of the bands stand in it
    double slotTop = 0;   ///< of the first row of cells
    double rowHeight = 0; ///< of a cell with its gap
    int rows = 0;         ///< of cells; one where the series is shorter than two days
    bool byDay = true;    ///< a column a day; else each slot lies at its own time
    QList<QRectF> charts; ///< of each chart's plot
    QRectF changes;
    double bottom = 0;

    static constexpr double kNames = 84;     ///< names of limits stand to the right of the plot
    static constexpr double kChangeRow = 20; ///< of a change
    static constexpr qsizetype kMaxChanges = 4;
    static constexpr double kPad = 14;     ///< to the left of the gutter's texts
    static constexpr double kHeader = 26;  ///< days over the slots
    static constexpr double kGap = 2;      ///< between cells
    static constexpr double kMaxCell = 64; ///< width of a cell where slots lie at their own times
    static constexpr qint64 kDaySeconds = qint64{24} * 3600;

    /// The least height.
    [[nodiscard]] static double heightOf(const TrendContent &content);
    [[nodiscard]] static TrendLayer arranged(std::shared_ptr<const TrendContent> content,
                                             const TimeAxis &axis, const QSizeF &size);
    /// From the first slot's day to the end of the last one's, in seconds.
    [[nodiscard]] static std::pair<double, double> wholeRange(const SeriesView &view);

    [[nodiscard]] const SeriesView &view() const { return *content->view; }
    [[nodiscard]] double dayWidth() const;              ///< pixels
    [[nodiscard]] int rowOf(const QDateTime &at) const; ///< of a cell, by the time of day
    [[nodiscard]] QRectF cellOf(qsizetype day,
                                qsizetype place) const;         ///< of a slot by its day and place in it
    [[nodiscard]] qsizetype slotAt(const QPointF &point) const; ///< -1: none

    void paint(QPainter &painter) const;
    /// In the gutter next to a band: its title, its answer in large type where there is one, and a note.
    void paintTexts(QPainter &painter, double top, double height, const QString &title, const QString &answer,
                    const QString &note) const;
    /// The days of the axis, or its times where it shows less than two days.
    void paintDays(QPainter &painter, double y) const;
};

} // namespace slipway
