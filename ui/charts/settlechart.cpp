// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/settlechart.h"

#include "ui/common/theme.h"

#include <QChart>
#include <QLineSeries>

#include <algorithm>
#include <array>

namespace slipway {

namespace {

constexpr std::array kDashes{Qt::SolidLine, Qt::DashLine, Qt::DotLine, Qt::DashDotLine};

} // namespace

SettleChart::SettleChart(QWidget *parent)
    : PlotView(tr("Phase 2: convergence after the burst"), tr("ms after the burst"), parent) {
    setSettling({});
}

void SettleChart::setSettling(const Settling &settling) {
    for (QLineSeries *line : std::as_const(m_lines)) {
        chart()->removeSeries(line);
        delete line;
    }
    m_lines.clear();
    m_settling = settling;
    double end = static_cast<double>(settling.settledMs.value_or(1));
    for (const Settling::Node &node : settling.nodes) {
        auto *line = new QLineSeries;
        attach(line);
        m_lines << line;
        end = std::max(end, static_cast<double>(node.readings.constLast().ms));
        // What was held stays held until the next reading says otherwise: steps, not slopes.
        QList<QPointF> steps;
        for (const Settling::Reading &reading : node.readings) {
            if (!steps.isEmpty())
                steps << QPointF(static_cast<double>(reading.ms), steps.constLast().y());
            steps << QPointF(static_cast<double>(reading.ms), static_cast<double>(reading.held));
        }
        line->replace(steps);
    }
    restyle();
    setWhole(0, end * 1.05, 1);
    showAll();
    scheduleRedraw();
}

void SettleChart::restyle() {
    const std::array colour{theme().accent, theme().text, theme().muted};
    for (qsizetype at = 0; at < m_lines.size(); ++at) {
        const auto index = static_cast<size_t>(at);
        m_lines.at(at)->setPen(
            QPen(colour.at(index % colour.size()), 1.5, kDashes.at(index % kDashes.size())));
    }
}

void SettleChart::redraw(int) {
    qint64 max = std::max<qint64>(4, m_settling.acked);
    for (const Settling::Node &node : std::as_const(m_settling.nodes)) {
        for (const Settling::Reading &reading : node.readings)
            max = std::max(max, reading.held);
    }
    setHeight(0, static_cast<double>(max) * 1.08, QStringLiteral("%.0f"));
    keepOut(m_settling.nodes.isEmpty(), m_settling.nodes.isEmpty() ? description() : QString());
}

QString SettleChart::outcome() const {
    if (!m_settling.settledMs)
        return tr("still settling");
    return m_settling.complete
               ? tr("every peer held all %L1 acknowledged writes after %L2 ms")
                     .arg(m_settling.acked)
                     .arg(*m_settling.settledMs)
               : tr("timed out after %L1 ms: some of %L2 acknowledged writes are not on every peer")
                     .arg(*m_settling.settledMs)
                     .arg(m_settling.acked);
}

QString SettleChart::description() const {
    if (m_settling.nodes.isEmpty())
        return tr("Convergence after the burst of phase 2 was not measured over time.");
    QStringList parts;
    for (const Settling::Node &node : m_settling.nodes)
        parts << tr("%1 holds %L2 of %L3")
                     .arg(node.name)
                     .arg(node.readings.constLast().held)
                     .arg(m_settling.acked);
    return parts.join(QStringLiteral(", ")) + QStringLiteral("; ") + outcome();
}

QString SettleChart::hoverText(double x) const {
    QStringList lines;
    for (const Settling::Node &node : m_settling.nodes) {
        const auto next =
            std::find_if(node.readings.begin(), node.readings.end(), [x](const Settling::Reading &reading) {
                return static_cast<double>(reading.ms) > x;
            });
        if (next != node.readings.begin())
            lines << tr("%1 held %L2 of %L3 at %L4 ms")
                         .arg(node.name)
                         .arg(std::prev(next)->held)
                         .arg(m_settling.acked)
                         .arg(std::prev(next)->ms);
    }
    return lines.join(QLatin1Char('\n'));
}

void SettleChart::drawOver(QPainter &painter, const QRectF &plot) {
    const double all = yOf(static_cast<double>(m_settling.acked));
    painter.setPen(QPen(theme().fail, 1, Qt::DashLine));
    painter.drawLine(QPointF(plot.left(), all), QPointF(plot.right(), all));
    double y = plot.bottom() - 20 - 16 * static_cast<double>(m_lines.size());
    painter.setPen(m_settling.complete || !m_settling.settledMs ? theme().muted : theme().fail);
    painter.drawText(QRectF(plot.left(), y - 16, plot.width() - 4, 16), Qt::AlignRight | Qt::AlignTop,
                     outcome());
    for (qsizetype at = 0; at < m_lines.size(); ++at, y += 16) {
        const QPen pen = m_lines.at(at)->pen();
        painter.setPen(pen);
        painter.drawLine(QPointF(plot.right() - 28, y + 8), QPointF(plot.right() - 4, y + 8));
        painter.setPen(pen.color());
        const Settling::Node &node = m_settling.nodes.at(at);
        painter.drawText(
            QRectF(plot.left(), y, plot.width() - 34, 16), Qt::AlignRight | Qt::AlignTop,
            tr("%1: %L2 of %L3").arg(node.name).arg(node.readings.constLast().held).arg(m_settling.acked));
    }
}

} // namespace slipway
