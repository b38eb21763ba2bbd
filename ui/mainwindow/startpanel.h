// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QBoxLayout;

namespace slipway {

/// What is shown while there is no campaign: three ways to begin, what each takes, and that things can be
/// dropped on the window.
class StartPanel : public QWidget {
    Q_OBJECT
public:
    explicit StartPanel(QWidget *parent = nullptr);

Q_SIGNALS:
    void sandboxRequested();
    void importRequested(); ///< of published runs
    void hostsRequested();

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    QBoxLayout *m_ways; ///< side by side where there is room
};

} // namespace slipway
