// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/fleet/hostdelegate.h"

#include "models/fleet/hostlistmodel.h"
#include "ui/common/theme.h"

namespace slipway {

QSize HostDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const {
    return {QStyledItemDelegate::sizeHint(option, index).width() + 20, index.parent().isValid() ? 26 : 32};
}

void HostDelegate::initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const {
    QStyledItemDelegate::initStyleOption(option, index);
    option->state &= ~(QStyle::State_HasFocus | QStyle::State_MouseOver); // the row says it
    if (!index.parent().isValid()) {
        option->font = smallFont();
        option->font.setWeight(QFont::DemiBold);
        option->palette.setColor(QPalette::Text, theme().muted);
        return;
    }
    if (index.column() != HostListModel::Condition)
        return;
    QColor color = theme().muted;
    switch (static_cast<HostCondition::State>(index.data(HostListModel::StateRole).toInt())) {
    case HostCondition::State::Unknown:
        break;
    case HostCondition::State::Asking:
        option->text.prepend(QStringLiteral("▸ "));
        color = theme().accent;
        break;
    case HostCondition::State::Well:
        option->text.prepend(QStringLiteral("✓ "));
        color = theme().proven;
        break;
    case HostCondition::State::Problem:
        option->text.prepend(QStringLiteral("✗ "));
        color = theme().fail;
        break;
    }
    option->palette.setColor(QPalette::Text, color);
    option->palette.setColor(QPalette::HighlightedText, color);
}

} // namespace slipway
