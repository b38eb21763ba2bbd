// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/trends/trendslotpainter.h"

#include "ui/common/theme.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace slipway {

namespace {

constexpr double kNarrowCell = 3; // pixels; up to it a cell is a line of them

} // namespace

// Where several slots share a pixel of a row, the most urgent is seen.
QList<TrendSlotPainter::Place> TrendSlotPainter::placesInSight() const {
    const QList<SlotDay> &days = m_layer.view().days;
    const QList<SeriesSlot> &all = m_layer.view().judged.table.slotList;
    const auto first = std::lower_bound(
        days.begin(), days.end(), m_layer.axis.from() - static_cast<double>(TrendLayer::kDaySeconds),
        [](const SlotDay &day, double from) { return dayStart(day.day) < from; });
    const double origin = std::floor(m_layer.axis.left()) - TrendLayer::kMaxCell;
    const auto columns = static_cast<qsizetype>(m_layer.axis.right() - origin + TrendLayer::kMaxCell) + 1;
    QList<Place> places(columns * m_layer.rows);
    for (auto day = first; day != days.end() && dayStart(day->day) <= m_layer.axis.to(); ++day) {
        for (qsizetype index = 0; index < day->slotList.size(); ++index) {
            const qsizetype slot = day->slotList.at(index);
            const QDateTime &at = all.at(slot).at;
            const double x = m_layer.byDay ? m_layer.axis.x(dayStart(day->day)) : m_layer.axis.x(at);
            const auto column = static_cast<qsizetype>(std::max(m_layer.axis.left(), x) - origin);
            if (column >= columns ||
                x < m_layer.axis.left() - std::max(TrendLayer::kMaxCell, m_layer.dayWidth()))
                continue;
            Place &place = places[column * m_layer.rows + (m_layer.byDay ? m_layer.rowOf(at) : 0)];
            if (place.slot < 0 ||
                urgency(m_layer.content->cells.at(slot)) > urgency(m_layer.content->cells.at(place.slot)))
                place = {slot, day - days.begin(), index};
        }
    }
    return places;
}

// The time of day of each row: its earliest slot in sight.
void TrendSlotPainter::paintTimes(const QList<Place> &places) const {
    QList<qint64> earliest(m_layer.rows, TrendLayer::kDaySeconds);
    for (qsizetype i = 0; i < places.size(); ++i) {
        if (places.at(i).slot >= 0) {
            const QDateTime &at = m_layer.view().judged.table.slotList.at(places.at(i).slot).at;
            qint64 &least = earliest[i % m_layer.rows];
            least = std::min(least, at.toSecsSinceEpoch() % TrendLayer::kDaySeconds);
        }
    }
    for (int row = 0; row < m_layer.rows; ++row) {
        if (earliest.at(row) < TrendLayer::kDaySeconds)
            m_painter.drawText(QRectF(m_layer.gutter, m_layer.slotTop + m_layer.rowHeight * row, 48,
                                      m_layer.rowHeight - TrendLayer::kGap),
                               Qt::AlignRight | Qt::AlignVCenter,
                               QTime::fromMSecsSinceStartOfDay(static_cast<int>(earliest.at(row) * 1000))
                                   .toString(QStringLiteral("hh:mm")));
    }
}

void TrendSlotPainter::paintSlots() const {
    m_layer.paintDays(m_painter, 4);
    m_painter.save();
    m_painter.setClipRect(QRectF(m_layer.axis.left() - 1, 0, m_layer.axis.right() - m_layer.axis.left() + 2,
                                 m_layer.slotTop + m_layer.rowHeight * std::max(m_layer.rows, 2) + 2));
    const QList<Place> places = placesInSight();
    // Without: a cell as narrow as a pixel would be blended with its neighbours, and costs ten times as much.
    m_painter.setRenderHint(QPainter::Antialiasing, !m_layer.byDay || m_layer.dayWidth() > kNarrowCell);
    for (const Place &place : places) {
        if (place.slot >= 0)
            paintCell(m_painter, m_layer.cellOf(place.day, place.index),
                      m_layer.content->cells.at(place.slot), true);
    }
    m_painter.restore();
    m_painter.setFont(smallFont());
    m_painter.setPen(theme().muted);
    if (m_layer.byDay && m_layer.dayWidth() > kNarrowCell)
        paintTimes(places);
    m_painter.setPen(theme().text);
    m_painter.setFont(strongFont());
    m_painter.drawText(QRectF(TrendLayer::kPad, 2, m_layer.gutter - TrendLayer::kPad, 20),
                       Qt::AlignLeft | Qt::AlignVCenter, QObject::tr("Slots"));
    double y = TrendLayer::kHeader;
    for (const auto &[cell, text] : m_layer.content->legend) {
        SlotCell drawn = cell;
        drawn.ordinal = cell.state == SlotState::Missed ? 0 : 1;
        paintCell(m_painter, QRectF(TrendLayer::kPad, y + 3, 18, 12), drawn, false);
        m_painter.setFont(smallFont());
        m_painter.setPen(theme().muted);
        m_painter.drawText(QRectF(TrendLayer::kPad + 26, y, m_layer.gutter - TrendLayer::kPad - 26, 18),
                           Qt::AlignLeft | Qt::AlignVCenter, text);
        y += 18;
    }
}

} // namespace slipway
