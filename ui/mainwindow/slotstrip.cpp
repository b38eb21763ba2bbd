// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/mainwindow/slotstrip.h"

#include "models/campaign/versionorder.h"
#include "ui/common/theme.h"
#include "ui/common/verdictmark.h"

#include <QHash>
#include <QHelpEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>

namespace slipway {

namespace {

constexpr int kMax = 400;
constexpr int kMin = 8;
constexpr int kCell = 12;
constexpr int kPitch = 15;
constexpr int kMargin = 16;
constexpr int kTitle = 22;

} // namespace

SlotStrip::SlotStrip(QWidget *parent) : QWidget(parent) {
    QSizePolicy policy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    hide();
}

void SlotStrip::setEntries(const QList<CampaignEntry> &entries, const QString &id) {
    QHash<QString, int> sizes;
    for (const CampaignEntry &entry : entries) {
        if (entry.slot >= 0)
            ++sizes[entry.series];
    }
    QString series = seriesOf(id);
    if (sizes.value(series) < kMin) {
        for (auto it = sizes.constBegin(); it != sizes.constEnd(); ++it) {
            if (it.value() > sizes.value(series) || (it.value() == sizes.value(series) && it.key() < series))
                series = it.key();
        }
    }
    setVisible(sizes.value(series) >= kMin);
    m_series = series;
    m_selected = id;
    int last = 0;
    for (const CampaignEntry &entry : entries) {
        if (entry.series == series)
            last = std::max(last, entry.slot);
    }
    m_first = std::max(1, last - kMax + 1);
    m_slots = QList<Slot>(last - m_first + 1);
    for (const CampaignEntry &entry : entries) {
        if (entry.series == series && entry.slot >= m_first)
            m_slots[entry.slot - m_first] = {entry.summary.id, entry.summary.verdict, entry.summary.claim};
    }
    const auto arrived =
        std::count_if(m_slots.begin(), m_slots.end(), [](const Slot &slot) { return !slot.id.isEmpty(); });
    setAccessibleName(tr("%1: %2 slots, %3 arrived").arg(series).arg(m_slots.size()).arg(arrived));
    updateGeometry();
    update();
}

int SlotStrip::perRow(int width) const {
    return std::max(1, (width - 2 * kMargin + kPitch - kCell) / kPitch);
}

QSize SlotStrip::sizeHint() const {
    return {240, heightForWidth(240)};
}

int SlotStrip::heightForWidth(int width) const {
    const int rows = (static_cast<int>(m_slots.size()) + perRow(width) - 1) / perRow(width);
    return kTitle + rows * kPitch + 12;
}

QRectF SlotStrip::cell(qsizetype index) const {
    const int columns = perRow(width());
    return {kMargin + static_cast<double>(index % columns) * kPitch,
            kTitle + static_cast<double>(index / columns) * kPitch, kCell, kCell};
}

qsizetype SlotStrip::at(const QPointF &position) const {
    for (qsizetype i = 0; i < m_slots.size(); ++i) {
        if (cell(i).adjusted(-1, -1, 2, 2).contains(position))
            return i;
    }
    return -1;
}

void SlotStrip::paintEvent(QPaintEvent *) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    QFont font = smallFont();
    font.setWeight(QFont::DemiBold);
    painter.setFont(font);
    painter.setPen(theme().muted);
    painter.drawText(
        QRect(kMargin, 0, width() - 2 * kMargin, kTitle - 4), Qt::AlignLeft | Qt::AlignVCenter,
        QFontMetrics(font).elidedText(tr("%1 · %2 slots").arg(m_series).arg(m_first + m_slots.size() - 1),
                                      Qt::ElideMiddle, width() - 2 * kMargin));
    for (qsizetype i = 0; i < m_slots.size(); ++i) {
        const Slot &slot = m_slots.at(i);
        const QRectF r = cell(i).adjusted(0.5, 0.5, -0.5, -0.5);
        painter.setBrush(Qt::NoBrush);
        if (slot.id.isEmpty()) {
            painter.setPen(QPen(theme().line, 1, Qt::DotLine));
            painter.drawRoundedRect(r, 2, 2);
            continue;
        }
        const QColor color = slot.verdict ? theme().of(*slot.verdict) : theme().accent;
        if (!slot.verdict || *slot.verdict == Verdict::NoEvidence) {
            paintHatch(painter, r);
        } else {
            QColor fill = color;
            const bool green = *slot.verdict == Verdict::Proven || *slot.verdict == Verdict::UnprovenPass;
            fill.setAlpha(green ? 150 : 0);
            painter.setBrush(fill);
        }
        painter.setPen(QPen(color, 1));
        painter.drawRoundedRect(r, 2, 2);
        if (slot.verdict == Verdict::Fail) {
            painter.drawLine(r.topLeft() + QPointF(3, 3), r.bottomRight() - QPointF(3, 3));
            painter.drawLine(r.topRight() + QPointF(-3, 3), r.bottomLeft() + QPointF(3, -3));
        } else if (slot.verdict == Verdict::InvalidEvidence) {
            painter.drawLine(r.topRight() + QPointF(-3, 3), r.bottomLeft() + QPointF(3, -3));
        }
        if (slot.id == m_selected) {
            painter.setBrush(Qt::NoBrush);
            painter.setPen(QPen(theme().accent, 1.5));
            painter.drawRoundedRect(r.adjusted(-1.5, -1.5, 1.5, 1.5), 3, 3);
        }
    }
}

void SlotStrip::mousePressEvent(QMouseEvent *event) {
    const qsizetype index = at(event->position());
    if (index >= 0 && !m_slots.at(index).id.isEmpty())
        Q_EMIT chosen(m_slots.at(index).id);
}

bool SlotStrip::event(QEvent *event) {
    if (event->type() != QEvent::ToolTip)
        return QWidget::event(event);
    const auto *help = static_cast<QHelpEvent *>(event);
    const qsizetype index = at(help->pos());
    if (index < 0) {
        QToolTip::hideText();
        return true;
    }
    const Slot &slot = m_slots.at(index);
    const QString id = QStringLiteral("%1-r%2").arg(m_series).arg(m_first + index);
    QToolTip::showText(help->globalPos(),
                       (slot.id.isEmpty() ? tr("%1: none arrived").arg(id)
                        : slot.verdict
                            ? QStringLiteral("%1: %2").arg(slot.id, verdictLabel(*slot.verdict, slot.claim))
                            : slot.id)
                           .toHtmlEscaped(),
                       this);
    return true;
}

} // namespace slipway
