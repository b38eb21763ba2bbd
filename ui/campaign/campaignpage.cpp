// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/campaign/campaignpage.h"

#include "models/cycles/cycletablemodel.h"
#include "models/evidence/checktablemodel.h"
#include "ui/campaign/checkpanel.h"
#include "ui/campaign/evidencepanel.h"
#include "ui/campaign/phasecard.h"
#include "ui/campaign/verdictheader.h"
#include "ui/charts/cyclechart.h"
#include "ui/charts/cyclestrip.h"
#include "ui/common/theme.h"
#include "ui/logview/logview.h"

#include <QComboBox>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QSplitter>
#include <QTabBar>
#include <QTabWidget>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>

namespace slipway {

namespace {

constexpr int kChaos = 4; // the phase that has cycles

QTableView *makeTable(QAbstractItemModel *model, const QString &name) {
    auto *table = new QTableView;
    table->setModel(model);
    table->setAccessibleName(name);
    table->setSelectionBehavior(QAbstractItemView::SelectRows);
    table->setSelectionMode(QAbstractItemView::SingleSelection);
    table->setShowGrid(false);
    table->verticalHeader()->hide();
    table->verticalHeader()->setDefaultSectionSize(24);
    table->horizontalHeader()->setHighlightSections(false);
    table->horizontalHeader()->setStretchLastSection(true);
    table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    table->setTabKeyNavigation(false);
    return table;
}

} // namespace

CampaignPage::CampaignPage(const Protocol &protocol, CheckPanel &panel, QWidget *parent)
    : QWidget(parent), m_protocol(protocol), m_panel(panel), m_header(new VerdictHeader(this)) {
    auto *cards = new QHBoxLayout;
    cards->setSpacing(10);
    for (const Phase &phase : m_protocol.phases) {
        auto *card = new PhaseCard(phase, this);
        connect(card, &PhaseCard::clicked, this, &CampaignPage::selectPhase);
        cards->addWidget(card, 1);
        m_cards.append(card);
    }
    auto *split = new QSplitter(Qt::Vertical, this);
    split->setObjectName(QStringLiteral("campaignSplit"));
    split->setChildrenCollapsible(false);
    split->setHandleWidth(12);
    split->addWidget(makeTabs());
    split->addWidget(makeLog());
    split->setStretchFactor(0, 3);
    split->setStretchFactor(1, 2);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 16, 16, 16);
    layout->setSpacing(14);
    layout->addWidget(m_header);
    layout->addLayout(cards);
    layout->addWidget(split, 1);
}

QWidget *CampaignPage::makeTabs() {
    auto *frame = new QFrame;
    frame->setObjectName(QStringLiteral("pane"));
    m_tabs = new QTabWidget;
    m_tabs->setDocumentMode(true);
    m_tabs->tabBar()->setDrawBase(false);

    auto *cycles = new QWidget;
    m_strip = new CycleStrip;
    m_chart = new CycleChart;
    auto *cycleLayout = new QVBoxLayout(cycles);
    cycleLayout->setContentsMargins(0, 10, 0, 0);
    cycleLayout->addWidget(m_strip);
    cycleLayout->addWidget(m_chart, 1);
    connect(m_strip, &CycleStrip::cycleClicked, this, &CampaignPage::selectCycle);
    connect(m_chart, &CycleChart::cycleClicked, this, &CampaignPage::selectCycle);

    m_cycleModel = new CycleTableModel(this);
    m_cycleTable = makeTable(m_cycleModel, tr("Cycle table"));
    m_cycleTable->setColumnWidth(CycleTableModel::Fault, 190);
    connect(m_cycleTable->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            [this](const QModelIndex &current) {
                if (current.isValid())
                    selectCycle(m_cycleModel->cycles().at(current.row()).number);
            });

    m_checkModel = new CheckTableModel(this);
    m_checkTable = makeTable(m_checkModel, tr("Checks"));
    m_checkTable->setColumnWidth(CheckTableModel::Id, 300);
    connect(m_checkTable->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            [this](const QModelIndex &current) {
                if (current.isValid())
                    m_panel.showCheck(m_checkModel->checks().at(current.row()), m_record.files);
            });

    m_evidence = new EvidencePanel;
    connect(&m_panel, &CheckPanel::sourceWanted, this, [this](const SourceRange &source) {
        if (m_evidence->showRange(source))
            m_tabs->setCurrentWidget(m_evidence);
    });

    m_tabs->addTab(cycles, tr("Cycles"));
    m_tabs->addTab(m_cycleTable, tr("Cycle table"));
    m_tabs->addTab(m_checkTable, tr("Checks"));
    m_tabs->addTab(m_evidence, tr("Evidence"));
    auto *layout = new QVBoxLayout(frame);
    layout->setContentsMargins(14, 6, 14, 12);
    layout->addWidget(m_tabs);
    return frame;
}

