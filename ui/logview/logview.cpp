// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/logview/logview.h"

#include "ui/common/theme.h"

#include <QEvent>
#include <QFontMetricsF>
#include <QScrollBar>

#include <algorithm>
#include <limits>

namespace slipway {

namespace {

constexpr int kMargin = 12;
constexpr int kMarkCells = 2;
constexpr int kLineHeight = 20; // of 12 px type
constexpr int kFewestColumns = 20;

} // namespace

LogView::LogView(QWidget *parent) : QAbstractScrollArea(parent) {
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Log"));
    viewport()->setCursor(Qt::ArrowCursor);
    setEmptyText(tr("No log was recorded for this step."));
    measure();
    connect(horizontalScrollBar(), &QScrollBar::valueChanged, viewport(), qOverload<>(&QWidget::update));
    connect(verticalScrollBar(), &QScrollBar::valueChanged, this, [this](int value) {
        if (m_adjusting)
            return;
        const bool atEnd = value == verticalScrollBar()->maximum();
        moveTop(atEnd ? bottomPlace() : Place{value, 0});
        setFollowing(atEnd);
    });
}

void LogView::measure() {
    const QFontMetricsF metrics(logFont());
    m_cell = metrics.horizontalAdvance(QString(100, QLatin1Char('0'))) / 100;
    m_lineHeight = std::max(kLineHeight, static_cast<int>(metrics.height()) + 2);
}

void LogView::setSource(std::shared_ptr<const LogSource> source, const QStringList &hosts) {
    m_source = std::move(source);
    m_hosts = hosts;
    m_generation = m_source ? m_source->generation() : 0;
    m_widest = 0;
    m_selected = m_anchor = -1;
    m_top = m_topPart = 0;
    setFollowing(true);
    updateScrollBar();
}

void LogView::setEmptyText(const QString &text) {
    m_emptyText = text;
    viewport()->update();
}

void LogView::sourceGrew() {
    if (m_source && m_generation != m_source->generation()) {
        m_generation = m_source->generation();
        m_selected = m_anchor = -1;
        m_widest = 0;
    }
    updateScrollBar();
}

void LogView::setFollowing(bool following) {
    if (m_following == following)
        return;
    m_following = following;
    if (following)
        updateScrollBar();
    Q_EMIT followingChanged(following);
}

void LogView::setWrapped(bool wrapped) {
    m_wrapped = wrapped;
    m_topPart = 0;
    horizontalScrollBar()->setValue(0);
    updateScrollBar();
}

void LogView::setHighlights(const QList<Highlight> &highlights) {
    m_highlights = highlights;
    viewport()->update();
}

void LogView::setSearch(const std::optional<LinePattern> &pattern) {
    m_search = pattern;
    viewport()->update();
}

int LogView::headerHeight() const {
    return m_header && !m_header(m_top).isEmpty() ? m_lineHeight + 4 : 0;
}

int LogView::visibleParts() const {
    return std::max(1, (viewport()->height() - headerHeight()) / m_lineHeight);
}

int LogView::hostCells() const {
    qsizetype longest = 0;
    for (const QString &host : m_hosts)
        longest = std::max(longest, host.size());
    return longest == 0 ? 0 : static_cast<int>(std::min<qsizetype>(longest, 16)) + 2;
}

int LogView::textLeft() const {
    return kMargin + static_cast<int>((kMarkCells + hostCells()) * m_cell);
}

int LogView::columns() const {
    return std::max(kFewestColumns,
                    static_cast<int>((viewport()->width() - textLeft() - kMargin / 2) / m_cell));
}

int LogView::partsOf(qint64 row) const {
    if (!m_wrapped)
        return 1;
    const QList<LogLine> line = m_source->lines(row, 1);
    const int cells = line.isEmpty() ? 0 : GridLine(styledLine(line.constFirst().text)).width();
    return std::max(1, (cells + columns() - 1) / columns());
}

LogView::Place LogView::bottomPlace() const {
    const int wanted = visibleParts();
    const qint64 total = rows();
    if (!m_wrapped)
        return {std::max<qint64>(0, total - wanted), 0};
    int have = 0;
    for (qint64 row = total - 1; row >= 0; --row) {
        have += partsOf(row);
        if (have >= wanted)
            return {row, have - wanted};
    }
    return {};
}

void LogView::moveTop(Place place) {
    m_top = std::max<qint64>(0, place.row);
    m_topPart = place.part;
    viewport()->update();
}

void LogView::goToLine(qint64 row) {
    setFollowing(false);
    const Place bottom = bottomPlace();
    moveTop(row < bottom.row ? Place{row, 0} : bottom);
    updateScrollBar();
}

void LogView::selectLine(qint64 row) {
    m_selected = m_anchor = row;
    goToLine(std::max<qint64>(0, row - (m_wrapped ? visibleParts() / 4 : visibleParts() / 2)));
    bringIntoView(row);
}

qint64 LogView::selectedCount() const {
    return m_selected < 0 ? 0 : std::abs(m_selected - m_anchor) + 1;
}

// Lines of the screen, which wrapped are not lines of the log.
void LogView::scrollBy(qint64 parts) {
    Place place{m_top, m_topPart};
    if (!m_wrapped) {
        place.row += parts;
    } else {
        qint64 part = place.part + parts;
        while (part < 0 && place.row > 0)
            part += partsOf(--place.row);
        for (int own = partsOf(place.row); part >= own && place.row + 1 < rows(); own = partsOf(place.row)) {
            part -= own;
            ++place.row;
        }
        place.part = static_cast<int>(std::max<qint64>(0, part));
    }
    const Place bottom = bottomPlace();
    const bool atEnd = place >= bottom;
    moveTop(atEnd ? bottom : place);
    setFollowing(atEnd);
    updateScrollBar();
}

void LogView::bringIntoView(qint64 row) {
    if (row < m_top || (row == m_top && m_topPart > 0)) {
        moveTop({row, 0});
    } else {
        qint64 parts = partsOf(row);
        qint64 at = row;
        while (at > m_top && parts < visibleParts())
            parts += partsOf(--at);
        if (at > m_top)
            moveTop({at, static_cast<int>(std::max<qint64>(0, parts - visibleParts()))});
    }
    updateScrollBar();
}

void LogView::updateScrollBar() {
    m_adjusting = true;
    const Place bottom = bottomPlace();
    if (m_following || Place{m_top, m_topPart} > bottom) // also of a log that was begun anew
        moveTop(bottom);
    constexpr qint64 kMax = std::numeric_limits<int>::max();
    verticalScrollBar()->setPageStep(visibleParts());
    verticalScrollBar()->setRange(0, static_cast<int>(std::min(bottom.row, kMax)));
    verticalScrollBar()->setValue(static_cast<int>(std::min(m_top, kMax)));
    const int hidden = m_wrapped ? 0 : static_cast<int>((m_widest - columns()) * m_cell) + kMargin;
    horizontalScrollBar()->setPageStep(viewport()->width());
    horizontalScrollBar()->setSingleStep(static_cast<int>(8 * m_cell));
    horizontalScrollBar()->setRange(0, m_widest > columns() ? std::max(0, hidden) : 0);
    m_adjusting = false;
    viewport()->update();
}

void LogView::resizeEvent(QResizeEvent *event) {
    QAbstractScrollArea::resizeEvent(event);
    m_topPart = 0;
    updateScrollBar();
}

void LogView::changeEvent(QEvent *event) {
    QAbstractScrollArea::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange) {
        measure();
        updateScrollBar();
    }
}

qint64 LogView::rowAtY(int y) const {
    if (showsTail())
        return -1;
    int bottom = headerHeight() - m_topPart * m_lineHeight;
    for (qint64 row = m_top; row < rows() && bottom < viewport()->height(); ++row) {
        bottom += partsOf(row) * m_lineHeight;
        if (y < bottom)
            return row;
    }
    return -1;
}

} // namespace slipway
