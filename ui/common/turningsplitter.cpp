// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/turningsplitter.h"

#include <algorithm>

namespace slipway {

namespace {

int minWidth(const QWidget &widget) {
    return std::max(widget.minimumWidth(), widget.minimumSizeHint().width());
}

} // namespace

TurningSplitter::TurningSplitter(QWidget *parent) : QSplitter(Qt::Horizontal, parent) {
    setChildrenCollapsible(false);
    setHandleWidth(17);
}

QSize TurningSplitter::minimumSizeHint() const {
    int widest = 0;
    for (int i = 0; i < count(); ++i)
        widest = std::max(widest, minWidth(*widget(i)));
    return {widest, QSplitter::minimumSizeHint().height()};
}

void TurningSplitter::resizeEvent(QResizeEvent *event) {
    int together = handleWidth() * (count() - 1);
    for (int i = 0; i < count(); ++i)
        together += minWidth(*widget(i));
    const auto fitting = width() < together ? Qt::Vertical : Qt::Horizontal;
    if (orientation() != fitting)
        setOrientation(fitting);
    QSplitter::resizeEvent(event);
}

} // namespace slipway
