// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/cyclestrip.h"

#include "ui/charts/cycletext.h"
#include "ui/common/theme.h"
#include "ui/common/verdictmark.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

#include <algorithm>

namespace slipway {

namespace {

constexpr int kCell = 14;
constexpr int kLabel = 176;
constexpr int kTotal = 104;

} // namespace

CycleStrip::CycleStrip(const CycleData &cycles, QWidget *parent) : QWidget(parent), m_data(cycles) {
    setAccessibleName(tr("Cycles by fault class"));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
}

void CycleStrip::grew() {
    QStringList totals;
    for (const CycleSeries &series : m_data.classes())
        totals << tr("%1: %2").arg(series.fault(), totalOf(series));
    if (m_data.leftOut() > 0)
        totals << tr("%L1 cycles of further fault classes are not shown").arg(m_data.leftOut());
    setAccessibleDescription(totals.join(QStringLiteral("; ")));
    updateGeometry();
    update();
}

void CycleStrip::setSelected(int cycle) {
    m_selected = cycle;
    update();
}

QSize CycleStrip::sizeHint() const {
    const int rows = static_cast<int>(m_data.classes().size()) + (m_data.leftOut() > 0 ? 1 : 0);
    return {400, std::max(1, rows) * kRow + 4};
}

QRectF CycleStrip::cellArea() const {
    return {double(kLabel), 2, double(std::max(10, width() - kLabel - kTotal)), double(height() - 4)};
}

int CycleStrip::cycleCount() const {
    return std::max({m_data.planned(), m_data.last(), 1});
}

int CycleStrip::cellCount() const {
    return std::min(cycleCount(), static_cast<int>(cellArea().width()));
}

int CycleStrip::cycleAt(double x) const {
    const QRectF area = cellArea();
    if (x < area.left() || x >= area.right())
        return 0;
    const auto cycle = static_cast<int>((x - area.left()) / area.width() * cycleCount()) + 1;
    return cycle <= m_data.last() ? cycle : 0;
}

QString CycleStrip::totalOf(const CycleSeries &series) {
    if (series.size() == 0)
        return tr("not run");
    if (series.allMeasured())
        return QStringLiteral("%1 / %2").arg(series.converged()).arg(series.acked());
    return series.acked() == 0 ? tr("not measured") : tr("not all measured");
}

CycleStrip::Cell CycleStrip::cellOf(const CycleSeries &series, int cell) const {
    const qint64 count = cycleCount();
    Cell of;
    of.first = static_cast<int>(cell * count / cellCount()) + 1;
    of.last = static_cast<int>((cell + 1) * count / cellCount());
    const qsizetype from = series.indexFrom(of.first);
    const qsizetype to = series.indexFrom(double(of.last) + 1);
    const Extent share = series.column(Measure::ConvergedShare).extent(from, to);
    const Extent rows = series.column(Measure::RowShare).extent(from, to);
    if (share.hasValue() && share.low < kWhole) {
        of.look = Look::Lost;
        of.share = static_cast<double>(share.low) / kWhole;
    } else if (rows.hasValue()) {
        of.look = Look::Counted;
        of.share = static_cast<double>(rows.low) / kWhole;
    } else if (share.missing) {
        of.look = Look::Unmeasured;
    } else if (to - from == of.last - of.first + 1) {
        of.look = Look::Kept;
    }
    return of;
}

void CycleStrip::paintCell(QPainter &painter, const QRectF &at, const Cell &cell) {
    if (cell.look == Look::Kept) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme().proven);
        painter.drawRoundedRect(at, 1.5, 1.5);
    } else if (cell.look == Look::Lost || cell.look == Look::Counted) {
        const QColor colour = cell.look == Look::Lost ? theme().fail : theme().muted;
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(colour, 1));
        if (at.width() > 3)
            painter.drawRoundedRect(at.adjusted(0.5, 0.5, -0.5, -0.5), 1.5, 1.5);
        const double high = std::max(2.0, cell.share * at.height());
        painter.fillRect(QRectF(at.left(), at.bottom() - high, at.width(), high), colour);
    } else {
        painter.setOpacity(cell.look == Look::Unmeasured ? 1 : 0.35);
        paintHatch(painter, at);
        painter.setOpacity(1);
    }
}

