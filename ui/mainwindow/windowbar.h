// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QButtonGroup;
class QHBoxLayout;
class QLabel;
class QMenu;
class QPushButton;

namespace slipway {

/// The bar at the top: which page is shown, and what can be done on any of them. Where there is no room for
/// all of it the pages are in a menu and the buttons say less.
class WindowBar : public QWidget {
    Q_OBJECT
public:
    explicit WindowBar(QWidget *parent = nullptr);

    void addPage(const QString &title);
    void setPage(int index);
    [[nodiscard]] QString pageTitle(int index) const;
    /// Whether a campaign runs here, or one is being prepared.
    void setBusy(bool canStop, bool canLaunch);

    [[nodiscard]] QSize minimumSizeHint() const override; ///< of the compact bar

Q_SIGNALS:
    void pageChosen(int index);
    void paletteRequested();
    void launchRequested();
    void stopRequested();

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void arrange();
    void fit();
    void showTexts(bool compact);
    [[nodiscard]] int contentWidth() const;

    int m_fullWidth = 0; ///< that all of it needs
    QButtonGroup *m_pages;
    QLabel *m_name;
    QWidget *m_pageRow;
    QPushButton *m_pageButton; ///< in place of the row
    QMenu *m_pageMenu;
    QPushButton *m_field;
    QPushButton *m_stop;
    QPushButton *m_launch;
};

} // namespace slipway
