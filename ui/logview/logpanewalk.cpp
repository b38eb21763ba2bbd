// SPDX-License-Identifier: GPL-3.0-or-later
// The ways through a log: to errors, matches, cycles, bytes and times.
#include "models/log/logtime.h"
#include "ui/logview/logbar.h"
#include "ui/logview/logpane.h"
#include "ui/logview/logview.h"

#include <algorithm>

namespace slipway {

namespace {

constexpr int kChaos = 4; // the phase that has cycles
constexpr int kMaxSkipped = 10'000;

} // namespace

// What is not known yet is tried again as more of the log is known.
void LogPane::want(std::function<bool()> wanted) {
    m_wanted = nullptr;
    if (wanted())
        return;
    m_wanted = std::move(wanted);
    grew();
}

qint64 LogPane::baseRowOf(qint64 row) const {
    return isFiltered() ? m_scans.pattern()->found()->baseRow(row) : row;
}

qint64 LogPane::baseRow() const {
    return baseRowOf(m_view->selectedLine() >= 0 ? m_view->selectedLine() : m_view->firstLine());
}

void LogPane::showBase(qint64 baseRow) {
    if (!isFiltered()) {
        m_view->selectLine(baseRow);
        return;
    }
    const QList<LogLine> line = m_base->lines(baseRow, 1);
    if (!line.isEmpty() && m_view->source()->lineCount() > 0)
        m_view->selectLine(m_view->source()->rowOf(line.constFirst().stream, line.constFirst().line));
}

void LogPane::nextError(bool forward) {
    if (!m_base)
        return;
    const qint64 from = m_view->selectedLine() >= 0 ? baseRow() : baseRow() - (forward ? 1 : 0);
    want([this, forward, from] {
        const FilteredLog &errors = *m_scans.errors()->found();
        qint64 row = errors.next(from, forward);
        if (isFiltered()) { // of those that are shown
            const FilteredLog &shown = *m_scans.pattern()->found();
            for (int i = 0; i < kMaxSkipped && row >= 0 && shown.next(row - 1, true) != row; ++i)
                row = errors.next(row, forward);
        }
        if (row < 0)
            return false;
        showBase(row);
        choose(m_base->lines(row, 1).value(0));
        return true;
    });
}

void LogPane::nextMatch(bool forward) {
    if (!m_scans.pattern())
        return;
    const qint64 from = m_view->selectedLine() >= 0 ? baseRow() : baseRow() - (forward ? 1 : 0);
    want([this, forward, from] {
        if (!m_scans.pattern())
            return true;
        const qint64 row = m_scans.pattern()->found()->next(from, forward);
        if (row >= 0)
            showBase(row);
        return row >= 0;
    });
}

int LogPane::longestOf(int phase) const {
    int longest = -1;
    for (int index = 0; index < static_cast<int>(m_streams.size()); ++index) {
        const LogStream &stream = m_streams.at(index);
        if (stream.run.phase == phase &&
            (longest < 0 || stream.source->byteCount() > m_streams.at(longest).source->byteCount()))
            longest = index;
    }
    return longest;
}

void LogPane::selectPhase(int phase) {
    const int longest = longestOf(phase);
    if (longest < 0)
        return;
    m_chosen = true;
    showStream(longest);
}

void LogPane::showLineAt(const QString &stream, qint64 offset) {
    const auto found = std::find_if(m_streams.begin(), m_streams.end(),
                                    [&](const LogStream &one) { return one.run.streamName() == stream; });
    if (found == m_streams.end())
        return;
    const int index = static_cast<int>(found - m_streams.begin());
    if (!isMerged() && index != m_bar->stream()) {
        m_chosen = true;
        showStream(index);
    }
    want([this, index, offset] {
        const LogSource &log = *m_streams.at(index).source;
        const qint64 line = log.rowAt(offset);
        const qint64 row = m_base->rowOf(isMerged() ? index : 0, line);
        const LogLine there = m_base->lines(row, 1).value(0);
        if (log.isIndexing() || there.line != line)
            return false;
        showBase(row);
        return true;
    });
}

void LogPane::showCycle(const QString &fault, int number) {
    if (number <= 0 || !m_base)
        return;
    const auto here = m_view->selectedLine() >= 0 ? cycleAt(baseRow()) : std::optional<CycleName>();
    if (here && here->number == number && (fault.isEmpty() || here->fault == fault))
        return;
    const int chaos = longestOf(kChaos);
    const bool speaks = m_scans.cycles()->cycles().rowOf(fault, number) >= 0;
    if (!isMerged() && !speaks && chaos >= 0 && chaos != m_bar->stream()) {
        m_chosen = true;
        showStream(chaos);
    }
    want([this, fault, number] {
        const qint64 row = m_scans.cycles()->cycles().rowOf(fault, number);
        if (row >= 0)
            showBase(row);
        return row >= 0;
    });
}

std::optional<CycleName> LogPane::cycleAt(qint64 baseRow) const {
    const LogScan &scan = *m_scans.cycles();
    return baseRow >= 0 && baseRow < scan.found()->looked() ? scan.cycles().cycleAt(baseRow) : std::nullopt;
}

void LogPane::goToPlace(const QString &text) {
    if (!m_base)
        return;
    m_note.clear();
    const QString typed = text.trimmed();
    const bool isByte = typed.startsWith(QLatin1Char('@'));
    bool isNumber = false;
    const qint64 number = (isByte ? typed.mid(1) : typed).toLongLong(&isNumber);
    const LogLine top = m_base->lines(baseRow(), 1).value(0);
    if (isNumber && number >= 0 && isByte && shownStream()) {
        showLineAt(shownStream()->run.streamName(), number);
    } else if (isNumber && number > 0 && !isByte) {
        showBase(std::min(number, m_base->lineCount()) - 1);
    } else if (const auto time = timeOfText(typed, timeOfLine(top.text).value_or(0)); time && !isByte) {
        showBase(rowAtTime(*m_base, *time));
    } else {
        m_note = isByte && isMerged()
                     ? tr("A byte is a place in one log; choose a host first.")
                     : tr("“%1” is not a line (120), byte (@4096) or time (17:39:02).").arg(typed);
    }
    refreshState();
}

void LogPane::choose(const LogLine &line) {
    m_note.clear();
    const LogStream *stream = shownStream();
    if (isMerged() && line.stream < m_streams.size())
        stream = &m_streams.at(line.stream);
    if (stream)
        Q_EMIT lineSelected(stream->run.streamName(), line.line, line.offset);
    const auto cycle = cycleAt(baseRow());
    if (cycle && cycle->number > 0)
        Q_EMIT cycleSelected(cycle->fault, cycle->number);
}

QString LogPane::headerOf(qint64 row) const {
    if (!m_base)
        return {};
    QStringList words;
    if (isMerged()) {
        const QList<LogLine> line = m_view->source()->lines(row, 1);
        if (!line.isEmpty() && line.constFirst().stream < m_streams.size()) {
            const PhaseRun &run = m_streams.at(line.constFirst().stream).run;
            words << tr("Phase %1").arg(run.phase) << run.step;
        }
    }
    const auto cycle = cycleAt(baseRowOf(row));
    if (cycle && !cycle->fault.isEmpty())
        words << cycle->fault;
    if (cycle && cycle->number > 0)
        words << tr("cycle %1").arg(cycle->number);
    return words.join(QStringLiteral(" · "));
}

} // namespace slipway