void CycleStrip::paintRow(QPainter &painter, const CycleSeries &series, double top) const {
    painter.setPen(theme().text);
    painter.drawText(QRectF(0, top, kLabel - 8, kCell + 2), Qt::AlignLeft | Qt::AlignVCenter,
                     painter.fontMetrics().elidedText(series.fault(), Qt::ElideRight, kLabel - 8));
    painter.setPen(theme().muted);
    painter.drawText(QRectF(width() - kTotal, top, kTotal, kCell + 2), Qt::AlignRight | Qt::AlignVCenter,
                     totalOf(series));
    const QRectF area = cellArea();
    const int cells = cellCount();
    const double pitch = area.width() / cells;
    const double gap = pitch > 5 ? 2 : pitch > 2 ? 1 : 0;
    for (int i = 0; i < cells;) {
        const Cell cell = cellOf(series, i);
        int end = i + 1;
        // Narrow cells of one hatch are hatched as one.
        while (gap == 0 && cell.isHatched() && end < cells && cellOf(series, end).look == cell.look)
            ++end;
        paintCell(painter,
                  QRectF(area.left() + i * pitch, top, std::max(1.0, (end - i) * pitch - gap), kCell), cell);
        i = end;
    }
    if (m_selected > 0 && m_selected <= cycleCount()) {
        const auto at = static_cast<int>(qint64(m_selected - 1) * cells / cycleCount());
        const QRectF cell(area.left() + at * pitch, top, std::max(1.0, pitch - gap), kCell);
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(theme().accent, 2));
        painter.drawRoundedRect(cell.adjusted(-1.5, -1.5, 1.5, 1.5), 3, 3);
    }
}

void CycleStrip::paintEvent(QPaintEvent *event) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setFont(font());
    double top = cellArea().top();
    for (const CycleSeries &series : m_data.classes()) {
        if (top + kRow >= event->rect().top() && top <= event->rect().bottom())
            paintRow(painter, series, top);
        top += kRow;
    }
    if (m_data.leftOut() > 0) {
        painter.setPen(theme().muted);
        painter.drawText(QRectF(0, top, width(), kCell + 2), Qt::AlignLeft | Qt::AlignVCenter,
                         tr("%L1 cycles of further fault classes are not shown").arg(m_data.leftOut()));
    }
    if (hasFocus()) {
        painter.setPen(QPen(theme().accent, 1));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(cellArea().adjusted(-4, -1.5, 4, 1.5), 4, 4);
    }
}

QString CycleStrip::hoverText(const QPointF &at) const {
    const auto row = static_cast<size_t>(std::max(0.0, (at.y() - cellArea().top()) / kRow));
    const int cycle = cycleAt(at.x());
    if (row >= m_data.classes().size())
        return {};
    const CycleSeries &series = m_data.classes()[row];
    if (at.x() < kLabel)
        return series.fault();
    if (cycle == 0)
        return {};
    const Cell cell = cellOf(series, static_cast<int>(qint64(cycle - 1) * cellCount() / cycleCount()));
    const qsizetype from = series.indexFrom(cell.first);
    const qsizetype to = series.indexFrom(double(cell.last) + 1);
    if (from == to)
        return tr("%1: cycle %2 has not run").arg(series.fault()).arg(cycle);
    qsizetype worst = from;
    for (qsizetype index = from; index < to; ++index) {
        const auto rank = [&](qsizetype of) { // what is lost before what is unknown
            const qint32 share = series.column(Measure::ConvergedShare).at(of);
            return share == kWhole ? 2.0 : share < 0 ? 1.5 : share / double(kWhole);
        };
        if (rank(index) < rank(worst))
            worst = index;
    }
    return (to - from == 1 ? tr("cycle %1").arg(series.number(worst))
                           : tr("the worst of cycles %1 to %2: cycle %3")
                                 .arg(cell.first)
                                 .arg(cell.last)
                                 .arg(series.number(worst))) +
           QLatin1Char('\n') + cycleText(series, worst);
}

void CycleStrip::mousePressEvent(QMouseEvent *event) {
    if (const int cycle = cycleAt(event->position().x()); cycle > 0)
        Q_EMIT cycleClicked(cycle);
}

void CycleStrip::mouseMoveEvent(QMouseEvent *event) {
    showHint(event->globalPosition().toPoint(), hoverText(event->position()), *this);
}

void CycleStrip::keyPressEvent(QKeyEvent *event) {
    int to = 0;
    if (event->key() == Qt::Key_Left)
        to = m_selected - 1;
    else if (event->key() == Qt::Key_Right)
        to = m_selected + 1;
    else if (event->key() == Qt::Key_Home)
        to = 1;
    else if (event->key() == Qt::Key_End)
        to = m_data.last();
    else
        return QWidget::keyPressEvent(event);
    if (m_data.last() > 0)
        Q_EMIT cycleClicked(std::clamp(to, 1, m_data.last()));
}

} // namespace slipway
