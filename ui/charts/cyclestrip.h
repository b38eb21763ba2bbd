// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/cycles/cycle.h"

#include <QHash>
#include <QWidget>

namespace slipway {

/// A row per fault class, a cell per cycle: whole when every acknowledged write is on every survivor, a low
/// bar with an outline when some are lost, hatched when nothing was measured or the cycle has not run.
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
    [[nodiscard]] QRectF cellArea() const;

    QStringList m_faults;
    int m_planned = 0;
    QHash<QString, QHash<int, Cycle>> m_cycles; ///< by fault and number
    int m_last = 0;
    int m_selected = 0;
};

} // namespace slipway
