// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/logview/logpane.h"

#include "ui/common/elidedlabel.h"
#include "ui/common/theme.h"
#include "ui/logview/highlighters.h"
#include "ui/logview/logbar.h"
#include "ui/logview/logview.h"

#include <QBoxLayout>
#include <QMenu>

#include <algorithm>

namespace slipway {

namespace {

constexpr int kTickMs = 40;

QString labelOf(const PhaseRun &run) {
    return LogPane::tr("Phase %1 · %2 · %3").arg(run.phase).arg(run.step, run.host);
}

} // namespace

LogPane::LogPane(QWidget *parent)
    : QFrame(parent), m_bar(new LogBar), m_view(new LogView),
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
    connect(m_bar, &LogBar::nextMatchRequested, this, &LogPane::nextMatch);
    connect(m_bar, &LogBar::nextErrorRequested, this, &LogPane::nextError);
    connect(m_bar, &LogBar::placeRequested, this, &LogPane::goToPlace);
    connect(m_bar, &LogBar::wrapChanged, m_view, &LogView::setWrapped);
    connect(m_bar, &LogBar::followRequested, m_view, &LogView::setFollowing);
    connect(m_bar, &LogBar::left, m_view, qOverload<>(&QWidget::setFocus));
    connect(m_view, &LogView::followingChanged, m_bar, &LogBar::setFollowing);
    connect(m_view, &LogView::lineChosen, this, &LogPane::choose);
    connect(m_view, &LogView::copied, this, [this](qint64 lines, qint64 of) {
        m_note = lines < of ? tr("copied the first %L1 of %L2 lines").arg(lines).arg(of)
                            : tr("copied lines: %L1").arg(lines);
        refreshState();
    });
    connect(m_highlighters, &Highlighters::changed, this,
            [this] { m_view->setHighlights(m_highlighters->highlights()); });
    connect(m_highlighters, &Highlighters::refused, this, [this](const Error &error) {
        m_note = error.text;
        refreshState();
    });
    connect(&m_bar->highlightMenu(), &QMenu::aboutToShow, this,
            [this] { m_highlighters->fill(m_bar->highlightMenu(), m_bar->pattern()); });
}

void LogPane::setStreams(const QList<LogStream> &streams, bool another) {
    if (another)
        m_chosen = false;
    const bool wasMerged = isMerged();
    const LogStream *shown = shownStream();
    const QString name = shown ? shown->run.streamName() : QString();
    const bool same = !another && streams.size() == m_streams.size() &&
                      std::equal(streams.begin(), streams.end(), m_streams.begin(),
                                 [](const LogStream &a, const LogStream &b) { return a.source == b.source; });
    m_streams = streams;
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
    const auto kept = std::find_if(streams.begin(), streams.end(),
                                   [&](const LogStream &stream) { return stream.run.streamName() == name; });
    const int newest = static_cast<int>(streams.size()) - 1;
    if (m_chosen && wasMerged && streams.size() > 1)
        showStream(static_cast<int>(streams.size()));
    else if (m_chosen && kept != streams.end() && kept->source == m_base)
        m_bar->setStream(static_cast<int>(kept - streams.begin()));
    else
        showStream(m_chosen && kept != streams.end() ? static_cast<int>(kept - streams.begin()) : newest);
    grew();
}

void LogPane::highlightPattern() {
    if (m_bar->pattern().isEmpty())
        return;
    if (const auto toggled = m_highlighters->toggle(m_bar->pattern()); !toggled) {
        m_note = toggled.error().text;
        refreshState();
    }
}

bool LogPane::isMerged() const {
    return m_merge != nullptr;
}

const LogStream *LogPane::shownStream() const {
    const int index = m_bar->stream();
    return !isMerged() && index >= 0 && index < m_streams.size() ? &m_streams.at(index) : nullptr;
}

void LogPane::showMerged() {
    m_chosen = true;
    if (m_streams.size() > 1)
        showStream(static_cast<int>(m_streams.size()));
}

