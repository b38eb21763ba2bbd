// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>
#include <QTimer>

#include <functional>

class QLabel;
class QProgressBar;
class QPushButton;

namespace slipway {

/// What just happened, low in the middle of the window, with one thing that can be done about it: undo,
/// cancel. Never takes the focus. Goes by itself after a while, but not while something is under way.
class Notice : public QFrame {
    Q_OBJECT
public:
    explicit Notice(QWidget &window);

    void showText(const QString &text, const QString &button = {}, const std::function<void()> &run = {});
    /// Stays until showText() or the button. A total of 0: how much there is is not known yet.
    void showProgress(const QString &text, qint64 done, qint64 total, const QString &button,
                      const std::function<void()> &run);
    void dismiss();
    [[nodiscard]] QString text() const;

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void present(const QString &text, const QString &button, const std::function<void()> &run);
    void place();

    QWidget &m_window;
    QLabel *m_text;
    QProgressBar *m_bar;
    QPushButton *m_button;
    std::function<void()> m_run;
    QTimer m_timer;
};

} // namespace slipway
