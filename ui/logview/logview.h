// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/logview/loglayout.h"
#include "ui/logview/logpainter.h"
#include "ui/logview/logselection.h"

#include <QAbstractScrollArea>

namespace slipway {

/// Shows a LogSource: scrolling, following, selecting, copying. Pulls the lines it paints and holds none, so
/// ten million lines cost what a screenful costs. LogLayout says where a row is, LogPainter paints it.
class LogView : public QAbstractScrollArea {
    Q_OBJECT
public:
    explicit LogView(QWidget *parent = nullptr);

    /// `hosts`, when there are any, names each stream of the source in a column of its own.
    void setSource(std::shared_ptr<const LogSource> source, const QStringList &hosts = {});
    [[nodiscard]] const LogSource *source() const { return m_layout.source().get(); }
    void setEmptyText(const QString &text); ///< shown while the source has no line
    void sourceGrew();                      ///< there is more; keeps its place, or the end when following
    void setFollowing(bool following);
    [[nodiscard]] bool isFollowing() const { return m_following; }
    void setWrapped(bool wrapped);
    [[nodiscard]] bool isWrapped() const { return m_layout.isWrapped(); }

    [[nodiscard]] qint64 firstLine() const { return m_layout.top().row; } ///< the row at the top
    void goToLine(qint64 row);
    void selectLine(qint64 row); ///< and brings it into the middle
    [[nodiscard]] qint64 selectedLine() const { return m_selection.cursor(); } ///< a row; -1: none
    [[nodiscard]] qint64 selectedCount() const { return m_selection.count(); }
    void copySelected(bool places); ///< to the clipboard; as LogSelection::copy()

    void setHighlights(const QList<Highlight> &highlights);
    void setSearch(const std::optional<LinePattern> &pattern);
    /// What the strip over the lines says of the row at the top; no strip when it says nothing.
    void setHeader(const std::function<QString(qint64 row)> &header) { m_layout.setHeader(header); }

Q_SIGNALS:
    void followingChanged(bool following);
    void lineChosen(const slipway::LogLine &line); ///< by a person
    void copied(qint64 lines, qint64 of);

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;

private:
    void updateScrollBar();
    void scrollBy(qint64 parts); ///< lines of the screen
    void moveTop(LogLayout::Place place);
    void moveSelection(qint64 to, bool extend);
    void bringIntoView(qint64 row);
    void choose(qint64 row, bool extend);
    void pressMovingKey(QKeyEvent *event);
    /// -1 below the last one, and while that is not known.
    [[nodiscard]] qint64 rowAtY(int y) const { return showsTail() ? -1 : m_layout.rowAt(y); }
    /// A log that is being indexed shows its end at once: which lines these are is not known yet.
    [[nodiscard]] bool showsTail() const { return source() && m_following && source()->isIndexing(); }

    LogLayout m_layout;
    LogSelection m_selection;
    LogPainter::Marks m_marks;
    QString m_emptyText;
    qint64 m_generation = 0;
    bool m_following = true;
    bool m_adjusting = false; ///< the scroll bar is being moved by us, not by a person
    int m_widest = 0;         ///< cells
};

} // namespace slipway
