// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/cyclestrip.h"

#include "models/cycles/cycletablemodel.h"
#include "ui/common/theme.h"

#include <QMouseEvent>
#include <QPainter>

#include <algorithm>

namespace slipway {

namespace {

constexpr int kRow = 22;
constexpr int kCell = 14;
constexpr int kLabel = 176;
constexpr int kTotal = 96;

QString totalText(const QHash<int, Cycle> &cycles) {
    qint64 acked = 0;
    qint64 converged = 0;
    bool known = !cycles.isEmpty();
    for (const Cycle &cycle : cycles) {
        known = known && cycle.ok && cycle.converged;
        acked += cycle.ok.value_or(0);
        converged += cycle.converged.value_or(0);
    }
    return known              ? QStringLiteral("%1 / %2").arg(converged).arg(acked)
           : cycles.isEmpty() ? CycleStrip::tr("not run")
                              : CycleStrip::tr("not measured");
}

} // namespace

CycleStrip::CycleStrip(QWidget *parent) : QWidget(parent) {
    setAccessibleName(tr("Cycles by fault class"));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void CycleStrip::setPlan(const QStringList &faults, int cycles) {
    m_faults = faults;
    m_planned = cycles;
    updateGeometry();
    update();
}

void CycleStrip::setCycles(const QList<Cycle> &cycles) {
    m_cycles.clear();
    m_last = 0;
    append(cycles);
}

void CycleStrip::append(const QList<Cycle> &cycles) {
    for (const Cycle &cycle : cycles) {
        m_cycles[cycle.fault].insert(cycle.number, cycle);
        m_last = std::max(m_last, cycle.number);
        if (!m_faults.contains(cycle.fault)) {
            m_faults << cycle.fault;
            updateGeometry();
        }
    }
    update();
}

void CycleStrip::setSelected(int cycle) {
    m_selected = cycle;
    update();
}

QSize CycleStrip::sizeHint() const {
    return {400, std::max<int>(1, static_cast<int>(m_faults.size())) * kRow + 4};
}

QRectF CycleStrip::cellArea() const {
    return {double(kLabel), 2, double(std::max(10, width() - kLabel - kTotal)), double(height() - 4)};
}

void CycleStrip::paintEvent(QPaintEvent *) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF area = cellArea();
    const int count = std::max({m_planned, m_last, 1});
    const double pitch = area.width() / count;
    const double gap = pitch > 5 ? 2 : pitch > 2 ? 1 : 0;
    for (qsizetype row = 0; row < m_faults.size(); ++row) {
        const QString &fault = m_faults.at(row);
        const double top = area.top() + static_cast<double>(row) * kRow;
        painter.setPen(theme().text);
        painter.setFont(font());
        painter.drawText(QRectF(0, top, kLabel - 8, kCell + 2), Qt::AlignLeft | Qt::AlignVCenter,
                         painter.fontMetrics().elidedText(fault, Qt::ElideRight, kLabel - 8));
        const QHash<int, Cycle> cycles = m_cycles.value(fault);
        painter.setPen(theme().muted);
        painter.drawText(QRectF(width() - kTotal + 8, top, kTotal - 8, kCell + 2),
                         Qt::AlignRight | Qt::AlignVCenter, totalText(cycles));
        for (int number = 1; number <= count; ++number) {
            const QRectF cell(area.left() + (number - 1) * pitch, top, std::max(1.0, pitch - gap), kCell);
            const auto cycle = cycles.constFind(number);
            const CycleOutcome outcome =
                cycle == cycles.constEnd() ? CycleOutcome::Unknown : outcomeOf(*cycle);
            if (outcome == CycleOutcome::Kept) {
                painter.setPen(Qt::NoPen);
                painter.setBrush(theme().proven);
                painter.drawRoundedRect(cell, 1.5, 1.5);
            } else if (outcome == CycleOutcome::Lost) {
                const double share = static_cast<double>(*cycle->converged) / static_cast<double>(*cycle->ok);
                painter.setBrush(Qt::NoBrush);
                painter.setPen(QPen(theme().fail, 1));
                painter.drawRoundedRect(cell.adjusted(0.5, 0.5, -0.5, -0.5), 1.5, 1.5);
                painter.fillRect(QRectF(cell.left(), cell.bottom() - share * cell.height(), cell.width(),
                                        share * cell.height()),
                                 theme().fail);
            } else {
                painter.setOpacity(cycle == cycles.constEnd() ? 0.35 : 1);
                paintHatch(painter, cell);
                painter.setOpacity(1);
            }
            if (number == m_selected) {
                painter.setBrush(Qt::NoBrush);
                painter.setPen(QPen(theme().accent, 2));
                painter.drawRoundedRect(cell.adjusted(-1.5, -1.5, 1.5, 1.5), 3, 3);
            }
        }
    }
}

void CycleStrip::mousePressEvent(QMouseEvent *event) {
    const QRectF area = cellArea();
    const int count = std::max({m_planned, m_last, 1});
    const double at = (event->position().x() - area.left()) / area.width() * count;
    const int cycle = static_cast<int>(at) + 1;
    if (at >= 0 && cycle <= m_last)
        Q_EMIT cycleClicked(cycle);
}

} // namespace slipway
