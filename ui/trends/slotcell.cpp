// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/trends/slotcell.h"

#include "models/series/seriescharts.h"
#include "ui/common/theme.h"
#include "ui/common/verdictmark.h"

#include <QPainter>

#include <algorithm>

namespace slipway {

namespace {

constexpr double kOutlined = 6;  // so wide that an outline leaves something to fill
constexpr double kMarked = 14;   // so wide that a verdict's shape has room
constexpr double kNumbered = 26; // so wide that a number has room
constexpr double kRadius = 2;

void paintOutline(QPainter &painter, const QRectF &rect, const QColor &color, Qt::PenStyle style) {
    painter.setPen(QPen(color, 1, style));
    painter.setBrush(Qt::NoBrush);
    painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), kRadius, kRadius);
}

void paintNumber(QPainter &painter, const QRectF &rect, int number) {
    painter.setFont(smallFont());
    const QString text = QString::number(number);
    const double width = QFontMetricsF(painter.font()).horizontalAdvance(text) + 4;
    const QRectF box(rect.center().x() - width / 2, rect.top() + 2, width, rect.height() - 4);
    painter.fillRect(box, theme().surface);
    painter.setPen(theme().text);
    painter.drawText(box.adjusted(0, -4, 0, 4), Qt::AlignCenter, text);
}

// What ran: filled by its verdict, hatched where there is no evidence.
void paintRun(QPainter &painter, const QRectF &rect, const SlotCell &cell, bool hasText) {
    const bool isHatched = cell.verdict == Verdict::NoEvidence || cell.verdict == Verdict::InvalidEvidence;
    if (rect.width() < kOutlined) {
        if (isHatched)
            painter.fillRect(rect,
                             QBrush(cell.verdict == Verdict::NoEvidence ? theme().muted : theme().invalid,
                                    Qt::BDiagPattern));
        else
            painter.fillRect(rect, cell.verdict ? theme().of(*cell.verdict) : theme().accent);
        return;
    }
    if (isHatched) {
        paintHatch(painter, rect);
        paintOutline(painter, rect, cell.claimsPass ? theme().proven : theme().muted, Qt::SolidLine);
    } else {
        painter.setPen(Qt::NoPen);
        painter.setBrush(cell.verdict ? theme().of(*cell.verdict) : theme().accent);
        painter.drawRoundedRect(rect, kRadius, kRadius);
        if (cell.claimsPass && cell.verdict != Verdict::UnprovenPass && cell.verdict != Verdict::Proven)
            paintOutline(painter, rect, theme().proven, Qt::SolidLine);
    }
    if (cell.isDoubled)
        painter.fillRect(QRectF(rect.center().x() - 1, rect.top(), 2, rect.height()), theme().surface);
    if (cell.state == SlotState::Late) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme().text);
        const double side = std::min(7.0, rect.height() / 2);
        painter.drawPolygon(
            QPolygonF{rect.topLeft(), rect.topLeft() + QPointF(side, 0), rect.topLeft() + QPointF(0, side)});
    }
    if (!hasText)
        return;
    if (cell.verdict == Verdict::NoEvidence && rect.width() >= kNumbered && cell.ordinal > 0)
        paintNumber(painter, rect, cell.ordinal);
    else if (cell.verdict && cell.verdict != Verdict::NoEvidence && cell.verdict != Verdict::UnprovenPass &&
             cell.verdict != Verdict::Proven && rect.width() >= kMarked) {
        const double side = std::min(12.0, rect.height());
        const QRectF square(rect.center().x() - side / 2, rect.center().y() - side / 2, side, side);
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme().surface);
        painter.drawEllipse(square.adjusted(-1, -1, 1, 1));
        paintVerdict(painter, square, cell.verdict);
    }
}

} // namespace

SlotCell cellOf(const SeriesSlot &slot, const QList<SeriesRun> &runs) {
    SlotCell cell{slot.state, slotVerdict(slot, runs), false, slot.isDoubled(), 0};
    for (const qsizetype run : slot.runs) {
        cell.claimsPass = cell.claimsPass || runs.at(run).claimedPass == true;
        cell.ordinal = cell.ordinal > 0 ? cell.ordinal : runs.at(run).ordinal;
    }
    return cell;
}

int urgency(const SlotCell &cell) {
    if (cell.state == SlotState::Missed)
        return 6;
    if (!cell.verdict)
        return 0;
    switch (*cell.verdict) {
    case Verdict::Fail:
        return 7;
    case Verdict::InvalidEvidence:
        return 5;
    case Verdict::NoEvidence:
        return 4;
    case Verdict::Incomplete:
        return 3;
    case Verdict::UnprovenPass:
        return 2;
    case Verdict::Proven:
        break;
    }
    return 1;
}

void paintCell(QPainter &painter, const QRectF &rect, const SlotCell &cell, bool hasText) {
    if (cell.ordinal > 0) {
        paintRun(painter, rect, cell, hasText);
        return;
    }
    switch (cell.state) {
    case SlotState::Missed:
        if (rect.width() < kOutlined)
            painter.fillRect(rect.adjusted(0, rect.height() / 3, 0, -rect.height() / 3), theme().text);
        else
            paintOutline(painter, rect, theme().text, Qt::DashLine);
        break;
    case SlotState::Running:
        paintOutline(painter, rect, theme().accent, Qt::SolidLine);
        break;
    default:
        if (rect.width() >= kOutlined)
            paintOutline(painter, rect, theme().muted,
                         cell.state == SlotState::Excused ? Qt::SolidLine : Qt::DotLine);
        break;
    }
}

} // namespace slipway
