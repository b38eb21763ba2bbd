// SPDX-License-Identifier: GPL-3.0-or-later
// Charts and changes of a TrendLayer.
#include "ui/common/theme.h"
#include "ui/common/verdictmark.h"
#include "ui/trends/trendlayer.h"

#include <QFontMetricsF>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <cmath>

namespace slipway {

namespace {

constexpr int kLines = 3;         // as the axis is cut
constexpr qsizetype kDense = 400; // points in sight, from which on a dot each would be a smear
constexpr double kNameHeight = 13;

double yOf(const SeriesChart &chart, const QRectF &plot, double value) {
    return plot.bottom() - (value - chart.from) / std::max(1e-12, chart.to - chart.from) * plot.height();
}

void paintLimits(QPainter &painter, const SeriesChart &chart, const QRectF &plot) {
    double named = plot.top() - 100;
    for (const SeriesChart::Limit &limit : chart.limits) {
        const double y = yOf(chart, plot, limit.value);
        painter.setPen(limit.isCentre ? QPen(theme().muted, 1) : QPen(theme().text, 1, Qt::DashLine));
        painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y));
        const double nameY = std::max(y, named + kNameHeight);
        painter.setPen(limit.isCentre ? theme().muted : theme().text);
        painter.drawText(QRectF(plot.right() + 6, nameY - 8, 78, 16), Qt::AlignLeft | Qt::AlignVCenter,
                         QFontMetricsF(painter.font()).elidedText(limit.name, Qt::ElideRight, 78));
        named = nameY;
    }
}

} // namespace

// Where runs have no value, from half way to the one before to half way to the one after.
void TrendLayer::paintGaps(QPainter &painter, const SeriesChart &chart, const QRectF &plot) const {
    const QList<SeriesChart::Point> &points = chart.points;
    const auto edge = [&](qsizetype left, qsizetype right) {
        if (left < 0)
            return plot.left();
        if (right >= points.size())
            return plot.right();
        return (axis.x(points.at(left).at) + axis.x(points.at(right).at)) / 2;
    };
    for (qsizetype i = 0; i < points.size(); ++i) {
        if (points.at(i).value)
            continue;
        const qsizetype from = i;
        while (i + 1 < points.size() && !points.at(i + 1).value)
            ++i;
        const double left = std::clamp(edge(from - 1, from), plot.left(), plot.right());
        const double right = std::clamp(edge(i, i + 1), plot.left(), plot.right());
        if (right - left >= 1)
            paintHatch(painter, QRectF(left, plot.top(), right - left, plot.height()));
    }
}

void TrendLayer::paintPoints(QPainter &painter, const SeriesChart &chart, const QRectF &plot) const {
    qsizetype inSight = 0;
    for (const SeriesChart::Point &point : chart.points)
        inSight += axis.shows(point.at) ? 1 : 0;
    const bool isDense = inSight > kDense;
    QPainterPath path;
    bool isJoined = false;
    double column = -1e9;
    double low = 0;
    double high = 0;
    // One vertical line a column of pixels holds all that lies in it.
    const auto endColumn = [&] {
        if (column > -1e8) {
            if (isJoined)
                path.lineTo(column, low);
            else
                path.moveTo(column, low);
            path.lineTo(column, high);
            isJoined = true;
        }
        column = -1e9;
    };
    for (const SeriesChart::Point &point : chart.points) {
        if (!point.value) {
            endColumn();
            isJoined = false;
            continue;
        }
        const double x = std::floor(axis.x(point.at) * 2) / 2;
        const double y = yOf(chart, plot, *point.value);
        if (std::abs(x - column) < 0.5) {
            low = std::min(low, y);
            high = std::max(high, y);
            continue;
        }
        endColumn();
        column = x;
        low = high = y;
    }
    endColumn();
    painter.setPen(QPen(theme().muted, 1.2));
    painter.setBrush(Qt::NoBrush);
    painter.drawPath(path);
    for (const SeriesChart::Point &point : chart.points) {
        if (!point.value || !axis.shows(point.at) || (isDense && !point.isOut))
            continue;
        const QPointF at(axis.x(point.at), yOf(chart, plot, *point.value));
        if (point.isOut) {
            painter.setPen(QPen(theme().fail, 1.8));
            painter.drawLine(at + QPointF(-3, -3), at + QPointF(3, 3));
            painter.drawLine(at + QPointF(-3, 3), at + QPointF(3, -3));
        } else {
            painter.setPen(Qt::NoPen);
            painter.setBrush(theme().text);
            painter.drawEllipse(at, 1.8, 1.8);
        }
    }
}

