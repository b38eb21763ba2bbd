// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/logview/logpane.h"

#include "ui/common/elidedlabel.h"
#include "ui/common/theme.h"
#include "ui/logview/highlighters.h"
#include "ui/logview/logbar.h"
#include "ui/logview/logview.h"
#include "ui/logview/logwalk.h"

#include <QBoxLayout>
#include <QMenu>

#include <algorithm>

namespace slipway {

namespace {

constexpr int kTickMs = 40;
constexpr int kChaos = 4; // the phase that has cycles

QString labelOf(const PhaseRun &run) {
    return LogPane::tr("Phase %1 · %2 · %3").arg(run.phase).arg(run.step, run.host);
}

} // namespace

LogPane::LogPane(QWidget *parent)
    : QFrame(parent), m_bar(new LogBar), m_view(new LogView),
      m_walk(new LogWalk(m_log, m_scans, *m_view, this)),
      m_state(new ElidedLabel(1, smallFont(), Tone::Muted)), m_highlighters(new Highlighters(this)) {
    setObjectName(QStringLiteral("pane"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 6);
    layout->setSpacing(6);
    auto *barLayout = new QHBoxLayout;
    barLayout->setContentsMargins(12, 8, 12, 0);
    barLayout->addWidget(m_bar);
    layout->addLayout(barLayout);
    layout->addWidget(m_view, 1);
    auto *stateLayout = new QHBoxLayout;
    stateLayout->setContentsMargins(12, 0, 12, 0);
    stateLayout->addWidget(m_state);
    layout->addLayout(stateLayout);
    m_view->setWrapped(m_bar->isWrapped());
    m_view->setHeader([this](qint64 row) { return headerOf(row); });
    m_tick.setInterval(kTickMs);
    wire();
}

void LogPane::wire() {
    connect(&m_tick, &QTimer::timeout, this, &LogPane::refresh);
    connect(m_bar, &LogBar::streamChosen, this, [this](int index) {
        m_chosen = true;
        showStream(index);
    });
    connect(m_bar, &LogBar::patternChanged, this, &LogPane::applyPattern);
    connect(m_bar, &LogBar::nextMatchRequested, m_walk, &LogWalk::nextMatch);
    connect(m_bar, &LogBar::nextErrorRequested, m_walk, &LogWalk::nextError);
    connect(m_bar, &LogBar::placeRequested, this, &LogPane::goToPlace);
    connect(m_bar, &LogBar::wrapChanged, m_view, &LogView::setWrapped);
    connect(m_bar, &LogBar::followRequested, m_view, &LogView::setFollowing);
    connect(m_bar, &LogBar::left, m_view, qOverload<>(&QWidget::setFocus));
    connect(m_view, &LogView::followingChanged, m_bar, &LogBar::setFollowing);
    connect(m_view, &LogView::lineChosen, this, &LogPane::choose);
    connect(m_view, &LogView::copied, this, [this](qint64 lines, qint64 of) {
        setNote(lines < of ? tr("copied the first %L1 of %L2 lines").arg(lines).arg(of)
                           : tr("copied lines: %L1").arg(lines));
    });
    connect(m_highlighters, &Highlighters::changed, this,
            [this] { m_view->setHighlights(m_highlighters->highlights()); });
    connect(m_highlighters, &Highlighters::refused, this,
            [this](const Error &error) { setNote(error.text); });
    connect(m_walk, &LogWalk::waits, this, &LogPane::grew);
    connect(m_walk, &LogWalk::errorReached, this, &LogPane::choose);
    connect(&m_bar->highlightMenu(), &QMenu::aboutToShow, this,
            [this] { m_highlighters->fill(m_bar->highlightMenu(), m_bar->pattern()); });
}

void LogPane::setStreams(const QList<LogStream> &streams, bool another) {
    if (another)
        m_chosen = false;
    const bool wasMerged = m_log.isMerged();
    const LogStream *shown = m_log.stream();
    const QString name = shown ? shown->run.streamName() : QString();
    const QList<LogStream> before = m_log.streams();
    const bool same =
        !another && std::equal(streams.begin(), streams.end(), before.begin(), before.end(),
                               [](const LogStream &a, const LogStream &b) { return a.source == b.source; });
    m_log.setStreams(streams);
    if (same) {
        grew();
        return;
    }
    QStringList names;
    for (const LogStream &stream : streams)
        names << labelOf(stream.run);
    if (streams.size() > 1)
        names << tr("All hosts, by time");
    m_bar->setStreams(names);
    m_bar->setVisible(!names.isEmpty());
    const int kept = m_chosen ? m_log.indexOf(name) : -1;
    if (m_chosen && wasMerged && streams.size() > 1)
        showStream(m_log.mergedIndex());
    else if (kept >= 0 && kept == m_log.index())
        m_bar->setStream(kept);
    else
        showStream(kept >= 0 ? kept : m_log.mergedIndex() - 1);
    grew();
}

void LogPane::highlightPattern() {
    if (m_bar->pattern().isEmpty())
        return;
    if (const auto toggled = m_highlighters->toggle(m_bar->pattern()); !toggled)
        setNote(toggled.error().text);
}

void LogPane::showMerged() {
    m_chosen = true;
    if (m_log.streams().size() > 1)
        showStream(m_log.mergedIndex());
}

void LogPane::selectPhase(int phase) {
    const int longest = m_log.longestOf(phase);
    if (longest < 0)
        return;
    m_chosen = true;
    showStream(longest);
}

void LogPane::showStream(int index) {
    m_walk->forget();
    m_note.clear();
    m_bar->setStream(index);
    m_scans.setLog(nullptr); // before what it reads goes
    m_log.show(index);
    m_scans.setLog(m_log.rows());
    m_highlighters->setPhase(m_log.stream() ? m_log.stream()->run.phase : 0);
    showRows(); // all of them, should the pattern be none
    applyPattern();
}

void LogPane::showLineAt(const QString &stream, qint64 offset) {
    const int index = m_log.indexOf(stream);
    if (index < 0)
        return;
    if (!m_log.isMerged() && index != m_log.index()) {
        m_chosen = true;
        showStream(index);
    }
    m_walk->toByte(index, offset);
}

void LogPane::showCycle(const QString &fault, int number) {
    if (number <= 0 || !m_log.rows())
        return;
    const auto here = m_view->selectedLine() >= 0 ? m_walk->cycleAt(m_walk->baseRow()) : std::nullopt;
    if (here && here->number == number && (fault.isEmpty() || here->fault == fault))
        return;
    const int chaos = m_log.longestOf(kChaos);
    const bool speaks = m_scans.cycles()->cycles().rowOf(fault, number) >= 0;
    if (!m_log.isMerged() && !speaks && chaos >= 0 && chaos != m_log.index()) {
        m_chosen = true;
        showStream(chaos);
    }
    m_walk->toCycle(fault, number);
}

void LogPane::nextError(bool forward) {
    m_walk->nextError(forward);
}

void LogPane::nextMatch(bool forward) {
    m_walk->nextMatch(forward);
}

void LogPane::goToPlace(const QString &text) {
    const auto gone = m_walk->toPlace(text);
    setNote(gone ? QString() : gone.error().text);
}

void LogPane::applyPattern() {
    m_note.clear();
    const bool following = m_view->isFollowing();
    const bool kept = m_view->source() && m_log.rows() && m_view->selectedLine() >= 0;
    const qint64 row = kept ? m_walk->baseRow() : -1;
    std::optional<LinePattern> pattern;
    if (!m_bar->pattern().isEmpty()) {
        const auto compiled = LinePattern::compile(m_bar->pattern(), m_bar->matchesCase());
        m_bar->setProblem(compiled ? QString() : compiled.error().text);
        if (!compiled) {
            setNote(compiled.error().text);
            return; // what was found by the last one stays
        }
        pattern = *compiled;
    }
    m_bar->setProblem({});
    m_scans.setPattern(pattern);
    m_view->setSearch(pattern);
    const LogSource *before = m_view->source();
    showRows();
    if (m_view->source() == before)
        m_walk->forget();
    else if (row >= 0)
        m_walk->toBaseRow(row);
    else
        m_view->setFollowing(following);
    grew();
}

void LogPane::showRows() {
    const bool only = m_scans.pattern() && m_bar->isOnlyMatches();
    m_view->setEmptyText(!m_log.rows() ? tr("No log was recorded for this step.")
                         : only        ? tr("No line matches.")
                                       : tr("The log is empty so far."));
    const std::shared_ptr<const LogSource> rows = only ? m_scans.pattern()->found() : m_log.rows();
    if (rows.get() != m_view->source()) // a person's place stays
        m_view->setSource(rows, m_log.hosts());
}

bool LogPane::isBusy() const {
    return m_scans.isBusy() || m_log.isReading();
}

void LogPane::grew() {
    m_log.look();
    m_scans.look();
    refresh();
}

void LogPane::refresh() {
    const bool busy = isBusy();
    if (busy)
        m_scans.look();
    m_view->sourceGrew();
    m_walk->retry(!busy);
    if (busy != m_tick.isActive())
        busy ? m_tick.start() : m_tick.stop();
    refreshState();
}

void LogPane::setNote(const QString &note) {
    m_note = note;
    refreshState();
}

void LogPane::refreshState() {
    m_bar->setErrors(m_scans.errors() ? m_scans.errors()->found()->lineCount() : 0,
                     !m_scans.errors() || !m_scans.errors()->isBusy());
    if (!m_note.isEmpty() || !m_log.rows()) {
        m_state->setText(m_note);
        return;
    }
    const qint64 rows = m_log.rows()->lineCount();
    const QString complete = tr("complete to byte %L1").arg(m_log.rows()->byteCount());
    if (const LogScan *scan = m_scans.pattern()) {
        const QString found = tr("%L1 of %L2 lines").arg(scan->found()->lineCount()).arg(rows);
        m_state->setText(scan->isBusy() && rows > 0
                             ? tr("%1 · searched %2 %").arg(found).arg(scan->found()->looked() * 100 / rows)
                             : found + QStringLiteral(" · ") + complete);
    } else {
        m_state->setText(
            (m_log.isReading() ? tr("%1 · %L2 lines so far") : tr("%1 · %L2 lines")).arg(complete).arg(rows));
    }
}

void LogPane::choose(const LogLine &line) {
    m_note.clear();
    if (const LogStream *stream = m_log.streamOf(line))
        Q_EMIT lineSelected(stream->run.streamName(), line.line, line.offset);
    const auto cycle = m_walk->cycleAt(m_walk->baseRow());
    if (cycle && cycle->number > 0)
        Q_EMIT cycleSelected(cycle->fault, cycle->number);
}

QString LogPane::headerOf(qint64 row) const {
    if (!m_log.rows())
        return {};
    QStringList words;
    if (m_log.isMerged()) {
        const QList<LogLine> line = m_view->source()->lines(row, 1);
        const LogStream *stream = line.isEmpty() ? nullptr : m_log.streamOf(line.constFirst());
        if (stream)
            words << tr("Phase %1").arg(stream->run.phase) << stream->run.step;
    }
    const auto cycle = m_walk->cycleAt(m_walk->baseRowOf(row));
    if (cycle && !cycle->fault.isEmpty())
        words << cycle->fault;
    if (cycle && cycle->number > 0)
        words << tr("cycle %1").arg(cycle->number);
    return words.join(QStringLiteral(" · "));
}

} // namespace slipway
