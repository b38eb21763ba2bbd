// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/measurechart.h"

#include "models/cycles/downsample.h"
#include "ui/charts/cycletext.h"
#include "ui/charts/missingmarks.h"
#include "ui/common/theme.h"

#include <QChart>
#include <QLineSeries>

#include <algorithm>
#include <cmath>

namespace slipway {

namespace {

constexpr std::array kDashes{Qt::SolidLine, Qt::DashLine, Qt::DotLine, Qt::DashDotLine};

std::array<QColor, 3> colours(MeasureChart::Kind kind) {
    if (kind == MeasureChart::Kind::Outcomes)
        return {theme().proven, theme().warning, theme().fail};
    return {theme().muted, theme().accent, theme().text};
}

} // namespace

MeasureChart::MeasureChart(Kind kind, const CycleData &cycles, QWidget *parent)
    : PlotView(kind == Kind::Outcomes ? tr("Writes by outcome per cycle") : tr("Latency per cycle"),
               tr("cycle"), parent),
      m_kind(kind), m_data(cycles) {
    grew();
}

Measure MeasureChart::measure(size_t line) const {
    constexpr std::array kOutcomes{Measure::Acked, Measure::QuorumNotMet, Measure::Failed};
    constexpr std::array kLatencies{Measure::LatencyP50, Measure::LatencyP95, Measure::LatencyP99};
    return m_kind == Kind::Outcomes ? kOutcomes.at(line) : kLatencies.at(line);
}

QString MeasureChart::label(size_t line) const {
    const std::array outcomes{tr("201 acknowledged"), tr("503 no quorum"), tr("failed")};
    const std::array latencies{tr("p50 ms"), tr("p95 ms"), tr("p99 ms")};
    return m_kind == Kind::Outcomes ? outcomes.at(line) : latencies.at(line);
}

QString MeasureChart::unmeasured() const {
    return m_kind == Kind::Outcomes ? tr("Writes by outcome were not measured.")
                                    : tr("Latency was not measured.");
}

double MeasureChart::scale() const {
    return m_kind == Kind::Outcomes ? 1 : 0.001; // microseconds are shown as milliseconds
}

void MeasureChart::restyle() {
    const auto colour = colours(m_kind);
    for (size_t of = 0; of < m_lines.size(); ++of) {
        for (size_t line = 0; line < kLines; ++line) {
            m_lines[of].at(line)->setPen(QPen(colour.at(line), 1, kDashes.at(of % kDashes.size())));
            m_lines[of].at(line)->setPointsVisible(false);
        }
    }
}

void MeasureChart::reset() {
    for (const Lines &lines : m_lines) {
        for (QLineSeries *line : lines) {
            chart()->removeSeries(line);
            delete line;
        }
    }
    m_lines.clear();
    showAll();
    grew();
}

void MeasureChart::grew() {
    setWhole(0.5, std::max({m_data.planned(), m_data.last(), 2}) + 0.5, 8);
    scheduleRedraw();
}

void MeasureChart::redraw(int columns) {
    while (m_lines.size() < m_data.classes().size()) {
        Lines lines{};
        for (QLineSeries *&line : lines)
            attach(line = new QLineSeries);
        m_lines.push_back(lines);
        restyle();
    }
    m_missing.assign(static_cast<size_t>(columns), false);
    double highest = 0;
    bool any = false;
    for (size_t of = 0; of < m_data.classes().size(); ++of) {
        for (size_t line = 0; line < kLines; ++line) {
            const auto seen = downsample(m_data.classes()[of], measure(line), viewFrom(), viewTo(), columns);
            QList<QPointF> points;
            for (const PixelColumn &column : seen) {
                if (!column.extent.hasValue())
                    continue;
                points << QPointF(column.first, column.extent.low * scale());
                if (column.extent.high != column.extent.low)
                    points << QPointF(column.last, column.extent.high * scale());
                highest = std::max(highest, column.extent.high * scale());
            }
            any = any || !points.isEmpty();
            m_lines[of].at(line)->setPointsVisible(points.size() < columns / 8);
            m_lines[of].at(line)->replace(points);
            noteMissing(m_missing, seen, viewFrom(), viewTo());
        }
    }
    const double top = std::max(highest * 1.08, m_kind == Kind::Outcomes ? 4.0 : 0.1);
    setHeight(-0.02 * top, top, top < 3 ? QStringLiteral("%.1f") : QStringLiteral("%.0f"));
    keepOut(!any, any ? QString() : unmeasured());
}

void MeasureChart::clicked(double x) {
    const int cycle = static_cast<int>(std::lround(x));
    if (cycle >= 1 && cycle <= m_data.last())
        Q_EMIT cycleClicked(cycle);
}

int MeasureChart::moved(int from, int side) const {
    return std::clamp(from + side, 1, std::max(1, m_data.last()));
}

QString MeasureChart::hoverText(double x) const {
    const auto number = std::lround(x);
    return number >= 1 && number <= m_data.last() ? cycleText(m_data, static_cast<int>(number)) : QString();
}

QString MeasureChart::description() const {
    QStringList parts;
    for (const CycleSeries &series : m_data.classes()) {
        for (size_t line = 0; line < kLines; ++line) {
            const Extent extent = series.column(measure(line)).extent(0, series.size());
            if (extent.hasValue())
                parts << tr("%1: %2 from %3 to %4")
                             .arg(series.fault(), label(line))
                             .arg(extent.low * scale())
                             .arg(extent.high * scale());
        }
    }
    return parts.isEmpty() ? unmeasured() : parts.join(QStringLiteral("; "));
}

void MeasureChart::drawOver(QPainter &painter, const QRectF &plot) {
    paintMissing(painter, plot, m_missing);
    // A legend above the plot's right end: the lines cross, so that labels at their ends would cover one
    // another.
    const auto colour = colours(m_kind);
    double right = plot.right() - 4;
    for (size_t at = kLines; at-- > 0;) {
        const QString text = QChar(u'●') + QLatin1Char(' ') + label(at);
        const double width = painter.fontMetrics().horizontalAdvance(text);
        const QRectF box(right - width, plot.top(), width, 16);
        painter.fillRect(box.adjusted(-4, 0, 4, 0), theme().surface);
        painter.setPen(colour.at(at));
        painter.drawText(box, Qt::AlignRight | Qt::AlignTop, text);
        right -= width + 16;
    }
    if (m_data.classes().size() > 1) {
        double y = plot.top() + 18;
        for (size_t of = 0; of < m_data.classes().size() && y < plot.bottom() - 32; ++of, y += 16) {
            painter.setPen(QPen(theme().muted, 1, kDashes.at(of % kDashes.size())));
            painter.drawLine(QPointF(plot.right() - 28, y + 8), QPointF(plot.right() - 4, y + 8));
            painter.drawText(QRectF(plot.left(), y, plot.width() - 34, 16), Qt::AlignRight | Qt::AlignTop,
                             m_data.classes()[of].fault());
        }
    }
    paintCursor(painter, plot);
}

} // namespace slipway
