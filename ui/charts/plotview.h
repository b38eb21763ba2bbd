// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/charts/chartexport.h"
#include "ui/charts/plotaxes.h"
#include "ui/charts/plotrange.h"

#include <QChartView>
#include <QElapsedTimer>
#include <QTimer>

namespace slipway {

/// A chart of ours: the look, a cursor, copying and saving, and what mouse and keys do to its PlotRange. Pan
/// with a drag or the arrow keys, zoom with the wheel, + and −, all of it with 0 or a double click; Shift
/// with an arrow key moves the cursor by one. However often it is asked to, it draws once in a frame. GUI
/// thread.
class PlotView : public QChartView {
    Q_OBJECT
public:
    static constexpr int kFrameMs = 16;

    void setSelected(int x); ///< 0: none. Comes into view when it is not
    [[nodiscard]] int selected() const { return m_selected; }
    [[nodiscard]] double viewFrom() const { return m_range.from(); }
    [[nodiscard]] double viewTo() const { return m_range.to(); }
    [[nodiscard]] bool isZoomed() const { return m_range.isZoomed(); }

    void zoom(double factor, double around); ///< below 1: closer
    void pan(double by);                     ///< in units of the axis
    void showAll();

    /// What is shown, in words: for a screen reader, and next to a copied picture.
    [[nodiscard]] virtual QString description() const = 0;
    [[nodiscard]] Picture picture();
    void copy();
    void redrawNow(); ///< what waits for the next frame

Q_SIGNALS:
    void saveRequested();

protected:
    PlotView(const QString &name, const QString &xLabel, QWidget *parent);

    /// What there is to see on x, and how little of it can be seen at once. A view that was zoomed stays.
    void setWhole(double from, double to, double min);
    /// The y axis; the format is printf's.
    void setHeight(double from, double to, const QString &format) { m_axes.setY(from, to, format); }
    void scheduleRedraw();
    void keepOut(bool hatched, const QString &why); ///< the whole plot hatched: there is nothing to draw
    void attach(QAbstractSeries *series) { m_axes.attach(series); }

    virtual void redraw(int columns) = 0; ///< fills the series for viewFrom() to viewTo()
    virtual void restyle() = 0;           ///< colours of the series, from theme()
    virtual void drawOver(QPainter &painter, const QRectF &plot) = 0;
    virtual void clicked(double) {}
    [[nodiscard]] virtual QString hoverText(double) const { return {}; }
    [[nodiscard]] virtual int moved(int from, int) const { return from; } ///< the cursor, by one to a side

    void paintCursor(QPainter &painter, const QRectF &plot) const; ///< at the selected cycle

    [[nodiscard]] double xOf(double value) const { return m_axes.xOf(value); } ///< of the widget
    [[nodiscard]] double yOf(double value) const { return m_axes.yOf(value); }

    bool event(QEvent *event) override;
    void changeEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    void drawForeground(QPainter *painter, const QRectF &rect) override;

private:
    void applyTheme();

    QString m_xLabel;
    PlotRange m_range; ///< of x
    PlotAxes m_axes;
    QTimer m_redraw;
    QElapsedTimer m_since;
    QString m_why; ///< nothing is drawn but a hatch and this
    bool m_hatched = false;
    int m_selected = 0;
    double m_pressedAt = 0;
    bool m_pressed = false;
    bool m_dragged = false;
};

} // namespace slipway
