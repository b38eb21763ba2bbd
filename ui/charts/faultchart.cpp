// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/faultchart.h"

#include "ui/common/theme.h"
#include "ui/common/verdictmark.h"

#include <QChart>

#include <algorithm>

namespace slipway {

namespace {

constexpr qsizetype kLanes = 12; // of agents; further ones share the last

QColor colourOf(const QString &code) {
    return code == QLatin1String("201")   ? theme().proven
           : code == QLatin1String("503") ? theme().warning
                                          : theme().fail;
}

} // namespace

FaultChart::FaultChart(QWidget *parent)
    : PlotView(tr("Fault over the writes in flight"), tr("ms since the first write"), parent) {
    setWords(tr("Select a cycle to see its writes and the fault."));
}

void FaultChart::setWords(const QString &words) {
    m_trace.reset();
    m_words = words;
    setWhole(0, 1, 1);
    showAll();
    scheduleRedraw();
}

void FaultChart::setTrace(const CycleTrace &trace) {
    if (trace.writes.isEmpty()) {
        setWords(tr("The writes of cycle %1 were not measured one by one.").arg(trace.number));
        return;
    }
    m_trace = trace;
    m_agents.clear();
    qint64 end = trace.faultUs.value_or(0);
    for (const TracedWrite &write : trace.writes) {
        if (m_agents.size() < kLanes && !m_agents.contains(write.agent))
            m_agents << write.agent;
        end = std::max(end, write.endUs);
    }
    m_agents.sort();
    setWhole(0, std::max(1.0, milliseconds(end) * 1.02), 0.5);
    showAll();
    scheduleRedraw();
}

double FaultChart::milliseconds(qint64 us) const {
    return static_cast<double>(us - m_trace->writes.constFirst().startUs) / 1000;
}

void FaultChart::redraw(int) {
    setHeight(0, 1, QStringLiteral(" "));
    keepOut(!m_trace, m_trace ? QString() : m_words);
}

QString FaultChart::verdict() const {
    if (!m_trace->faultUs)
        return tr("Fault not exercised: it never struck");
    const qint64 inFlight = m_trace->inFlight();
    if (m_trace->effective == false)
        return tr("Fault not exercised: it struck at %1 ms and took no effect")
            .arg(milliseconds(*m_trace->faultUs), 0, 'f', 1);
    if (inFlight == 0)
        return tr("Fault not exercised: it struck at %1 ms with no write in flight")
            .arg(milliseconds(*m_trace->faultUs), 0, 'f', 1);
    return tr("struck at %1 ms with %2 writes in flight")
        .arg(milliseconds(*m_trace->faultUs), 0, 'f', 1)
        .arg(inFlight);
}

QString FaultChart::description() const {
    return m_trace ? tr("cycle %1, %2, %3 writes: %4")
                         .arg(m_trace->number)
                         .arg(m_trace->fault)
                         .arg(m_trace->writes.size())
                         .arg(verdict())
                   : m_words;
}

QString FaultChart::hoverText(double x) const {
    QStringList lines;
    if (!m_trace)
        return {};
    for (const TracedWrite &write : m_trace->writes) {
        if (milliseconds(write.startUs) > x || milliseconds(write.endUs) < x || lines.size() >= kLanes)
            continue;
        lines << tr("%1: %2 in %3 ms")
                     .arg(write.agent, write.code == QLatin1String("000") ? tr("no answer") : write.code)
                     .arg(static_cast<double>(write.endUs - write.startUs) / 1000, 0, 'f', 1);
    }
    return lines.join(QLatin1Char('\n'));
}

void FaultChart::drawWrites(QPainter &painter, const QRectF &plot, double laneHeight) const {
    const double bar = std::clamp(laneHeight - 4, 3.0, 16.0);
    for (qsizetype lane = 0; lane < m_agents.size(); ++lane) {
        const double top = plot.top() + static_cast<double>(lane) * laneHeight;
        painter.setPen(theme().muted);
        const QString name = m_agents.at(lane).section(QLatin1Char('-'), -1);
        painter.drawText(
            QRectF(0, top, plot.left() - 6, bar), Qt::AlignRight | Qt::AlignVCenter,
            painter.fontMetrics().elidedText(name, Qt::ElideRight, static_cast<int>(plot.left()) - 8));
    }
    for (const TracedWrite &write : m_trace->writes) {
        const double left = std::max(plot.left(), xOf(milliseconds(write.startUs)));
        const double right = std::min(plot.right(), xOf(milliseconds(write.endUs)));
        if (right < plot.left() || left > plot.right())
            continue;
        const qsizetype known = m_agents.indexOf(write.agent);
        const qsizetype lane = known < 0 ? m_agents.size() - 1 : known;
        const QRectF at(left, plot.top() + static_cast<double>(lane) * laneHeight,
                        std::max(1.5, right - left - 0.5), bar);
        const QColor colour = colourOf(write.code);
        painter.setPen(QPen(colour, 1));
        // Whole when acknowledged, hollow when not: never by colour alone.
        painter.setBrush(write.code == QLatin1String("201") ? QBrush(colour) : QBrush(Qt::NoBrush));
        painter.drawRect(at.adjusted(0.5, 0.5, -0.5, -0.5));
    }
}

void FaultChart::drawFault(QPainter &painter, const QRectF &plot, const QRectF &lane) const {
    painter.setPen(theme().muted);
    painter.drawText(QRectF(0, lane.top(), plot.left() - 6, lane.height()), Qt::AlignRight | Qt::AlignVCenter,
                     tr("fault"));
    if (!m_trace->faultUs) {
        paintHatch(painter, lane);
        return;
    }
    const double struck = xOf(milliseconds(*m_trace->faultUs));
    if (struck <= plot.right()) {
        const double from = std::max(plot.left(), struck);
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme().invalid);
        painter.drawRect(QRectF(from, lane.top(), plot.right() - from, lane.height()));
    }
    if (struck >= plot.left() && struck <= plot.right()) {
        painter.setPen(QPen(theme().invalid, 1.5));
        painter.drawLine(QPointF(struck, plot.top()), QPointF(struck, lane.bottom()));
    }
}