QWidget *CampaignPage::makeLog() {
    auto *frame = new QFrame;
    frame->setObjectName(QStringLiteral("pane"));
    m_streamBox = new QComboBox;
    m_streamBox->setAccessibleName(tr("Log of"));
    m_streamBox->setMinimumContentsLength(28);
    m_logState = new QLabel;
    m_logState->setFont(smallFont());
    m_follow = new QPushButton(tr("Follow"));
    m_follow->setCheckable(true);
    m_log = new LogView;
    connect(m_streamBox, &QComboBox::activated, this, [this](int index) {
        m_streamChosen = true;
        showStream(index);
    });
    connect(m_follow, &QPushButton::toggled, m_log, &LogView::setFollowing);
    connect(m_log, &LogView::followingChanged, m_follow, &QPushButton::setChecked);
    m_follow->setChecked(true);
    auto *bar = new QHBoxLayout;
    bar->addWidget(m_streamBox);
    bar->addStretch(1);
    bar->addWidget(m_logState);
    bar->addWidget(m_follow);
    auto *layout = new QVBoxLayout(frame);
    layout->setContentsMargins(12, 8, 12, 8);
    layout->setSpacing(8);
    layout->addLayout(bar);
    layout->addWidget(m_log, 1);
    return frame;
}

void CampaignPage::setRecord(const CampaignRecord &record, const QList<LogStream> &streams) {
    m_record = record;
    m_selectedCycle = 0;
    m_streamChosen = false;
    m_header->setCampaign(record.summary, record.judgement);
    const QStringList faults =
        record.parameters.value(QStringLiteral("faults")).split(QLatin1Char(' '), Qt::SkipEmptyParts);
    const int planned = record.parameters.value(QStringLiteral("cycles")).toInt();
    m_strip->setPlan(faults, planned);
    m_strip->setCycles(record.cycles);
    m_strip->setSelected(0);
    m_chart->setPlanned(planned);
    if (record.parameters.contains(QStringLiteral("convergence_min")))
        m_chart->setThreshold(record.parameters.value(QStringLiteral("convergence_min")).toDouble());
    m_chart->setCycles(record.cycles);
    m_chart->setSelected(0);
    m_cycleModel->setCycles(record.cycles);
    m_checkModel->setChecks(record.judgement ? record.judgement->checks : QList<Check>());
    m_tabs->setTabText(2, record.judgement ? tr("Checks %1").arg(record.judgement->checks.size())
                                           : tr("Checks"));
    m_evidence->setFiles(record.files);
    m_tabs->setTabText(3,
                       record.files.isEmpty() ? tr("Evidence") : tr("Evidence %1").arg(record.files.size()));
    m_panel.setRecord(record);
    refreshCards();
    setStreams(streams);
    const bool settled = record.summary.state != RunState::Running;
    if (settled && record.judgement && record.judgement->blamedPhase > 0)
        selectPhase(record.judgement->blamedPhase);
}

void CampaignPage::refreshCards() {
    const bool running = m_record.summary.state == RunState::Running;
    for (PhaseCard *card : std::as_const(m_cards)) {
        QList<PhaseRun> runs;
        std::copy_if(m_record.phaseRuns.begin(), m_record.phaseRuns.end(), std::back_inserter(runs),
                     [card](const PhaseRun &run) { return run.phase == card->number(); });
        std::optional<PhaseJudgement> judgement;
        if (m_record.judgement) {
            for (const PhaseJudgement &phase : m_record.judgement->phases) {
                if (phase.phase == card->number())
                    judgement = phase;
            }
        }
        card->setState(runs, judgement, running);
        card->setProgress(card->number() == kChaos ? static_cast<int>(m_record.cycles.size()) : 0,
                          plannedCycles());
        card->setBlamed(!running && m_record.judgement && m_record.judgement->blamedPhase == card->number());
    }
    const auto run = std::find_if(m_record.phaseRuns.rbegin(), m_record.phaseRuns.rend(),
                                  [](const PhaseRun &one) { return one.state == RunState::Running; });
    if (run == m_record.phaseRuns.rend())
        return;
    const Phase *phase = m_protocol.phase(run->phase);
    QString text = tr("Phase %1 of %2, %3")
                       .arg(run->phase)
                       .arg(m_protocol.phases.size())
                       .arg(phase ? phase->name.toLower() : run->step);
    if (run->phase == kChaos && !m_record.cycles.isEmpty())
        text += tr(": cycle %1 of %2").arg(m_record.cycles.size()).arg(plannedCycles());
    m_header->setProgress(text);
}

