// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/overlay.h"

#include <QApplication>
#include <QKeyEvent>

namespace slipway {

namespace {

constexpr int kTop = 56; // under the window's bar
constexpr int kMargin = 16;

} // namespace

Overlay::Overlay(QWidget &window) : QFrame(&window), m_window(window) {
    setObjectName(QStringLiteral("popup"));
    setFocusPolicy(Qt::StrongFocus);
    hide();
    window.installEventFilter(this);
    connect(qApp, &QApplication::focusChanged, this, [this](const QWidget *, const QWidget *now) {
        if (isVisible() && now && now != this && !isAncestorOf(now))
            hide();
    });
}

void Overlay::open(QSize requested) {
    m_before = QApplication::focusWidget();
    m_requested = requested;
    place();
    show();
    raise();
    setFocus();
}

void Overlay::place() {
    const QSize size = m_requested.boundedTo(m_window.size() - QSize(2 * kMargin, kTop + kMargin));
    setGeometry((m_window.width() - size.width()) / 2, kTop, size.width(), size.height());
}

void Overlay::dismiss() {
    hide();
    if (m_before)
        m_before->setFocus();
}

// A letter that is typed here is not a command of the page below.
bool Overlay::event(QEvent *event) {
    if (event->type() == QEvent::ShortcutOverride &&
        !(static_cast<QKeyEvent *>(event)->modifiers() & (Qt::ControlModifier | Qt::AltModifier))) {
        event->accept();
        return true;
    }
    return QFrame::event(event);
}

void Overlay::keyPressEvent(QKeyEvent *event) {
    if (event->key() == Qt::Key_Escape)
        dismiss();
    else
        QFrame::keyPressEvent(event);
}

bool Overlay::eventFilter(QObject *watched, QEvent *event) {
    if (watched == &m_window && event->type() == QEvent::Resize && isVisible())
        place();
    return false;
}

} // namespace slipway
