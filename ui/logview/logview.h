// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/log/logsource.h"

#include <QAbstractScrollArea>

#include <memory>

namespace slipway {

/// Shows a LogSource. Pulls the lines it paints and holds none, so ten million lines cost what a screenful
/// costs. Errors and warnings are coloured, control bytes are made visible, nothing in a line is ever markup.
class LogView : public QAbstractScrollArea {
    Q_OBJECT
public:
    explicit LogView(QWidget *parent = nullptr);

    void setSource(std::shared_ptr<const LogSource> source);
    void sourceGrew(); ///< there is more; keeps its place, or the end when following
    void setFollowing(bool following);
    [[nodiscard]] bool isFollowing() const { return m_following; }
    [[nodiscard]] qint64 firstLine() const;
    void goToLine(qint64 line);
    /// The next line that looks like an error after (or before) the top one; false when there is none in
    /// 100,000 lines.
    bool goToError(bool forward);
    [[nodiscard]] qint64 selectedLine() const { return m_selected; } ///< -1: none
    void copySelected() const;

Q_SIGNALS:
    void followingChanged(bool following);

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void updateScrollBar();
    [[nodiscard]] int lineHeight() const;
    [[nodiscard]] qint64 visibleLines() const;

    std::shared_ptr<const LogSource> m_source;
    bool m_following = true;
    bool m_adjusting = false; ///< the scroll bar is being moved by us, not by a person
    int m_widest = 0;         ///< pixels
    qint64 m_selected = -1;
    qint64 m_anchor = -1;
};

/// Bytes of a log as they may be shown: UTF-8 with replacement, colours of terminals left out, other control
/// bytes and text-direction marks made visible.
[[nodiscard]] QString shownLine(const QByteArray &line);

} // namespace slipway
