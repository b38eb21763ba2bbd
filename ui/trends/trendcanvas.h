// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/trends/trendlayer.h"

#include <QPixmap>
#include <QWidget>

namespace slipway {

/// Slots, charts and changes of a series on one axis of time, with one cursor and one selection. A click or
/// Enter opens the run of a slot; dragging, or Shift with the arrows, selects slots; Z shows only these, the
/// wheel with Ctrl zooms, Esc shows all again. What does not change with the cursor is painted once.
class TrendCanvas : public QWidget {
    Q_OBJECT
public:
    explicit TrendCanvas(QWidget *parent = nullptr);

    void setView(std::shared_ptr<const SeriesView> view);         ///< null: nothing to show
    [[nodiscard]] qsizetype current() const { return m_current; } ///< slot at the cursor; -1: none
    /// First and last selected slot; -1 where none is.
    [[nodiscard]] std::pair<qsizetype, qsizetype> selection() const;
    void zoomToSelection();
    void clearSelection(); ///< and shows all
    void openCurrent();

    [[nodiscard]] QSize minimumSizeHint() const override;
    [[nodiscard]] QSize sizeHint() const override { return minimumSizeHint(); }

Q_SIGNALS:
    void chosen(const QString &id); ///< a campaign's
    void currentChanged();
    void selectionChanged();

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;
    bool event(QEvent *event) override;

private:
    void arrange();
    void setCurrent(qsizetype slot);
    void select(qsizetype anchor, qsizetype slot);
    [[nodiscard]] QString textOf(qsizetype slot) const;
    [[nodiscard]] double xOf(qsizetype slot) const;

    std::shared_ptr<const SeriesView> m_view;
    std::shared_ptr<const TrendContent> m_content; ///< of m_view
    TimeAxis m_axis;
    TrendLayer m_layer;
    QPixmap
        m_painted; ///< of m_layer, unless it is stale; kept, since a new one of this size takes a millisecond
    bool m_isStale = true;
    qsizetype m_current = -1;
    qsizetype m_anchor = -1; ///< of the selection; -1: nothing is selected
    qsizetype m_end = -1;
    QPointF m_pressed;
    qsizetype m_pressedSlot = -1;
    bool m_isDragging = false;
};

} // namespace slipway