int CampaignPage::plannedCycles() const {
    const qsizetype faults = m_record.parameters.value(QStringLiteral("faults"))
                                 .split(QLatin1Char(' '), Qt::SkipEmptyParts)
                                 .size();
    return m_record.parameters.value(QStringLiteral("cycles")).toInt() * static_cast<int>(faults);
}

void CampaignPage::setRun(const PhaseRun &run) {
    auto &runs = m_record.phaseRuns;
    const auto it = std::find_if(runs.begin(), runs.end(), [&](const PhaseRun &other) {
        return other.streamName() == run.streamName();
    });
    if (it == runs.end())
        runs.append(run);
    else
        *it = run;
    refreshCards();
}

void CampaignPage::setStreams(const QList<LogStream> &streams) {
    const QString shown = m_streamBox->currentData().toString();
    m_streams = streams;
    m_streamBox->clear();
    for (const LogStream &stream : streams) {
        m_streamBox->addItem(
            tr("Phase %1 · %2 · %3").arg(stream.run.phase).arg(stream.run.step, stream.run.host),
            stream.run.streamName());
    }
    const int kept = m_streamBox->findData(shown);
    const int index = m_streamChosen && kept >= 0 ? kept : static_cast<int>(streams.size()) - 1;
    m_streamBox->setCurrentIndex(index);
    m_streamBox->setEnabled(!streams.isEmpty());
    if (index != kept || m_streamBox->currentData().toString() != shown || index < 0)
        showStream(index);
    logGrew();
}

void CampaignPage::showStream(int index) {
    m_log->setSource(index >= 0 && index < m_streams.size() ? m_streams.at(index).source : nullptr);
    logGrew();
}

void CampaignPage::logGrew() {
    const int index = m_streamBox->currentIndex();
    if (index < 0 || index >= m_streams.size()) {
        m_logState->clear();
        return;
    }
    const LogSource &source = *m_streams.at(index).source;
    m_logState->setText(
        tr("complete to byte %L1 · %L2 lines").arg(source.byteCount()).arg(source.lineCount()));
    m_log->sourceGrew();
}

void CampaignPage::appendCycles(const QList<Cycle> &cycles) {
    m_record.cycles += cycles;
    m_strip->append(cycles);
    m_chart->append(cycles);
    m_cycleModel->append(cycles);
    refreshCards();
}

void CampaignPage::setJudgement(const Judgement &judgement) {
    m_record.judgement = judgement;
    m_checkModel->setChecks(judgement.checks);
    m_tabs->setTabText(2, tr("Checks %1").arg(judgement.checks.size()));
    refreshCards();
}

void CampaignPage::selectCycle(int cycle) {
    if (cycle == m_selectedCycle)
        return;
    m_selectedCycle = cycle;
    m_strip->setSelected(cycle);
    m_chart->setSelected(cycle);
    const auto &cycles = m_cycleModel->cycles();
    const QModelIndex current = m_cycleTable->currentIndex();
    if (current.isValid() && cycles.at(current.row()).number == cycle)
        return;
    const auto it =
        std::find_if(cycles.begin(), cycles.end(), [cycle](const Cycle &c) { return c.number == cycle; });
    if (it != cycles.end())
        m_cycleTable->selectRow(static_cast<int>(it - cycles.begin()));
}

void CampaignPage::selectFailingCycle(bool forward) {
    const auto &cycles = m_cycleModel->cycles();
    int best = 0;
    for (const Cycle &cycle : cycles) {
        if (outcomeOf(cycle) == CycleOutcome::Kept ||
            (forward ? cycle.number <= m_selectedCycle : cycle.number >= m_selectedCycle))
            continue;
        if (best == 0 || (forward ? cycle.number < best : cycle.number > best))
            best = cycle.number;
    }
    if (best > 0)
        selectCycle(best);
}

void CampaignPage::selectPhase(int phase) {
    // Of a phase's logs the longest is where things happened; the others start and stop servers.
    int longest = -1;
    for (int index = 0; index < static_cast<int>(m_streams.size()); ++index) {
        const LogStream &stream = m_streams.at(index);
        if (stream.run.phase == phase &&
            (longest < 0 || stream.source->byteCount() > m_streams.at(longest).source->byteCount()))
            longest = index;
    }
    if (longest >= 0) {
        m_streamChosen = true;
        m_streamBox->setCurrentIndex(longest);
        showStream(longest);
    }
    const auto &checks = m_checkModel->checks();
    const auto first = std::find_if(checks.begin(), checks.end(),
                                    [phase](const Check &check) { return check.phase == phase; });
    if (first != checks.end())
        m_checkTable->scrollTo(m_checkModel->index(static_cast<int>(first - checks.begin()), 0),
                               QAbstractItemView::PositionAtTop);
}

} // namespace slipway
