// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/trends/trendchart.h"

#include "models/core/quantitytext.h"
#include "ui/common/theme.h"
#include "ui/common/verdictmark.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace slipway {

namespace {

constexpr int kMax = 200;
constexpr double kLeft = 72;
constexpr double kTop = 12;
constexpr double kBottom = 56; // shapes and ids below the bars
constexpr double kIcon = 14;
constexpr double kWidest = 64;
constexpr int kGridLines = 4;

qint64 spanOf(const CampaignSummary &summary) {
    return summary.startedAt.isValid() && summary.finishedAt.isValid()
               ? summary.startedAt.msecsTo(summary.finishedAt)
               : 0;
}

} // namespace

TrendChart::TrendChart(QWidget *parent) : QWidget(parent) {
    setFocusPolicy(Qt::StrongFocus);
    setMinimumHeight(220);
}

void TrendChart::setCampaigns(const QList<CampaignSummary> &oldestFirst) {
    m_campaigns = oldestFirst.mid(std::max<qsizetype>(0, oldestFirst.size() - kMax));
    m_longest = 0;
    for (const CampaignSummary &one : std::as_const(m_campaigns))
        m_longest = std::max(m_longest, spanOf(one));
    m_current = static_cast<int>(m_campaigns.size()) - 1;
    setAccessibleName(tr("Verdict and duration of %1 campaigns").arg(m_campaigns.size()));
    update();
}

double TrendChart::pitch() const {
    const auto count = static_cast<double>(std::max<qsizetype>(1, m_campaigns.size()));
    return std::min(kWidest, (width() - kLeft - 16) / count);
}

int TrendChart::at(double x) const {
    const int index = static_cast<int>(std::floor((x - kLeft) / pitch()));
    return index >= 0 && index < m_campaigns.size() ? index : -1;
}

QString TrendChart::textOf(int index) const {
    const CampaignSummary &one = m_campaigns.at(index);
    const qint64 span = spanOf(one);
    return QStringLiteral("%1: %2, %3")
        .arg(one.id, one.verdict ? verdictLabel(*one.verdict, one.claim) : runStateName(one.state),
             span > 0 ? durationText(span) : tr("duration not recorded"));
}

void TrendChart::paintEvent(QPaintEvent *) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setFont(smallFont());
    const double plot = height() - kTop - kBottom;
    for (int line = 0; line <= kGridLines && m_longest > 0; ++line) {
        const double y = kTop + plot * line / kGridLines;
        painter.setPen(QPen(theme().line, 1));
        painter.drawLine(QPointF(kLeft, y), QPointF(width() - 16, y));
        painter.setPen(theme().muted);
        painter.drawText(QRectF(0, y - 8, kLeft - 8, 16), Qt::AlignRight | Qt::AlignVCenter,
                         durationText(m_longest * (kGridLines - line) / kGridLines, SpanTo::Second));
    }
    for (int i = 0; i < static_cast<int>(m_campaigns.size()); ++i) {
        const CampaignSummary &one = m_campaigns.at(i);
        const double x = kLeft + i * pitch();
        const double wide = std::max(2.0, std::min(28.0, pitch() - 4));
        const qint64 span = spanOf(one);
        const QColor color = one.verdict ? theme().of(*one.verdict) : theme().accent;
        if (span > 0) {
            const double high = plot * static_cast<double>(span) / static_cast<double>(m_longest);
            QColor fill = color;
            fill.setAlpha(110);
            painter.fillRect(QRectF(x + (pitch() - wide) / 2, kTop + plot - high, wide, high), fill);
        } else {
            paintHatch(painter, QRectF(x + (pitch() - wide) / 2, kTop + plot - 24, wide, 24));
        }
        const double side = std::min(kIcon, pitch());
        paintVerdict(painter, QRectF(x + (pitch() - side) / 2, kTop + plot + 8, side, side),
                     isUnderway(one) ? std::nullopt
                                     : std::optional(one.verdict.value_or(Verdict::NoEvidence)));
        if (i == m_current && hasFocus()) {
            painter.setPen(QPen(theme().accent, 1.5));
            painter.setBrush(Qt::NoBrush);
            painter.drawRoundedRect(QRectF(x + 1, kTop, pitch() - 2, plot + 28), 4, 4);
        }
        const int every = static_cast<int>(std::ceil(40 / pitch()));
        const int slot = slotOf(one.id);
        if (i % every == 0 && slot >= 0) {
            painter.setPen(theme().muted);
            painter.drawText(QRectF(x - 20, kTop + plot + 28, pitch() + 40, 16), Qt::AlignCenter,
                             QString::number(slot));
        }
    }
}

void TrendChart::mousePressEvent(QMouseEvent *event) {
    if (const int index = at(event->position().x()); index >= 0)
        Q_EMIT chosen(m_campaigns.at(index).id);
}

void TrendChart::keyPressEvent(QKeyEvent *event) {
    const int last = static_cast<int>(m_campaigns.size()) - 1;
    if (last >= 0 && (event->key() == Qt::Key_Left || event->key() == Qt::Key_Right)) {
        m_current = std::clamp(m_current + (event->key() == Qt::Key_Right ? 1 : -1), 0, last);
        setAccessibleDescription(textOf(m_current));
        update();
    } else if (last >= 0 && event->key() == Qt::Key_Return) {
        Q_EMIT chosen(m_campaigns.at(m_current).id);
    } else {
        QWidget::keyPressEvent(event);
    }
}

bool TrendChart::event(QEvent *event) {
    if (event->type() != QEvent::ToolTip)
        return QWidget::event(event);
    const auto *help = static_cast<QHelpEvent *>(event);
    const int index = at(help->pos().x());
    QToolTip::showText(help->globalPos(), index < 0 ? QString() : textOf(index).toHtmlEscaped(), this);
    return true;
}

} // namespace slipway
