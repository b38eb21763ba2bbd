// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/cycles/cycletablemodel.h"

#include <QWidget>

namespace slipway {

/// A row per fault class, a cell per cycle: whole when every acknowledged write is on every survivor, a low
/// bar with an outline when some are lost, hatched when nothing was measured or the cycle has not run. Where
/// there are more cycles than pixels, a cell is several and shows the worst of them.
class CycleStrip : public QWidget {
    Q_OBJECT
public:
    explicit CycleStrip(QWidget *parent = nullptr);

    void setPlan(const QStringList &faults, int cycles);
    void setCycles(const QList<Cycle> &cycles);
    void append(const QList<Cycle> &cycles);
    void setSelected(int cycle);
    [[nodiscard]] QSize sizeHint() const override;

Q_SIGNALS:
    void cycleClicked(int cycle);

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;

private:
    struct Cell {
        CycleOutcome outcome = CycleOutcome::Unknown;
        bool ran = false;
        double share = 0; ///< of the acknowledged writes that are on every survivor
    };
    struct Row {
        QString fault;
        QList<Cell> cells; ///< by cycle number less one
        qint64 acked = 0;
        qint64 converged = 0;
        bool allMeasured = true;
    };

    [[nodiscard]] QRectF cellArea() const;
    [[nodiscard]] int cycleCount() const;
    [[nodiscard]] static QString totalOf(const Row &row);
    [[nodiscard]] static Cell worstOf(const Row &row, int first, int last);
    static void paintCell(QPainter &painter, const QRectF &at, const Cell &cell);
    void paintRow(QPainter &painter, const Row &row, double top) const;

    QList<Row> m_rows;
    int m_planned = 0;
    int m_last = 0;
    int m_selected = 0;
};

} // namespace slipway
