// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/campaign/campaignpage.h"

#include "models/campaign/expectedend.h"
#include "models/campaign/phaseruns.h"
#include "models/cycles/cycletablemodel.h"
#include "models/evidence/decidingcheck.h"
#include "models/log/styledline.h"
#include "ui/campaign/checkpanel.h"
#include "ui/campaign/checkstab.h"
#include "ui/campaign/comparetab.h"
#include "ui/campaign/cyclestab.h"
#include "ui/campaign/cycletabletab.h"
#include "ui/campaign/evidencepanel.h"
#include "ui/campaign/phasestrip.h"
#include "ui/campaign/verdictheader.h"
#include "ui/common/tonelabel.h"
#include "ui/insight/narrativetab.h"
#include "ui/logview/logpane.h"

#include <QLabel>
#include <QSplitter>
#include <QTabBar>
#include <QTabWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace slipway {

CampaignPage::CampaignPage(const Protocol &protocol, CheckPanel &panel, QWidget *parent)
    : QWidget(parent), m_protocol(protocol), m_panel(panel), m_header(new VerdictHeader(this)),
      m_phases(new PhaseStrip(protocol, this)), m_tabBox(new QTabWidget), m_cycles(new CyclesTab),
      m_checks(new ChecksTab), m_evidence(new EvidencePanel), m_compare(new CompareTab),
      m_narrative(new NarrativeTab), m_log(new LogPane), m_noLog(makeLabel(this, font(), Tone::Muted)) {
    connect(m_phases, &PhaseStrip::clicked, this, &CampaignPage::selectPhase);
    connect(m_header, &VerdictHeader::exportRequested, this, &CampaignPage::exportRequested);
    connect(&m_panel, &CheckPanel::sourceRequested, this, &CampaignPage::showSource);
    connect(m_log, &LogPane::cycleSelected, this, [this](const QString &, int cycle) { selectCycle(cycle); });
    m_tabBox->setDocumentMode(true);
    m_tabBox->tabBar()->setDrawBase(false);
    connect(m_tabBox, &QTabWidget::tabBarClicked, this, [this] { m_tabChosen = true; });
    connect(m_checks, &ChecksTab::checkChosen, &m_panel, &CheckPanel::showCheck);
    connect(m_compare, &CompareTab::checkRequested, this, &CampaignPage::showCheck);
    for (CampaignTab *tab :
         {static_cast<CampaignTab *>(m_cycles), static_cast<CampaignTab *>(new CycleTableTab),
          static_cast<CampaignTab *>(m_checks), static_cast<CampaignTab *>(m_evidence),
          static_cast<CampaignTab *>(m_narrative), static_cast<CampaignTab *>(m_compare)})
        addTab(tab);
    auto *pane = new QFrame;
    pane->setObjectName(QStringLiteral("pane"));
    auto *paneLayout = new QVBoxLayout(pane);
    paneLayout->setContentsMargins(14, 6, 14, 12);
    paneLayout->addWidget(m_tabBox);
    m_split = new QSplitter(Qt::Vertical, this);
    m_split->setChildrenCollapsible(false);
    m_split->setHandleWidth(12);
    m_split->addWidget(pane);
    m_split->addWidget(m_log);
    m_split->setStretchFactor(0, 3);
    m_split->setStretchFactor(1, 2);
    m_split->setSizes({600, 400}); // else the tab that wants most room takes it from the log
    m_noLog->setText(tr("No log was recorded for this campaign."));
    m_noLog->hide();
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 16, 16, 16);
    layout->setSpacing(14);
    layout->addWidget(m_header);
    layout->addWidget(m_phases);
    layout->addWidget(m_split, 1);
    layout->addWidget(m_noLog);
}

void CampaignPage::addTab(CampaignTab *tab) {
    m_tabs.append(tab);
    m_tabBox->addTab(tab, tab->title());
    connect(tab, &CampaignTab::titleChanged, this,
            [this, tab] { m_tabBox->setTabText(m_tabBox->indexOf(tab), tab->title()); });
    connect(tab, &CampaignTab::cycleRequested, this, &CampaignPage::selectCycle);
    connect(tab, &CampaignTab::sourceRequested, this, &CampaignPage::showSource);
}

void CampaignPage::setRecord(const CampaignRecord &record, const QList<LogStream> &streams) {
    m_record = record;
    m_streams = streams;
    m_selectedCycle = 0;
    m_header->setRecord(record);
    for (CampaignTab *tab : std::as_const(m_tabs))
        tab->setRecord(record);
    refreshPhases();
    m_log->setStreams(streams, true);
    showLog();
    showDeciding();
    m_panel.setRecord(record, [this](int phase) { return lastLogLine(phase); });
}

