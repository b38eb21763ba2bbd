// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/verdictmark.h"

#include "models/evidence/verdictclaim.h"
#include "ui/common/theme.h"

#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <array>
#include <cmath>

namespace slipway {

namespace {

void paintTick(QPainter &painter, const QRectF &r, const QColor &color) {
    painter.setPen(QPen(color, r.width() * 0.11, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    const std::array points{QPointF(r.left() + r.width() * 0.29, r.top() + r.height() * 0.52),
                            QPointF(r.left() + r.width() * 0.44, r.top() + r.height() * 0.67),
                            QPointF(r.left() + r.width() * 0.72, r.top() + r.height() * 0.36)};
    painter.setBrush(Qt::NoBrush);
    painter.drawPolyline(points.data(), static_cast<int>(points.size()));
}

void paintOctagon(QPainter &painter, const QRectF &r, const QColor &fill, const QColor &cross) {
    QPolygonF octagon;
    for (int i = 0; i < 8; ++i) {
        const double angle = (2 * i + 1) * M_PI / 8;
        octagon << QPointF(r.center().x() + r.width() * 0.5 * std::cos(angle),
                           r.center().y() + r.height() * 0.5 * std::sin(angle));
    }
    painter.setPen(Qt::NoPen);
    painter.setBrush(fill);
    painter.drawPolygon(octagon);
    painter.setPen(QPen(cross, r.width() * 0.11, Qt::SolidLine, Qt::RoundCap));
    const double d = r.width() * 0.17;
    painter.drawLine(r.center() - QPointF(d, d), r.center() + QPointF(d, d));
    painter.drawLine(r.center() - QPointF(d, -d), r.center() + QPointF(d, -d));
}

} // namespace

void paintHatch(QPainter &painter, const QRectF &area) {
    painter.save();
    painter.setClipRect(area);
    painter.setPen(QPen(theme().muted, 1));
    for (double x = area.left() - area.height(); x < area.right(); x += 4)
        painter.drawLine(QPointF(x, area.bottom()), QPointF(x + area.height(), area.top()));
    painter.restore();
}

void paintVerdict(QPainter &painter, const QRectF &square, std::optional<Verdict> verdict) {
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    const double stroke = std::max(1.0, square.width() * 0.1);
    const QRectF r = square.adjusted(stroke / 2, stroke / 2, -stroke / 2, -stroke / 2);
    const QColor color = verdict ? theme().of(*verdict) : theme().accent;
    painter.setPen(QPen(color, stroke));
    painter.setBrush(Qt::NoBrush);
    if (!verdict) {
        QPainterPath triangle(QPointF(r.left() + r.width() * 0.2, r.top()));
        triangle.lineTo(r.right(), r.center().y());
        triangle.lineTo(r.left() + r.width() * 0.2, r.bottom());
        triangle.closeSubpath();
        painter.fillPath(triangle, color);
    } else if (*verdict == Verdict::Proven) {
        painter.setBrush(color);
        painter.drawEllipse(r);
        paintTick(painter, square, theme().surface);
    } else if (*verdict == Verdict::UnprovenPass) {
        painter.drawEllipse(r);
        paintTick(painter, square, color);
    } else if (*verdict == Verdict::Fail) {
        paintOctagon(painter, square, color, theme().surface);
    } else if (*verdict == Verdict::InvalidEvidence) {
        painter.drawEllipse(r);
        const double d = r.width() * 0.5 * M_SQRT1_2;
        painter.drawLine(r.center() - QPointF(d, d), r.center() + QPointF(d, d));
    } else if (*verdict == Verdict::Incomplete) {
        painter.drawEllipse(r);
        painter.setBrush(color);
        painter.drawPie(r, 90 * 16, 180 * 16);
    } else {
        QPen dashed(color, stroke);
        dashed.setDashPattern({1.6, 1.6});
        painter.setPen(dashed);
        painter.drawEllipse(r);
    }
    painter.restore();
}

QString verdictLabel(Verdict verdict) {
    const QString name = verdictName(verdict).toLower();
    return name.left(1).toUpper() + name.mid(1);
}

QString verdictLabel(Verdict verdict, const QString &claim) {
    return withClaim(verdictLabel(verdict), verdict, claim);
}

} // namespace slipway