void TrendLayer::paintChart(QPainter &painter, const SeriesChart &chart, const QRectF &plot) const {
    paintTexts(painter, plot.top() - 12, plot.height() + 24, chart.title, chart.answer, chart.note);
    painter.setFont(smallFont());
    if (!chart.isMeasured()) {
        paintHatch(painter, plot);
        const QString text = QObject::tr("not measured");
        const double wide = QFontMetricsF(painter.font()).horizontalAdvance(text) + 12;
        const QRectF box(plot.center().x() - wide / 2, plot.center().y() - 9, wide, 18);
        painter.fillRect(box, theme().surface);
        painter.setPen(theme().text);
        painter.drawText(box, Qt::AlignCenter, text);
        return;
    }
    for (int i = 0; i <= kLines; ++i) {
        const double value = chart.from + (chart.to - chart.from) * i / kLines;
        const double y = yOf(chart, plot, value);
        painter.setPen(QPen(theme().line, 1));
        painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y));
        painter.setPen(theme().muted);
        painter.drawText(
            QRectF(gutter - 4, y - 8, plot.left() - gutter - 2, 16), Qt::AlignRight | Qt::AlignVCenter,
            QString::number(value, 'f', std::min(chart.decimals, chart.to - chart.from > 50 ? 0 : 4)));
    }
    painter.save();
    painter.setClipRect(plot.adjusted(-3, -6, 3, 6));
    paintGaps(painter, chart, plot);
    painter.restore();
    paintLimits(painter, chart, plot);
    painter.save();
    painter.setClipRect(plot.adjusted(-4, -6, 4, 6));
    paintPoints(painter, chart, plot);
    painter.restore();
}

void TrendLayer::paintChanges(QPainter &painter) const {
    const SeriesJudgement &judged = view->judged;
    paintTexts(painter, changes.top() + 4, changes.height(), QObject::tr("Changes"), QString(),
               QObject::tr("%1 found").arg(judged.changes.size()));
    painter.setFont(smallFont());
    const QFontMetricsF metrics(painter.font());
    if (judged.changes.isEmpty()) {
        painter.setPen(theme().muted);
        painter.drawText(changes.adjusted(0, 4, 0, 0), Qt::AlignLeft | Qt::AlignTop,
                         QObject::tr("Nothing changed for good."));
        return;
    }
    for (qsizetype i = 0; i < std::min(judged.changes.size(), kMaxChanges); ++i) {
        const SeriesChange &change = judged.changes.at(i);
        const SeriesRun &run = judged.runs.at(change.run);
        const double y = changes.top() + kChangeRow * (static_cast<double>(i) + 0.5) + 4;
        const double x =
            std::clamp(axis.x(run.slot.isValid() ? run.slot : run.moment()), axis.left(), axis.right());
        painter.setPen(QPen(theme().line, 1));
        painter.drawLine(QPointF(axis.left(), y), QPointF(axis.right(), y));
        painter.setPen(QPen(theme().text, 1, Qt::DotLine));
        painter.drawLine(QPointF(x, charts.isEmpty() ? changes.top() : charts.constFirst().top()),
                         QPointF(x, y));
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme().text);
        painter.drawPolygon(
            QPolygonF{QPointF(x - 4, y), QPointF(x, y - 4), QPointF(x + 4, y), QPointF(x, y + 4)});
        const QString text =
            QObject::tr("%1, run %2: %3 to %4; %5")
                .arg(change.measure)
                .arg(run.ordinal)
                .arg(change.point.before, 0, 'g', 4)
                .arg(change.point.after, 0, 'g', 4)
                .arg(change.suspects.isEmpty()
                         ? QObject::tr("no recorded fact changed")
                         : QObject::tr("suspect: ") + change.suspects.join(QStringLiteral(", ")));
        const bool isRight = x < (axis.left() + axis.right()) / 2;
        const double room = isRight ? axis.right() + kNames - x - 18 : x - axis.left() - 8;
        const QString shown = metrics.elidedText(text, Qt::ElideRight, room);
        const double wide = metrics.horizontalAdvance(shown) + 8;
        const QRectF box(isRight ? x + 8 : x - 8 - wide, y - 8, wide, 16);
        painter.fillRect(box, theme().surface);
        painter.setPen(theme().text);
        painter.drawText(box, Qt::AlignCenter, shown);
    }
}

} // namespace slipway
