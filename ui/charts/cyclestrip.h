// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/cycles/series.h"

#include <QWidget>

namespace slipway {

/// A row per fault class, a cell per cycle: whole when every acknowledged write is on every survivor, a low
/// bar with an outline when some are lost, the same in grey where only rows were counted, hatched when
/// nothing was measured or the cycle has not run. Where there are more cycles than pixels, a cell is several
/// and shows the worst of them. The arrow keys move the selected cycle.
class CycleStrip : public QWidget {
    Q_OBJECT
public:
    explicit CycleStrip(const CycleData &cycles, QWidget *parent = nullptr); ///< `cycles` outlive it

    void grew(); ///< or is another campaign's
    void setSelected(int cycle);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QString hoverText(const QPointF &at) const;

    static constexpr int kRow = 22; ///< height of a class

Q_SIGNALS:
    void cycleClicked(int cycle);

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    enum class Look { Kept, Lost, Counted, Unmeasured, NotRun };
    struct Cell {
        int first = 0; ///< numbers
        int last = 0;
        Look look = Look::NotRun;
        double share = 0; ///< of the acknowledged writes, for a bar

        [[nodiscard]] bool isHatched() const { return look == Look::Unmeasured || look == Look::NotRun; }
    };

    [[nodiscard]] QRectF cellArea() const;
    [[nodiscard]] int cycleCount() const;
    [[nodiscard]] int cellCount() const;
    [[nodiscard]] Cell cellOf(const CycleSeries &series, int cell) const;
    [[nodiscard]] int cycleAt(double x) const; ///< 0: none
    [[nodiscard]] static QString totalOf(const CycleSeries &series);
    static void paintCell(QPainter &painter, const QRectF &at, const Cell &cell);
    void paintRow(QPainter &painter, const CycleSeries &series, double top) const;

    const CycleData &m_data;
    int m_selected = 0;
};

} // namespace slipway
