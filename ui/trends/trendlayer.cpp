// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/trends/trendlayer.h"

#include "models/core/instant.h"
#include "ui/common/theme.h"
#include "ui/common/verdictmark.h"
#include "ui/trends/trendchartpainter.h"
#include "ui/trends/trendslotpainter.h"

#include <QFontMetricsF>
#include <QLocale>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace slipway {

namespace {

constexpr auto kDay = static_cast<double>(TrendLayer::kDaySeconds);
constexpr double kWideGutter = 196;
constexpr double kNarrowGutter = 150;
constexpr double kNarrow = 620; // below it the gutter is narrow
constexpr double kRow = 20;
constexpr int kMaxRows = 12;
constexpr double kAxis = 26;
constexpr double kBand = 14; // between a band's frame and its plot
constexpr double kChartHeight = 104;

int rowsOf(const SeriesView &view) {
    qsizetype most = 1;
    for (const SlotDay &day : view.days)
        most = std::max(most, day.slotList.size());
    return static_cast<int>(std::min<qsizetype>(most, kMaxRows));
}

// Below two days a column a day says nothing.
bool isByDay(const SeriesView &view) {
    return view.days.size() > 2;
}

double changesHeight(const SeriesView &view) {
    return TrendLayer::kChangeRow * static_cast<double>(std::clamp<qsizetype>(view.judged.changes.size(), 1,
                                                                              TrendLayer::kMaxChanges)) +
           kBand;
}

double slotsHeight(const TrendContent &content) {
    const auto rows = static_cast<double>(isByDay(*content.view) ? rowsOf(*content.view) : 2);
    return TrendLayer::kHeader + std::max(static_cast<double>(content.legend.size()), rows) * kRow +
           TrendLayer::kPad;
}

double secondsOf(const QDate &day) {
    return static_cast<double>(dayStart(day));
}

} // namespace

std::pair<double, double> TrendLayer::wholeRange(const SeriesView &view) {
    if (view.days.isEmpty())
        return {0, 1};
    if (isByDay(view))
        return {secondsOf(view.days.constFirst().day), secondsOf(view.days.constLast().day) + kDay};
    const auto first = static_cast<double>(view.judged.table.slotList.constFirst().at.toSecsSinceEpoch());
    const auto last = static_cast<double>(view.judged.table.slotList.constLast().at.toSecsSinceEpoch());
    const double pitch = view.judged.table.slotList.size() > 1
                             ? (last - first) / static_cast<double>(view.judged.table.slotList.size() - 1)
                             : 3600;
    return {first - pitch / 2, last + pitch / 2};
}

double TrendLayer::heightOf(const TrendContent &content) {
    const double height = slotsHeight(content) + changesHeight(*content.view) + kAxis + kPad;
    return height + kChartHeight * static_cast<double>(content.view->charts.size());
}

TrendLayer TrendLayer::arranged(std::shared_ptr<const TrendContent> content, const TimeAxis &axis,
                                const QSizeF &size) {
    TrendLayer layer;
    layer.content = std::move(content);
    const SeriesView &view = layer.view();
    layer.axis = axis;
    layer.width = size.width();
    layer.gutter = size.width() < kNarrow ? kNarrowGutter : kWideGutter;
    layer.axis.setPlot(layer.gutter + 56, size.width() - kNames);
    layer.byDay = isByDay(view);
    layer.rows = layer.byDay ? rowsOf(view) : 1;
    layer.slotTop = kHeader;
    layer.rowHeight = kRow;
    const double spare = std::max(0.0, size.height() - heightOf(*layer.content));
    double y = slotsHeight(*layer.content);
    const double share = spare / std::max<double>(1, static_cast<double>(view.charts.size()));
    for (qsizetype i = 0; i < view.charts.size(); ++i) {
        const double height = kChartHeight + share;
        layer.charts << QRectF(layer.axis.left(), y + kBand, layer.axis.right() - layer.axis.left(),
                               height - 2 * kBand);
        y += height;
    }
    layer.changes = QRectF(layer.axis.left(), y, layer.axis.right() - layer.axis.left(), changesHeight(view));
    layer.bottom = y + layer.changes.height() + kAxis;
    return layer;
}

QRectF TrendLayer::cellOf(qsizetype day, qsizetype place) const {
    const SlotDay &column = view().days.at(day);
    if (!byDay) {
        const QDateTime &at = view().judged.table.slotList.at(column.slotList.at(place)).at;
        const double pitch = (axis.right() - axis.left()) /
                             std::max<double>(1, static_cast<double>(view().judged.table.slotList.size()));
        const double wide = std::clamp(pitch - kGap, 1.0, kMaxCell);
        return {axis.x(at) - wide / 2, slotTop, wide, rowHeight * 2 - kGap};
    }
    const double left = axis.x(secondsOf(column.day));
    const double wide = axis.x(secondsOf(column.day) + kDay) - left;
    const int row = rowOf(view().judged.table.slotList.at(column.slotList.at(place)).at);
    const double gap = wide > 6 ? kGap : 0;
    return {left + gap / 2, slotTop + rowHeight * row, std::max(1.0, wide - gap), rowHeight - kGap};
}

