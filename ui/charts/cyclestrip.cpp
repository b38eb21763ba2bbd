// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/cyclestrip.h"

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

} // namespace

CycleStrip::CycleStrip(QWidget *parent) : QWidget(parent) {
    setAccessibleName(tr("Cycles by fault class"));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void CycleStrip::setPlan(const QStringList &faults, int cycles) {
    m_rows.clear();
    for (const QString &fault : faults)
        m_rows.append({fault, {}, 0, 0, true});
    m_planned = cycles;
    updateGeometry();
    update();
}

void CycleStrip::setCycles(const QList<Cycle> &cycles) {
    for (Row &row : m_rows)
        row = {row.fault, {}, 0, 0, true};
    m_last = 0;
    append(cycles);
}

void CycleStrip::append(const QList<Cycle> &cycles) {
    for (const Cycle &cycle : cycles) {
        if (cycle.number < 1)
            continue;
        auto row = std::find_if(m_rows.begin(), m_rows.end(),
                                [&](const Row &known) { return known.fault == cycle.fault; });
        if (row == m_rows.end()) {
            m_rows.append({cycle.fault, {}, 0, 0, true});
            row = m_rows.end() - 1;
            updateGeometry();
        }
        Cell cell{outcomeOf(cycle), true, 0};
        if (cell.outcome == CycleOutcome::Unknown) {
            row->allMeasured = false;
        } else {
            cell.share = static_cast<double>(*cycle.converged) / static_cast<double>(*cycle.ok);
            row->acked += *cycle.ok;
            row->converged += *cycle.converged;
        }
        if (row->cells.size() < cycle.number)
            row->cells.resize(cycle.number);
        row->cells[cycle.number - 1] = cell;
        m_last = std::max(m_last, cycle.number);
    }
    update();
}

void CycleStrip::setSelected(int cycle) {
    m_selected = cycle;
    update();
}

QSize CycleStrip::sizeHint() const {
    return {400, std::max<int>(1, static_cast<int>(m_rows.size())) * kRow + 4};
}

QRectF CycleStrip::cellArea() const {
    return {double(kLabel), 2, double(std::max(10, width() - kLabel - kTotal)), double(height() - 4)};
}

int CycleStrip::cycleCount() const {
    return std::max({m_planned, m_last, 1});
}

QString CycleStrip::totalOf(const Row &row) {
    if (row.cells.isEmpty())
        return tr("not run");
    return row.allMeasured ? QStringLiteral("%1 / %2").arg(row.converged).arg(row.acked)
                           : tr("not all measured");
}

CycleStrip::Cell CycleStrip::worstOf(const Row &row, int first, int last) {
    Cell worst{CycleOutcome::Kept, true, 1};
    for (int number = first; number <= last; ++number) {
        const Cell cell = number <= row.cells.size() ? row.cells.at(number - 1) : Cell();
        const bool lost = cell.outcome == CycleOutcome::Lost;
        if (lost && (worst.outcome != CycleOutcome::Lost || cell.share < worst.share))
            worst = cell;
        else if (!lost && cell.outcome == CycleOutcome::Unknown && worst.outcome == CycleOutcome::Kept)
            worst = cell;
    }
    return worst;
}

void CycleStrip::paintCell(QPainter &painter, const QRectF &at, const Cell &cell) {
    if (cell.outcome == CycleOutcome::Kept) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme().proven);
        painter.drawRoundedRect(at, 1.5, 1.5);
    } else if (cell.outcome == CycleOutcome::Lost) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(theme().fail, 1));
        painter.drawRoundedRect(at.adjusted(0.5, 0.5, -0.5, -0.5), 1.5, 1.5);
        const double high = cell.share * at.height();
        painter.fillRect(QRectF(at.left(), at.bottom() - high, at.width(), high), theme().fail);
    } else {
        painter.setOpacity(cell.ran ? 1 : 0.35);
        paintHatch(painter, at);
        painter.setOpacity(1);
    }
}

void CycleStrip::paintRow(QPainter &painter, const Row &row, double top) const {
    painter.setPen(theme().text);
    painter.drawText(QRectF(0, top, kLabel - 8, kCell + 2), Qt::AlignLeft | Qt::AlignVCenter,
                     painter.fontMetrics().elidedText(row.fault, Qt::ElideRight, kLabel - 8));
    painter.setPen(theme().muted);
    painter.drawText(QRectF(width() - kTotal, top, kTotal, kCell + 2), Qt::AlignRight | Qt::AlignVCenter,
                     totalOf(row));
    const QRectF area = cellArea();
    const int count = cycleCount();
    const int cells = std::min(count, static_cast<int>(area.width()));
    const double pitch = area.width() / cells;
    const double gap = pitch > 5 ? 2 : pitch > 2 ? 1 : 0;
    for (int i = 0; i < cells; ++i) {
        const int first = static_cast<int>(qint64(i) * count / cells) + 1;
        const int last = static_cast<int>(qint64(i + 1) * count / cells);
        const QRectF at(area.left() + i * pitch, top, std::max(1.0, pitch - gap), kCell);
        paintCell(painter, at, worstOf(row, first, last));
        if (m_selected >= first && m_selected <= last) {
            painter.setBrush(Qt::NoBrush);
            painter.setPen(QPen(theme().accent, 2));
            painter.drawRoundedRect(at.adjusted(-1.5, -1.5, 1.5, 1.5), 3, 3);
        }
    }
}

void CycleStrip::paintEvent(QPaintEvent *) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setFont(font());
    double top = cellArea().top();
    for (const Row &row : std::as_const(m_rows)) {
        paintRow(painter, row, top);
        top += kRow;
    }
}

void CycleStrip::mousePressEvent(QMouseEvent *event) {
    const QRectF area = cellArea();
    const double at = (event->position().x() - area.left()) / area.width() * cycleCount();
    const int cycle = static_cast<int>(at) + 1;
    if (at >= 0 && cycle <= m_last)
        Q_EMIT cycleClicked(cycle);
}

} // namespace slipway
