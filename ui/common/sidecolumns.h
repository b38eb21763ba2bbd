// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPointer>
#include <QWidget>

#include <array>

class QPushButton;
class QSplitter;

namespace slipway {

/// A view with a column on its left and one on its right. Where there is no room for three the right one, and
/// below that the left one too, becomes a drawer over the middle: a button opens it, Esc, the button or a
/// turn elsewhere closes it. Widths are bounded whatever is dragged or was saved, so that nothing leaves the
/// window.
class SideColumns : public QWidget {
    Q_OBJECT
public:
    enum class Side { Left, Right };

    /// Takes the three over. The columns' accessible names are the buttons' texts.
    SideColumns(QWidget *left, QWidget *middle, QWidget *right, QWidget *parent = nullptr);

    void setUseful(Side side, bool useful); ///< else it is not shown at all
    [[nodiscard]] bool isDrawer(Side side) const { return column(side).drawer; }
    [[nodiscard]] bool isShown(Side side) const;
    void reveal(Side side);
    void toggle(Side side);
    void closeDrawers();

    /// Of the columns, in pixels; those of a window that was smaller or larger are bounded.
    [[nodiscard]] QList<int> widths() const;
    void setWidths(const QList<int> &widths);

protected:
    void resizeEvent(QResizeEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    struct Column {
        QWidget *widget = nullptr;
        QPushButton *button = nullptr;
        int width = 0;
        bool drawer = false;
        bool hidden = false; ///< by a person, where it is not a drawer
        bool useful = true;
    };

    [[nodiscard]] const Column &column(Side side) const { return m_columns.at(side == Side::Left ? 0 : 1); }
    [[nodiscard]] Column &column(Side side) { return m_columns.at(side == Side::Left ? 0 : 1); }
    [[nodiscard]] int em() const;
    void arrange();
    void setDrawer(Side side, bool drawer);
    void place(Side side);
    void bound(Side side);

    QSplitter *m_split;
    QWidget *m_bar; ///< the buttons of drawers
    std::array<Column, 2> m_columns;
    QPointer<QWidget> m_before; ///< had the focus before a drawer was opened
};

} // namespace slipway