// That of its time of day: the first and the last day have fewer slots than the others.
int TrendLayer::rowOf(const QDateTime &at) const {
    return std::min(rows - 1,
                    static_cast<int>(static_cast<double>(at.toSecsSinceEpoch() % kDaySeconds) / kDay * rows));
}

qsizetype TrendLayer::slotAt(const QPointF &point) const {
    const QList<SeriesSlot> &all = view().judged.table.slotList;
    if (all.isEmpty() || point.x() < axis.left() - 8 || point.x() > axis.right() + 8)
        return -1;
    const double seconds = axis.secondsAt(point.x());
    if (byDay && point.y() < slotTop + rowHeight * rows && point.y() >= slotTop) {
        for (qsizetype day = 0; day < view().days.size(); ++day) {
            const double from = secondsOf(view().days.at(day).day);
            if (seconds < from || seconds >= from + kDay)
                continue;
            for (qsizetype place = 0; place < view().days.at(day).slotList.size(); ++place) {
                if (cellOf(day, place).adjusted(-kGap, -kGap, kGap, kGap).contains(point))
                    return view().days.at(day).slotList.at(place);
            }
        }
        return -1;
    }
    const auto after =
        std::lower_bound(all.begin(), all.end(), seconds, [](const SeriesSlot &slot, double value) {
            return static_cast<double>(slot.at.toSecsSinceEpoch()) < value;
        });
    if (after == all.end())
        return all.size() - 1;
    if (after == all.begin())
        return 0;
    const auto before = after - 1;
    const bool isBefore = seconds - static_cast<double>(before->at.toSecsSinceEpoch()) <
                          static_cast<double>(after->at.toSecsSinceEpoch()) - seconds;
    return (isBefore ? before : after) - all.begin();
}

void TrendLayer::paintTexts(QPainter &painter, double top, double height, const QString &title,
                            const QString &answer, const QString &note) const {
    const double wide = gutter - kPad;
    double y = top + 2;
    painter.setPen(theme().text);
    painter.setFont(strongFont());
    painter.drawText(QRectF(kPad, y, wide, 18), Qt::AlignLeft | Qt::AlignVCenter,
                     QFontMetricsF(painter.font()).elidedText(title, Qt::ElideRight, wide));
    y += 18;
    if (!answer.isEmpty()) {
        painter.setFont(numberFont());
        painter.drawText(QRectF(kPad, y, wide, 24), Qt::AlignLeft | Qt::AlignVCenter,
                         QFontMetricsF(painter.font()).elidedText(answer, Qt::ElideRight, wide));
        y += 25;
    }
    painter.setFont(smallFont());
    painter.setPen(theme().muted);
    painter.drawText(QRectF(kPad, y, wide, std::max(0.0, top + height - y)),
                     Qt::AlignLeft | Qt::AlignTop | Qt::TextWordWrap, note);
}

void TrendLayer::paintDays(QPainter &painter, double y) const {
    painter.setFont(smallFont());
    painter.setPen(theme().muted);
    const QFontMetricsF metrics(painter.font());
    const double pitch = dayWidth();
    if (pitch > (axis.right() - axis.left()) / 2) {
        for (int i = 0; i <= 4; ++i) {
            const double seconds = axis.from() + (axis.to() - axis.from()) * i / 4;
            const QDateTime at = utcOfSeconds(static_cast<qint64>(seconds));
            const double x = axis.x(seconds);
            painter.drawText(QRectF(x - 60, y, 120, 16), Qt::AlignCenter,
                             QLocale::c().toString(at, QStringLiteral("d MMM hh:mm")));
        }
        return;
    }
    const auto step = static_cast<qint64>(
        std::max(1.0, std::ceil(metrics.horizontalAdvance(QStringLiteral("30 Wed")) / pitch)));
    const QDate first = utcOfSeconds(static_cast<qint64>(axis.from())).date();
    const QDate last = utcOfSeconds(static_cast<qint64>(axis.to()) - 1).date();
    int month = 0;
    for (QDate day = first; day <= last; day = day.addDays(step)) {
        const double x = axis.x(secondsOf(day) + kDay / 2);
        if (x < axis.left() - 8 || x > axis.right() + 8)
            continue;
        const bool isNew = day.month() != month;
        month = day.month();
        painter.drawText(QRectF(x - 60, y, 120, 16), Qt::AlignCenter,
                         QLocale::c().toString(day, isNew ? QStringLiteral("d MMM") : QStringLiteral("d")));
    }
}

double TrendLayer::dayWidth() const {
    return kDay / (axis.to() - axis.from()) * (axis.right() - axis.left());
}

void TrendLayer::paint(QPainter &painter) const {
    painter.setRenderHint(QPainter::Antialiasing);
    const auto frame = [&](double y) { painter.fillRect(QRectF(0, std::round(y), width, 1), theme().line); };
    const TrendSlotPainter slotPainter(painter, *this);
    slotPainter.paintSlots();
    const TrendChartPainter chartPainter(painter, *this);
    for (qsizetype i = 0; i < charts.size(); ++i) {
        frame(charts.at(i).top() - kBand);
        chartPainter.paintChart(i, charts.at(i));
    }
    frame(changes.top());
    chartPainter.paintChanges();
    paintDays(painter, changes.bottom() + 4);
}

} // namespace slipway
