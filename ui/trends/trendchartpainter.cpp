// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/trends/trendchartpainter.h"

#include "ui/common/theme.h"
#include "ui/common/verdictmark.h"

#include <QFontMetricsF>
#include <QPainter>

#include <algorithm>
#include <cmath>
#include <optional>

namespace slipway {

namespace {

constexpr int kLines = 3;         // as the axis is cut
constexpr qsizetype kDense = 200; // points in sight, from which on a dot each would be a smear
constexpr double kMarkStep = 2;   // pixels
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

// The indexes of the points in sight: from the first to behind the last.
std::pair<qsizetype, qsizetype> TrendChartPainter::inSight(const QList<double> &times) const {
    return {std::lower_bound(times.begin(), times.end(), m_layer.axis.from()) - times.begin(),
            std::upper_bound(times.begin(), times.end(), m_layer.axis.to()) - times.begin()};
}

// Where runs have no value, from half way to the one before to half way to the one after.
void TrendChartPainter::paintGaps(qsizetype index, const QRectF &plot) const {
    const QList<SeriesChart::Point> &points = m_layer.view().charts.at(index).points;
    const QList<double> &times = m_layer.content->times.at(index);
    const auto edge = [&](qsizetype left, qsizetype right) {
        if (left < 0)
            return plot.left();
        if (right >= points.size())
            return plot.right();
        return m_layer.axis.x((times.at(left) + times.at(right)) / 2);
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
            paintHatch(m_painter, QRectF(left, plot.top(), right - left, plot.height()));
    }
}

void TrendChartPainter::paintPoints(qsizetype index, const QRectF &plot) const {
    const SeriesChart &chart = m_layer.view().charts.at(index);
    const QList<double> &times = m_layer.content->times.at(index);
    const auto [from, to] = inSight(times);
    const bool isDense = to - from > kDense;
    // Lines and not one path: the rasterizer takes the square of a path's edges in a row. One vertical line a
    // column of pixels holds all that lies in it.
    QList<QLineF> lines;
    std::optional<QPointF> end; // of the column before
    std::optional<QLineF> column;
    const auto endColumn = [&] {
        if (!column)
            return;
        if (end)
            lines << QLineF(*end, column->p1());
        if (column->y1() != column->y2())
            lines << *column;
        end = column->p2();
        column.reset();
    };
    // From the one before the first in sight to the one after the last: a line leads to each.
    for (qsizetype i = std::max<qsizetype>(0, from - 1); i < std::min(to + 1, times.size()); ++i) {
        const SeriesChart::Point &point = chart.points.at(i);
        if (!point.value) {
            endColumn();
            end.reset();
            continue;
        }
        const double x = std::floor(m_layer.axis.x(times.at(i)) * 2) / 2;
        const double y = yOf(chart, plot, *point.value);
        if (column && std::abs(x - column->x1()) < 0.5) {
            column->setP1(QPointF(x, std::min(column->y1(), y)));
            column->setP2(QPointF(x, std::max(column->y2(), y)));
            continue;
        }
        endColumn();
        column = QLineF(x, y, x, y);
    }
    endColumn();
    m_painter.setRenderHint(QPainter::Antialiasing, !isDense);
    m_painter.setPen(QPen(theme().muted, isDense ? 1 : 1.2));
    m_painter.setBrush(Qt::NoBrush);
    m_painter.drawLines(lines);
    m_painter.setRenderHint(QPainter::Antialiasing);
    std::optional<QPointF> marked; // the last, where they are dense
    for (qsizetype i = from; i < to; ++i) {
        const SeriesChart::Point &point = chart.points.at(i);
        if (!point.value || (isDense && !point.isOut))
            continue;
        const QPointF at(m_layer.axis.x(times.at(i)), yOf(chart, plot, *point.value));
        if (isDense && marked && (at - *marked).manhattanLength() < kMarkStep)
            continue; // it would cover the one before
        marked = at;
        if (point.isOut) {
            m_painter.setPen(QPen(theme().fail, 1.8));
            m_painter.drawLine(at + QPointF(-3, -3), at + QPointF(3, 3));
            m_painter.drawLine(at + QPointF(-3, 3), at + QPointF(3, -3));
        } else {
            m_painter.setPen(Qt::NoPen);
            m_painter.setBrush(theme().text);
            m_painter.drawEllipse(at, 1.8, 1.8);
        }
    }
}

void TrendChartPainter::paintChart(qsizetype index, const QRectF &plot) const {
    const SeriesChart &chart = m_layer.view().charts.at(index);
    m_layer.paintTexts(m_painter, plot.top() - 12, plot.height() + 24, chart.title, chart.answer, chart.note);
    m_painter.setFont(smallFont());
    if (!chart.isMeasured()) {
        paintHatch(m_painter, plot);
        const QString text = QObject::tr("not measured");
        const double wide = QFontMetricsF(m_painter.font()).horizontalAdvance(text) + 12;
        const QRectF box(plot.center().x() - wide / 2, plot.center().y() - 9, wide, 18);
        m_painter.fillRect(box, theme().surface);
        m_painter.setPen(theme().text);
        m_painter.drawText(box, Qt::AlignCenter, text);
        return;
    }
    for (int i = 0; i <= kLines; ++i) {
        const double value = chart.from + (chart.to - chart.from) * i / kLines;
        const double y = yOf(chart, plot, value);
        m_painter.fillRect(QRectF(plot.left(), std::round(y), plot.width(), 1), theme().line);
        m_painter.setPen(theme().muted);
        m_painter.drawText(
            QRectF(m_layer.gutter - 4, y - 8, plot.left() - m_layer.gutter - 2, 16),
            Qt::AlignRight | Qt::AlignVCenter,
            QString::number(value, 'f', std::min(chart.decimals, chart.to - chart.from > 50 ? 0 : 4)));
    }
    m_painter.save();
    m_painter.setClipRect(plot.adjusted(-3, -6, 3, 6));
    paintGaps(index, plot);
    m_painter.restore();
    paintLimits(m_painter, chart, plot);
    m_painter.save();
    m_painter.setClipRect(plot.adjusted(-4, -6, 4, 6));
    paintPoints(index, plot);
    m_painter.restore();
}

void TrendChartPainter::paintChanges() const {
    const SeriesJudgement &judged = m_layer.view().judged;
    m_layer.paintTexts(m_painter, m_layer.changes.top() + 4, m_layer.changes.height(), QObject::tr("Changes"),
                       QString(), QObject::tr("%1 found").arg(judged.changes.size()));
    m_painter.setFont(smallFont());
    const QFontMetricsF metrics(m_painter.font());
    if (judged.changes.isEmpty()) {
        m_painter.setPen(theme().muted);
        m_painter.drawText(m_layer.changes.adjusted(0, 4, 0, 0), Qt::AlignLeft | Qt::AlignTop,
                           QObject::tr("Nothing changed for good."));
        return;
    }
    for (qsizetype i = 0; i < std::min(judged.changes.size(), TrendLayer::kMaxChanges); ++i) {
        const SeriesChange &change = judged.changes.at(i);
        const SeriesRun &run = judged.runs.at(change.run);
        const double y = m_layer.changes.top() + TrendLayer::kChangeRow * (static_cast<double>(i) + 0.5) + 4;
        const double x = std::clamp(m_layer.axis.x(run.slot.isValid() ? run.slot : run.moment()),
                                    m_layer.axis.left(), m_layer.axis.right());
        m_painter.setPen(QPen(theme().line, 1));
        m_painter.drawLine(QPointF(m_layer.axis.left(), y), QPointF(m_layer.axis.right(), y));
        m_painter.setPen(QPen(theme().text, 1, Qt::DotLine));
        m_painter.drawLine(
            QPointF(x, m_layer.charts.isEmpty() ? m_layer.changes.top() : m_layer.charts.constFirst().top()),
            QPointF(x, y));
        m_painter.setPen(Qt::NoPen);
        m_painter.setBrush(theme().text);
        m_painter.drawPolygon(
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
        const bool isRight = x < (m_layer.axis.left() + m_layer.axis.right()) / 2;
        const double room =
            isRight ? m_layer.axis.right() + TrendLayer::kNames - x - 18 : x - m_layer.axis.left() - 8;
        const QString shown = metrics.elidedText(text, Qt::ElideRight, room);
        const double wide = metrics.horizontalAdvance(shown) + 8;
        const QRectF box(isRight ? x + 8 : x - 8 - wide, y - 8, wide, 16);
        m_painter.fillRect(box, theme().surface);
        m_painter.setPen(theme().text);
        m_painter.drawText(box, Qt::AlignCenter, shown);
    }
}

} // namespace slipway