void FaultChart::drawOver(QPainter &painter, const QRectF &plot) {
    if (!m_trace) // to be drawn as words in the next frame
        return;
    constexpr double kFaultHigh = 12;
    constexpr double kWordsHigh = 20;
    const double room = plot.height() - kFaultHigh - kWordsHigh - 6;
    const double laneHeight =
        std::min(26.0, room / static_cast<double>(std::max<qsizetype>(1, m_agents.size())));
    drawWrites(painter, plot, laneHeight);
    const double top = plot.top() + laneHeight * static_cast<double>(m_agents.size()) + 2;
    drawFault(painter, plot, QRectF(plot.left(), top, plot.width(), kFaultHigh));
    const bool exercised = m_trace->faultUs && m_trace->inFlight() > 0 && m_trace->effective != false;
    painter.setPen(exercised ? theme().muted : theme().warning);
    painter.drawText(QRectF(plot.left(), top + kFaultHigh + 2, plot.width(), 16),
                     Qt::AlignLeft | Qt::AlignTop,
                     tr("cycle %1 · %2 · %3").arg(m_trace->number).arg(m_trace->fault, verdict()));
    double right = plot.right();
    for (const auto &[code, text] :
         {std::pair{"000", tr("▯ failed")}, std::pair{"503", tr("▯ 503 no quorum")},
          std::pair{"201", tr("▮ 201 acknowledged")}}) {
        const double width = painter.fontMetrics().horizontalAdvance(text);
        painter.setPen(colourOf(QLatin1String(code)));
        painter.drawText(QRectF(right - width, top + kFaultHigh + 2, width, 16),
                         Qt::AlignRight | Qt::AlignTop, text);
        right -= width + 14;
    }
}

} // namespace slipway
