// SPDX-License-Identifier: GPL-3.0-or-later
// What the chart says in words: over the plot, and for those who do not see it.
#include "models/cycles/downsample.h"
#include "ui/charts/cyclechart.h"
#include "ui/common/theme.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace slipway {

namespace {

constexpr std::array kMarkerSigns{u'●', u'■', u'▲', u'⬟'};

} // namespace

QString CycleChart::boundText() const {
    return tr("95 % bound %1 at every look, of %L2 cycles")
        .arg(std::floor(m_bound * 10000) / 10000)
        .arg(m_boundCycles);
}

QString CycleChart::description() const {
    if (m_data.last() == 0)
        return tr("No cycle has been measured.");
    QStringList parts;
    for (const CycleSeries &series : m_data.classes()) {
        parts << (series.acked() == 0 ? tr("%1: not measured").arg(series.fault())
                                      : tr("%1: %L2 of %L3 acknowledged writes converged in %L4 cycles")
                                            .arg(series.fault())
                                            .arg(series.converged())
                                            .arg(series.acked())
                                            .arg(series.size()));
    }
    parts << tr("threshold %1").arg(m_threshold);
    if (m_boundCycles > 0)
        parts << boundText();
    return parts.join(QStringLiteral("; "));
}

void CycleChart::drawTexts(QPainter &painter, const QRectF &plot) const {
    double y = yOf(m_threshold) + 3;
    const auto line = [&](const QColor &color, const QString &text) {
        const QRectF row(plot.left(), y, plot.width() - 4, 16);
        painter.fillRect(painter.boundingRect(row, Qt::AlignRight | Qt::AlignTop, text), theme().surface);
        painter.setPen(color);
        painter.drawText(row, Qt::AlignRight | Qt::AlignTop, text);
        y += 16;
    };
    line(theme().fail, tr("threshold %1").arg(m_threshold));
    if (m_boundCycles > 0)
        line(theme().accent, boundText());
    if (m_data.classes().size() > 1) {
        size_t sign = 0;
        for (const CycleSeries &series : m_data.classes()) {
            if (y > plot.bottom() - 32)
                break;
            line(theme().muted, QChar(kMarkerSigns.at(sign++ % kMarkerSigns.size())) + QLatin1Char(' ') +
                                    painter.fontMetrics().elidedText(series.fault(), Qt::ElideRight, 240));
        }
    }
    if (m_data.has(Measure::DurableShare) && y < plot.bottom() - 32)
        line(theme().muted, tr("line: durable"));
    if (m_yFromShown > 0) {
        painter.setPen(theme().muted);
        painter.drawText(QRectF(plot.left() - 40, plot.bottom() + 18, 240, 16), Qt::AlignLeft | Qt::AlignTop,
                         tr("y zoomed: from %1").arg(m_yFromShown));
    }
}

void CycleChart::drawSaturations(QPainter &painter, const QRectF &plot) const {
    for (const Saturation &at : m_saturations) {
        const auto series = std::find_if(m_data.classes().begin(), m_data.classes().end(),
                                         [&](const CycleSeries &one) { return one.fault() == at.fault; });
        if (series == m_data.classes().end() || series->size() == 0)
            continue;
        const Extent acked = series->column(Measure::Acked).extent(0, series->size());
        if (!acked.hasValue() || acked.high == 0)
            continue;
        const double y = yOf(static_cast<double>(at.ceiling) / acked.high);
        painter.setPen(QPen(theme().invalid, 1, Qt::DotLine));
        painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y));
        painter.setPen(theme().invalid);
        painter.setFont(strongFont());
        painter.drawText(QRectF(plot.left(), y - 22, plot.width() - 4, 18), Qt::AlignRight | Qt::AlignBottom,
                         painter.fontMetrics().elidedText(
                             tr("%1: saturated at %2 in all %3 cycles, a limit, not a measurement")
                                 .arg(at.fault)
                                 .arg(at.ceiling)
                                 .arg(at.cycles),
                             Qt::ElideMiddle, static_cast<int>(plot.width())));
        painter.setFont(smallFont());
    }
}

} // namespace slipway
