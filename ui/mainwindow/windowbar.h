// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QButtonGroup;
class QHBoxLayout;
class QPushButton;

namespace slipway {

/// The bar at the top: which page is shown, and what can be done on any of them.
class WindowBar : public QWidget {
    Q_OBJECT
public:
    explicit WindowBar(QWidget *parent = nullptr);

    void addPage(const QString &title);
    void setPage(int index);
    [[nodiscard]] QString pageTitle(int index) const;
    /// A button before the two of launching.
    QPushButton *addButton(const QString &text);
    /// Whether a campaign runs here, or one is being prepared.
    void setBusy(bool canStop, bool canLaunch);
    [[nodiscard]] bool canLaunch() const;

Q_SIGNALS:
    void pageChosen(int index);
    void paletteRequested();
    void launchRequested();
    void stopRequested();

private:
    QButtonGroup *m_pages;
    QHBoxLayout *m_pageRow;
    QHBoxLayout *m_buttonRow;
    QPushButton *m_stop;
    QPushButton *m_launch;
};

} // namespace slipway
