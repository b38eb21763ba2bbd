// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/log/logsource.h"
#include "ui/logview/rowpainter.h"

#include <QAbstractScrollArea>
#include <QStringList>

#include <functional>
#include <memory>
#include <optional>

namespace slipway {

/// Shows a LogSource. Pulls the lines it paints and holds none, so ten million lines cost what a screenful
/// costs. Errors and warnings have a mark and a colour, control bytes are made visible, nothing in a line is
/// ever markup. A row is a line of the source; wrapped, it takes several lines of the screen.
class LogView : public QAbstractScrollArea {
    Q_OBJECT
public:
    explicit LogView(QWidget *parent = nullptr);

    /// `hosts`, when there are any, names each stream of the source in a column of its own.
    void setSource(std::shared_ptr<const LogSource> source, const QStringList &hosts = {});
    [[nodiscard]] const LogSource *source() const { return m_source.get(); }
    void setEmptyText(const QString &text); ///< shown while the source has no line
    void sourceGrew();                      ///< there is more; keeps its place, or the end when following
    void setFollowing(bool following);
    [[nodiscard]] bool isFollowing() const { return m_following; }
    void setWrapped(bool wrapped);
    [[nodiscard]] bool isWrapped() const { return m_wrapped; }

    [[nodiscard]] qint64 firstLine() const { return m_top; } ///< the row at the top
    void goToLine(qint64 row);
    void selectLine(qint64 row);                                     ///< and brings it into the middle
    [[nodiscard]] qint64 selectedLine() const { return m_selected; } ///< a row; -1: none
    [[nodiscard]] qint64 selectedCount() const;
    /// At most 20,000 lines. `places`: each after the byte it begins at.
    void copySelected(bool places);

    void setHighlights(const QList<Highlight> &highlights);
    void setSearch(const std::optional<LinePattern> &pattern);
    /// What the strip over the lines says of the row at the top; no strip when it says nothing.
    void setHeader(const std::function<QString(qint64 row)> &header) { m_header = header; }

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
    struct Place {
        qint64 row = 0;
        int part = 0; ///< of a wrapped row
        auto operator<=>(const Place &) const = default;
    };
    void measure();
    void updateScrollBar();
    void scrollBy(qint64 parts); ///< lines of the screen
    void moveTop(Place place);
    void moveSelection(qint64 to, bool extend);
    void bringIntoView(qint64 row);
    void choose(qint64 row, bool extend);
    [[nodiscard]] qint64 rowAtY(int y) const; ///< -1 below the last one, and while that is not known
    /// A log that is being indexed shows its end at once: which lines these are is not known yet.
    [[nodiscard]] bool showsTail() const { return m_source && m_following && m_source->isIndexing(); }
    [[nodiscard]] qint64 rows() const { return m_source ? m_source->lineCount() : 0; }
    [[nodiscard]] int headerHeight() const;
    [[nodiscard]] int visibleParts() const;
    [[nodiscard]] int columns() const; ///< cells of a line of the screen
    [[nodiscard]] int hostCells() const;
    [[nodiscard]] int textLeft() const;
    [[nodiscard]] int partsOf(qint64 row) const;
    [[nodiscard]] Place bottomPlace() const; ///< of the top when the end is at the bottom
    void paintHeader(QPainter &painter);
    int paintLine(QPainter &painter, const LogLine &line, qint64 row, int part, int y);
    void paintMark(QPainter &painter, const LogLine &line, int y, QColor &text);

    std::shared_ptr<const LogSource> m_source;
    QStringList m_hosts;
    QString m_emptyText;
    QList<Highlight> m_highlights;
    std::optional<LinePattern> m_search;
    std::function<QString(qint64)> m_header;
    double m_cell = 1; ///< pixels
    int m_lineHeight = 1;
    qint64 m_generation = 0;
    bool m_following = true;
    bool m_wrapped = false;
    bool m_adjusting = false; ///< the scroll bar is being moved by us, not by a person
    int m_widest = 0;         ///< cells
    qint64 m_top = 0;
    int m_topPart = 0;
    qint64 m_selected = -1;
    qint64 m_anchor = -1;
};

} // namespace slipway