// What failed is in sight: its cycles, or its check where no cycle shows it.
void CampaignPage::showDeciding() {
    const bool settled = m_record.summary.state != RunState::Running;
    const int blamed = settled && m_record.judgement ? m_record.judgement->blamedPhase : 0;
    if (blamed > 0)
        selectPhase(blamed);
    const Check *check = settled && m_record.judgement ? decidingCheck(*m_record.judgement) : nullptr;
    if (check)
        m_checks->select(check->id);
    const bool cyclesDecide =
        !settled || (!m_record.cycles.isEmpty() && (blamed == 0 || blamed == kChaosPhase));
    const bool free = m_record.cycles.isEmpty() || !m_tabChosen;
    if (settled && !cyclesDecide && free && m_tabBox->currentIndex() == 0)
        showTab(*m_checks);
    else if (cyclesDecide && !m_tabChosen && m_tabBox->currentWidget() == m_checks)
        m_tabBox->setCurrentIndex(0);
}

QByteArray CampaignPage::saveLayout() const {
    return m_split->saveState();
}

void CampaignPage::restoreLayout(const QByteArray &state) {
    m_split->restoreState(state);
}

void CampaignPage::refreshPhases() {
    m_phases->setRecord(m_record);
    if (const QString progress = progressText(m_record, m_protocol); !progress.isEmpty())
        m_header->setProgress(progress);
}

void CampaignPage::setRun(const PhaseRun &run) {
    putRun(m_record.phaseRuns, run);
    refreshPhases();
}

void CampaignPage::setStreams(const QList<LogStream> &streams) {
    m_streams = streams;
    m_log->setStreams(streams, false);
    showLog();
}

// Where none was recorded and none is to come its room goes to the evidence.
void CampaignPage::showLog() {
    const bool some = !m_streams.isEmpty() || m_record.summary.state == RunState::Running ||
                      m_record.summary.state == RunState::Waiting;
    m_log->setVisible(some);
    m_noLog->setVisible(!some);
}

void CampaignPage::logGrew() {
    m_log->grew();
}

ChartPanel &CampaignPage::charts() const {
    return m_cycles->charts();
}

LogView &CampaignPage::log() const {
    return m_log->view();
}

void CampaignPage::appendCycles(const QList<Cycle> &cycles) {
    m_record.cycles += cycles;
    for (CampaignTab *tab : std::as_const(m_tabs))
        tab->appendCycles(cycles);
    refreshPhases();
}

void CampaignPage::setJudgement(const Judgement &judgement) {
    m_record.judgement = judgement;
    for (CampaignTab *tab : std::as_const(m_tabs))
        tab->setJudgement(judgement);
    refreshPhases();
}

void CampaignPage::setStanding(const CampaignEntry &entry) {
    m_header->setStanding(entry);
}

QString CampaignPage::lastLogLine(int phase) const {
    for (auto stream = m_streams.rbegin(); stream != m_streams.rend(); ++stream) {
        if (stream->run.phase != phase || stream->source->lineCount() == 0)
            continue;
        const QList<LogLine> last = stream->source->tail(1);
        if (!last.isEmpty())
            return styledLine(last.constFirst().text).text.trimmed();
    }
    return {};
}

void CampaignPage::showCheck(const QString &checkId) {
    if (m_record.judgement && m_checks->select(checkId))
        showTab(*m_checks);
}

void CampaignPage::selectCycle(int cycle) {
    if (cycle == m_selectedCycle)
        return;
    m_selectedCycle = cycle;
    for (CampaignTab *tab : std::as_const(m_tabs))
        tab->selectCycle(cycle);
    const auto it = std::find_if(m_record.cycles.begin(), m_record.cycles.end(),
                                 [cycle](const Cycle &one) { return one.number == cycle; });
    if (it != m_record.cycles.end() && !it->source.file.isEmpty())
        m_evidence->followRange(it->source);
    m_log->showCycle({}, cycle);
}

void CampaignPage::selectFailing(bool forward) {
    int best = 0;
    for (const Cycle &cycle : std::as_const(m_record.cycles)) {
        if (outcomeOf(cycle) == CycleOutcome::Kept ||
            (forward ? cycle.number <= m_selectedCycle : cycle.number >= m_selectedCycle))
            continue;
        if (best == 0 || (forward ? cycle.number < best : cycle.number > best))
            best = cycle.number;
    }
    const bool none = best == 0 && m_selectedCycle == 0;
    if (best > 0)
        selectCycle(best);
    else if (none && m_checks->selectFailing(forward))
        showTab(*m_checks);
}

void CampaignPage::selectPhase(int phase) {
    m_log->selectPhase(phase);
    for (CampaignTab *tab : std::as_const(m_tabs))
        tab->selectPhase(phase);
}

void CampaignPage::showSource(const SourceRange &source) {
    if (m_evidence->showRange(source))
        showTab(*m_evidence);
}

void CampaignPage::showTab(CampaignTab &tab) {
    m_tabBox->setCurrentWidget(&tab);
}

void CampaignPage::setMenuActions(const QList<QAction *> &actions) {
    for (CampaignTab *tab : std::as_const(m_tabs))
        tab->setMenuActions(actions);
}

} // namespace slipway
