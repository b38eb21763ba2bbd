// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>
#include <QPointer>

namespace slipway {

/// A frame over a window's upper part, in its middle: what is asked for in passing. Goes with Esc, or when
/// the focus goes elsewhere, and gives the focus back. Stops nothing that runs.
class Overlay : public QFrame {
    Q_OBJECT
public:
    explicit Overlay(QWidget &window);

    void open(QSize requested); ///< smaller where the window is
    void dismiss();

protected:
    bool event(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void place();

    QWidget &m_window;
    QSize m_requested;
    QPointer<QWidget> m_before; ///< had the focus
};

} // namespace slipway
