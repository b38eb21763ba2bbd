// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/mainwindow/campaigndelegate.h"

#include "models/campaign/campaignlistmodel.h"
#include "ui/common/theme.h"
#include "ui/common/verdictmark.h"

#include <QPainter>

namespace slipway {

namespace {

constexpr int kHeading = 34;
constexpr int kRow = 46;
constexpr int kIcon = 15;

} // namespace

QSize CampaignDelegate::sizeHint(const QStyleOptionViewItem &, const QModelIndex &index) const {
    return {100, index.data(CampaignListModel::IdRole).toString().isEmpty() ? kHeading : kRow};
}

void CampaignDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                             const QModelIndex &index) const {
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const QRect r = option.rect;
    if (index.data(CampaignListModel::IdRole).toString().isEmpty()) {
        QFont font = smallFont();
        font.setWeight(QFont::DemiBold);
        painter->setFont(font);
        painter->setPen(theme().muted);
        painter->drawText(r.adjusted(16, 0, -8, -4), Qt::AlignLeft | Qt::AlignBottom,
                          index.data(Qt::DisplayRole).toString());
        painter->restore();
        return;
    }
    const QRectF card = QRectF(r).adjusted(8, 1, -8, -1);
    if (option.state.testFlag(QStyle::State_Selected)) {
        painter->setPen(Qt::NoPen);
        painter->setBrush(theme().selection);
        painter->drawRoundedRect(card, 6, 6);
    }
    const int verdict = index.data(CampaignListModel::VerdictRole).toInt();
    const bool running = index.data(CampaignListModel::RunningRole).toBool();
    const QRectF icon(card.left() + 8, card.center().y() - kIcon / 2.0, kIcon, kIcon);
    if (running || verdict >= 0)
        paintVerdict(*painter, icon, running ? std::nullopt : std::optional(static_cast<Verdict>(verdict)));
    else
        paintHatch(*painter, icon);
    QRectF text = card.adjusted(8 + kIcon + 10, 5, -8, -5);
    const QString side = index.data(CampaignListModel::SideRole).toString();
    if (!side.isEmpty()) {
        painter->setFont(smallFont());
        painter->setPen(theme().muted);
        painter->drawText(text, Qt::AlignRight | Qt::AlignVCenter, side);
        text.setRight(text.right() - QFontMetricsF(smallFont()).horizontalAdvance(side) - 8);
    }
    painter->setPen(theme().text);
    painter->setFont(option.font);
    const QFontMetricsF big(option.font);
    painter->drawText(text, Qt::AlignLeft | Qt::AlignTop,
                      big.elidedText(index.data(Qt::DisplayRole).toString(), Qt::ElideMiddle, text.width()));
    painter->setPen(theme().muted);
    painter->setFont(smallFont());
    painter->drawText(
        text, Qt::AlignLeft | Qt::AlignBottom,
        QFontMetricsF(smallFont())
            .elidedText(index.data(CampaignListModel::ReasonRole).toString(), Qt::ElideRight, text.width()));
    painter->restore();
}

} // namespace slipway