void LogPane::showStream(int index) {
    m_wanted = nullptr;
    m_note.clear();
    m_bar->setStream(index);
    m_scans.setLog(nullptr); // before what it reads goes
    m_base.reset();
    m_merge.reset();
    if (index >= 0 && index < m_streams.size()) {
        m_base = m_streams.at(index).source;
    } else if (!m_streams.isEmpty() && index == m_streams.size()) {
        std::vector<MergedLog::Part> parts;
        for (const LogStream &stream : std::as_const(m_streams))
            parts.push_back({stream.source, stream.run.startedAt.toMSecsSinceEpoch() * 1000});
        m_merge = std::make_unique<LogMerge>(std::move(parts));
        m_base = m_merge->log();
    }
    m_scans.setLog(m_base);
    m_highlighters->setPhase(shownStream() ? shownStream()->run.phase : 0);
    showRows(); // all of them, should the pattern be none
    applyPattern();
}

bool LogPane::isFiltered() const {
    return m_scans.pattern() && m_view->source() == m_scans.pattern()->found().get();
}

void LogPane::applyPattern() {
    m_note.clear();
    const bool following = m_view->isFollowing();
    const qint64 row = m_view->source() && m_base && m_view->selectedLine() >= 0 ? baseRow() : -1;
    std::optional<LinePattern> pattern;
    if (!m_bar->pattern().isEmpty()) {
        const auto compiled = LinePattern::compile(m_bar->pattern(), m_bar->matchesCase());
        m_bar->setProblem(compiled ? QString() : compiled.error().text);
        if (!compiled) {
            m_note = compiled.error().text;
            refreshState();
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
        m_wanted = nullptr;
    else if (row >= 0)
        want([this, row] {
            if (isFiltered() && m_scans.pattern()->found()->looked() <= row)
                return false;
            showBase(row);
            return true;
        });
    else
        m_view->setFollowing(following);
    grew();
}

void LogPane::showRows() {
    const bool only = m_scans.pattern() && m_bar->isOnlyMatches();
    QStringList hosts;
    if (isMerged()) {
        for (const LogStream &stream : std::as_const(m_streams))
            hosts << stream.run.host;
    }
    m_view->setEmptyText(!m_base ? tr("No log was recorded for this step.")
                         : only  ? tr("No line matches.")
                                 : tr("The log is empty so far."));
    const std::shared_ptr<const LogSource> rows = only ? m_scans.pattern()->found() : m_base;
    if (rows.get() != m_view->source()) // a person's place stays
        m_view->setSource(rows, hosts);
}

bool LogPane::isBusy() const {
    return m_scans.isBusy() || (m_merge && m_merge->isBusy()) || (m_base && m_base->isIndexing());
}

void LogPane::grew() {
    if (m_merge)
        m_merge->look();
    m_scans.look();
    refresh();
}

void LogPane::refresh() {
    const bool busy = isBusy();
    if (busy)
        m_scans.look();
    m_view->sourceGrew();
    if (m_wanted) {
        const auto wanted = m_wanted;
        if (wanted() || !busy)
            m_wanted = nullptr;
    }
    if (busy != m_tick.isActive())
        busy ? m_tick.start() : m_tick.stop();
    refreshState();
}

void LogPane::refreshState() {
    m_bar->setErrors(m_scans.errors() ? m_scans.errors()->found()->lineCount() : 0,
                     !m_scans.errors() || !m_scans.errors()->isBusy());
    if (!m_note.isEmpty() || !m_base) {
        m_state->setText(m_note);
        return;
    }
    const qint64 rows = m_base->lineCount();
    const QString complete = tr("complete to byte %L1").arg(m_base->byteCount());
    if (const LogScan *scan = m_scans.pattern()) {
        const QString found = tr("%L1 of %L2 lines").arg(scan->found()->lineCount()).arg(rows);
        m_state->setText(scan->isBusy() && rows > 0
                             ? tr("%1 · searched %2 %").arg(found).arg(scan->found()->looked() * 100 / rows)
                             : found + QStringLiteral(" · ") + complete);
    } else {
        m_state->setText((m_base->isIndexing() || (m_merge && m_merge->isBusy()) ? tr("%1 · %L2 lines so far")
                                                                                 : tr("%1 · %L2 lines"))
                             .arg(complete)
                             .arg(rows));
    }
}

} // namespace slipway
