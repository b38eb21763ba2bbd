// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/logview/logwalk.h"

#include "models/log/logtime.h"
#include "ui/logview/logscans.h"
#include "ui/logview/logview.h"
#include "ui/logview/shownlog.h"

#include <algorithm>

namespace slipway {

namespace {

constexpr int kMaxSkipped = 10'000;

} // namespace

LogWalk::LogWalk(const ShownLog &log, const LogScans &scans, LogView &view, QObject *parent)
    : QObject(parent), m_log(log), m_scans(scans), m_view(view) {}

void LogWalk::go(std::function<bool()> attempt) {
    m_attempt = nullptr;
    if (attempt())
        return;
    m_attempt = std::move(attempt);
    Q_EMIT waits();
}

void LogWalk::retry(bool known) {
    if (!m_attempt)
        return;
    const auto attempt = m_attempt;
    if (attempt() || known)
        m_attempt = nullptr;
}

void LogWalk::forget() {
    m_attempt = nullptr;
}

bool LogWalk::isFiltered() const {
    return m_scans.pattern() && m_view.source() == m_scans.pattern()->found().get();
}

qint64 LogWalk::baseRowOf(qint64 row) const {
    return isFiltered() ? m_scans.pattern()->found()->baseRow(row) : row;
}

qint64 LogWalk::baseRow() const {
    return baseRowOf(m_view.selectedLine() >= 0 ? m_view.selectedLine() : m_view.firstLine());
}

// A search forward from the top of the screen finds the row at the top as well.
qint64 LogWalk::searchFrom(bool forward) const {
    return m_view.selectedLine() >= 0 ? baseRow() : baseRow() - (forward ? 1 : 0);
}

void LogWalk::show(qint64 baseRow) {
    if (!isFiltered()) {
        m_view.selectLine(baseRow);
        return;
    }
    const QList<LogLine> line = m_log.rows()->lines(baseRow, 1);
    if (!line.isEmpty() && m_view.source()->lineCount() > 0)
        m_view.selectLine(m_view.source()->rowOf(line.constFirst().stream, line.constFirst().line));
}

void LogWalk::toBaseRow(qint64 row) {
    go([this, row] {
        if (isFiltered() && m_scans.pattern()->found()->looked() <= row)
            return false;
        show(row);
        return true;
    });
}

void LogWalk::nextError(bool forward) {
    if (!m_log.rows())
        return;
    go([this, forward, from = searchFrom(forward)] {
        const FilteredLog &errors = *m_scans.errors()->found();
        qint64 row = errors.next(from, forward);
        if (isFiltered()) { // of those that are shown
            const FilteredLog &shown = *m_scans.pattern()->found();
            for (int i = 0; i < kMaxSkipped && row >= 0 && shown.next(row - 1, true) != row; ++i)
                row = errors.next(row, forward);
        }
        if (row < 0)
            return false;
        show(row);
        Q_EMIT errorReached(m_log.rows()->lines(row, 1).value(0));
        return true;
    });
}

void LogWalk::nextMatch(bool forward) {
    if (!m_scans.pattern())
        return;
    go([this, forward, from = searchFrom(forward)] {
        if (!m_scans.pattern())
            return true;
        const qint64 row = m_scans.pattern()->found()->next(from, forward);
        if (row >= 0)
            show(row);
        return row >= 0;
    });
}

void LogWalk::toByte(int stream, qint64 offset) {
    go([this, stream, offset] {
        const LogSource &log = *m_log.streams().at(stream).source;
        const qint64 line = log.rowAt(offset);
        const qint64 row = m_log.rows()->rowOf(m_log.isMerged() ? stream : 0, line);
        const LogLine there = m_log.rows()->lines(row, 1).value(0);
        if (log.isIndexing() || there.line != line)
            return false;
        show(row);
        return true;
    });
}

void LogWalk::toCycle(const QString &fault, int number) {
    go([this, fault, number] {
        const qint64 row = m_scans.cycles()->cycles().rowOf(fault, number);
        if (row >= 0)
            show(row);
        return row >= 0;
    });
}

std::optional<CycleName> LogWalk::cycleAt(qint64 baseRow) const {
    const LogScan &scan = *m_scans.cycles();
    return baseRow >= 0 && baseRow < scan.found()->looked() ? scan.cycles().cycleAt(baseRow) : std::nullopt;
}

Result<void> LogWalk::toPlace(const QString &text) {
    if (!m_log.rows())
        return {};
    const QString typed = text.trimmed();
    const bool isByte = typed.startsWith(QLatin1Char('@'));
    bool isNumber = false;
    const qint64 number = (isByte ? typed.mid(1) : typed).toLongLong(&isNumber);
    const LogLine top = m_log.rows()->lines(baseRow(), 1).value(0);
    if (isNumber && number >= 0 && isByte && m_log.stream())
        toByte(m_log.index(), number);
    else if (isNumber && number > 0 && !isByte)
        toBaseRow(std::min(number, m_log.rows()->lineCount()) - 1);
    else if (const auto time = timeOfText(typed, timeOfLine(top.text).value_or(0)); time && !isByte)
        toBaseRow(rowAtTime(*m_log.rows(), *time));
    else if (isByte && m_log.isMerged())
        return Error{ErrorCode::InvalidInput, tr("A byte is a place in one log; choose a host first.")};
    else
        return Error{ErrorCode::InvalidInput,
                     tr("“%1” is not a line (120), byte (@4096) or time (17:39:02).").arg(typed)};
    return {};
}

} // namespace slipway
