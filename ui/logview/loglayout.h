// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/log/logsource.h"

#include <QFont>
#include <QSize>
#include <QStringList>

#include <compare>
#include <functional>
#include <memory>

namespace slipway {

/// Which rows of a log are on the screen, and where. A row is a line of the source; wrapped, it takes several
/// lines of the screen, its parts. Knows the width of the rows on the screen only, which it asks the source
/// for. Sizes are in pixels unless a name says cells. GUI thread.
class LogLayout {
public:
    struct Place {
        qint64 row = 0;
        int part = 0; ///< of a wrapped row
        auto operator<=>(const Place &) const = default;
    };

    /// `hosts`, when there are any, get a column at the left.
    void setSource(std::shared_ptr<const LogSource> source, const QStringList &hosts);
    void setFont(const QFont &fixedPitch);
    void setSize(const QSize &size) { m_size = size; }
    void setWrapped(bool wrapped) { m_wrapped = wrapped; }
    /// What a strip over the lines says of the row at the top; no strip where it says nothing.
    void setHeader(std::function<QString(qint64 row)> header) { m_header = std::move(header); }

    [[nodiscard]] const std::shared_ptr<const LogSource> &source() const { return m_source; }
    [[nodiscard]] const QStringList &hosts() const { return m_hosts; }
    [[nodiscard]] qint64 rows() const { return m_source ? m_source->lineCount() : 0; }
    [[nodiscard]] bool isWrapped() const { return m_wrapped; }
    [[nodiscard]] QSize size() const { return m_size; }

    [[nodiscard]] double cell() const { return m_cell; }
    [[nodiscard]] int lineHeight() const { return m_lineHeight; }
    [[nodiscard]] int columns() const; ///< cells of a line of the screen
    [[nodiscard]] int hostCells() const;
    [[nodiscard]] int textLeft() const;
    [[nodiscard]] int partsOf(int cells) const; ///< of a row that is this wide
    [[nodiscard]] int visibleParts() const;
    [[nodiscard]] QString headerText() const { return m_header ? m_header(m_top.row) : QString(); }
    [[nodiscard]] int headerHeight() const;

    [[nodiscard]] Place top() const { return m_top; }
    void setTop(Place place);
    [[nodiscard]] Place bottom() const;            ///< of the top when the end is at the bottom
    [[nodiscard]] Place moved(qint64 parts) const; ///< the top, by so many lines of the screen
    [[nodiscard]] Place showing(qint64 row) const; ///< the top, moved no more than the row needs
    [[nodiscard]] qint64 rowAt(int y) const;       ///< -1 below the last one

    static constexpr int kMargin = 12;
    static constexpr int kMarkCells = 2; ///< before the host, or the text

private:
    [[nodiscard]] int partsOfRow(qint64 row) const;

    std::shared_ptr<const LogSource> m_source;
    QStringList m_hosts;
    std::function<QString(qint64)> m_header;
    QSize m_size;
    double m_cell = 1;
    int m_lineHeight = 1;
    bool m_wrapped = false;
    Place m_top;
};

} // namespace slipway
