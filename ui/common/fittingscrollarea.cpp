// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/fittingscrollarea.h"

#include <QEvent>
#include <QScrollBar>

namespace slipway {

FittingScrollArea::FittingScrollArea(QWidget *parent) : QScrollArea(parent) {
    setFrameShape(QFrame::NoFrame);
    setWidgetResizable(true);
    setFocusPolicy(Qt::NoFocus);
}

QSize FittingScrollArea::minimumSizeHint() const {
    const QSize min = QScrollArea::minimumSizeHint();
    return widget() ? QSize(widget()->minimumSizeHint().width() + verticalScrollBar()->sizeHint().width(),
                            min.height())
                    : min;
}

bool FittingScrollArea::eventFilter(QObject *watched, QEvent *event) {
    const bool done = QScrollArea::eventFilter(watched, event);
    if (watched == widget() && event->type() == QEvent::LayoutRequest) {
        updateGeometry();
        limitHeight();
    }
    return done;
}

void FittingScrollArea::resizeEvent(QResizeEvent *event) {
    QScrollArea::resizeEvent(event);
    limitHeight();
}

void FittingScrollArea::limitHeight() {
    if (sizePolicy().verticalPolicy() == QSizePolicy::Maximum && widget() && widget()->hasHeightForWidth())
        setMaximumHeight(widget()->heightForWidth(viewport()->width()));
}

} // namespace slipway
