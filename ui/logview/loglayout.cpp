// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/logview/loglayout.h"

#include "ui/logview/rowpainter.h"

#include <QFontMetricsF>

#include <algorithm>

namespace slipway {

namespace {

constexpr int kLineHeight = 20; // of 12 px type
constexpr int kMinColumns = 20;
constexpr qsizetype kMaxHostCells = 16;

} // namespace

void LogLayout::setSource(std::shared_ptr<const LogSource> source, const QStringList &hosts) {
    m_source = std::move(source);
    m_hosts = hosts;
    m_top = {};
}

void LogLayout::setFont(const QFont &fixedPitch) {
    const QFontMetricsF metrics(fixedPitch);
    m_cell = metrics.horizontalAdvance(QString(100, QLatin1Char('0'))) / 100;
    m_lineHeight = std::max(kLineHeight, static_cast<int>(metrics.height()) + 2);
}

int LogLayout::headerHeight() const {
    return headerText().isEmpty() ? 0 : m_lineHeight + 4;
}

int LogLayout::visibleParts() const {
    return std::max(1, (m_size.height() - headerHeight()) / m_lineHeight);
}

int LogLayout::hostCells() const {
    qsizetype longest = 0;
    for (const QString &host : m_hosts)
        longest = std::max(longest, host.size());
    return longest == 0 ? 0 : static_cast<int>(std::min(longest, kMaxHostCells)) + 2;
}

int LogLayout::textLeft() const {
    return kMargin + static_cast<int>((kMarkCells + hostCells()) * m_cell);
}

int LogLayout::columns() const {
    return std::max(kMinColumns, static_cast<int>((m_size.width() - textLeft() - kMargin / 2) / m_cell));
}

int LogLayout::partsOf(int cells) const {
    return m_wrapped ? std::max(1, (cells + columns() - 1) / columns()) : 1;
}

int LogLayout::partsOfRow(qint64 row) const {
    if (!m_wrapped)
        return 1;
    const QList<LogLine> line = m_source->lines(row, 1);
    return partsOf(line.isEmpty() ? 0 : GridLine(styledLine(line.constFirst().text)).width());
}

void LogLayout::setTop(Place place) {
    m_top = {std::max<qint64>(0, place.row), place.part};
}

LogLayout::Place LogLayout::bottom() const {
    const int visible = visibleParts();
    const qint64 total = rows();
    if (!m_wrapped)
        return {std::max<qint64>(0, total - visible), 0};
    int have = 0;
    for (qint64 row = total - 1; row >= 0; --row) {
        have += partsOfRow(row);
        if (have >= visible)
            return {row, have - visible};
    }
    return {};
}

LogLayout::Place LogLayout::moved(qint64 parts) const {
    Place place = m_top;
    if (!m_wrapped) {
        place.row += parts;
        return place;
    }
    qint64 part = place.part + parts;
    while (part < 0 && place.row > 0)
        part += partsOfRow(--place.row);
    for (int own = partsOfRow(place.row); part >= own && place.row + 1 < rows();
         own = partsOfRow(place.row)) {
        part -= own;
        ++place.row;
    }
    place.part = static_cast<int>(std::max<qint64>(0, part));
    return place;
}

LogLayout::Place LogLayout::showing(qint64 row) const {
    if (row < m_top.row || (row == m_top.row && m_top.part > 0))
        return {row, 0};
    const qint64 visible = visibleParts();
    qint64 parts = partsOfRow(row);
    qint64 at = row;
    while (at > m_top.row && parts < visible)
        parts += partsOfRow(--at);
    return at > m_top.row ? Place{at, static_cast<int>(std::max<qint64>(0, parts - visible))} : m_top;
}

qint64 LogLayout::rowAt(int y) const {
    int bottom = headerHeight() - m_top.part * m_lineHeight;
    for (qint64 row = m_top.row; row < rows() && bottom < m_size.height(); ++row) {
        bottom += partsOfRow(row) * m_lineHeight;
        if (y < bottom)
            return row;
    }
    return -1;
}

} // namespace slipway
