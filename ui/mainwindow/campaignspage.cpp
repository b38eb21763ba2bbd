// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/mainwindow/campaignspage.h"

#include "app/session/archivewatch.h"
#include "app/session/campaignchanges.h"
#include "app/session/campaigncontroller.h"
#include "app/session/campaignfeed.h"
#include "app/session/campaignqueries.h"
#include "app/session/importrunner.h"
#include "app/session/session.h"
#include "models/campaign/expectedend.h"
#include "models/campaign/issuetext.h"
#include "models/evidence/verdictclaim.h"
#include "ui/campaign/campaignpage.h"
#include "ui/campaign/chartfeed.h"
#include "ui/campaign/checkpanel.h"
#include "ui/campaign/comparetab.h"
#include "ui/common/sidecolumns.h"
#include "ui/common/verdictmark.h"
#include "ui/insight/narrativetab.h"
#include "ui/mainwindow/campaignfolder.h"
#include "ui/mainwindow/campaignlistpane.h"
#include "ui/mainwindow/comparisoncontrol.h"
#include "ui/mainwindow/startpanel.h"
#include "ui/triage/triagepanel.h"

#include <QApplication>
#include <QClipboard>
#include <QScrollArea>
#include <QVBoxLayout>

namespace slipway {

namespace {

QScrollArea *scrolled(QWidget *content) {
    auto *area = new QScrollArea;
    area->setWidget(content);
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    return area;
}

} // namespace

CampaignsPage::CampaignsPage(const Session &session, const Protocol &protocol, QWidget *parent)
    : QWidget(parent), m_session(session), m_protocol(protocol), m_list(new CampaignListPane),
      m_panel(new CheckPanel), m_triage(new TriagePanel), m_page(new CampaignPage(protocol, *m_panel)),
      m_start(new StartPanel),
      m_comparison(new ComparisonControl(session.comparisons(), m_page->compare(), this)) {
    m_panel->setObjectName(QStringLiteral("side"));
    auto *side = new QWidget;
    side->setObjectName(QStringLiteral("side"));
    auto *sideLayout = new QVBoxLayout(side);
    sideLayout->setContentsMargins(0, 0, 0, 0);
    sideLayout->setSpacing(0);
    sideLayout->addWidget(m_panel);
    sideLayout->addWidget(m_triage);
    sideLayout->addStretch(1);
    QScrollArea *right = scrolled(side);
    right->setObjectName(QStringLiteral("sideRight"));
    right->setFrameShape(QFrame::StyledPanel); // else its border is not drawn
    right->setAccessibleName(tr("Check and triage"));
    auto *centre = new QWidget;
    auto *centreLayout = new QVBoxLayout(centre);
    centreLayout->setContentsMargins(0, 0, 0, 0);
    centreLayout->addWidget(m_start);
    centreLayout->addWidget(m_page);
    m_page->hide();
    m_columns = new SideColumns(m_list, scrolled(centre), right);
    for (const auto column : {SideColumns::Side::Left, SideColumns::Side::Right})
        m_columns->setUseful(column, false); // there is no campaign yet
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_columns);
    setFocusProxy(m_start);
    connect(m_list, &CampaignListPane::chosen, this, [this](const QString &id) {
        if (id != m_shown)
            choose(id);
    });
    wire();
    wireTriage();
}

void CampaignsPage::wire() {
    feedCharts(m_session.queries(), *m_page);
    const auto ours = [this](const QString &id) { return id == m_shown; };
    const CampaignController &campaigns = m_session.campaigns();
    const CampaignFeed &feed = m_session.feed();
    connect(&campaigns, &CampaignController::campaignStarted, this, [this](const CampaignRecord &record) {
        if (m_chosen && m_next != record.summary.id)
            return; // a person looks at another one
        m_next = record.summary.id;
        showCampaign(record);
    });
    connect(&feed, &CampaignFeed::phaseRunChanged, this,
            [this, ours](const QString &id, const PhaseRun &run) {
                if (!ours(id))
                    return;
                m_page->setRun(run);
                showProgress();
                CampaignRecord record;
                record.summary.id = id;
                m_page->setStreams(m_session.feed().streamsOf(record));
            });
    connect(&feed, &CampaignFeed::cyclesArrived, this,
            [this, ours](const QString &id, const QList<Cycle> &cycles) {
                if (!ours(id))
                    return;
                m_page->appendCycles(cycles);
                showProgress();
            });
    connect(&feed, &CampaignFeed::judged, this, [this, ours](const QString &id, const Judgement &judgement) {
        if (ours(id))
            m_page->setJudgement(judgement);
    });
    connect(&feed, &CampaignFeed::logGrew, this, [this, ours](const QString &id) {
        if (ours(id))
            m_page->logGrew();
    });
    connect(&campaigns, &CampaignController::campaignFinished, this, [this](const QString &id) {
        m_session.queries().load(id, [this, id](const Result<CampaignRecord> &record) {
            if (!record) {
                Q_EMIT problemOccurred(record.error().text);
                return;
            }
            if (id == m_shown) // whoever looks at something else is left there
                showCampaign(*record);
            showEnd(record->summary);
        });
    });
    connect(&campaigns, &CampaignController::campaignLeft, this, [this](const QString &id) {
        if (id == m_shown)
            m_shown.clear(); // the list comes, and with it what became of it
    });
    connect(&m_session.changes(), &CampaignChanges::campaignListChanged, this, &CampaignsPage::refresh);
    connect(&m_session.imports(), &ImportRunner::campaignListChanged, this, &CampaignsPage::refresh);
    connect(&m_session.elsewhere(), &ArchiveWatch::changed, this, &CampaignsPage::refresh);
    m_session.elsewhere().start();
    connect(&campaigns, &CampaignController::campaignStarted, this, &CampaignsPage::refresh);
    connect(&campaigns, &CampaignController::campaignFinished, this, &CampaignsPage::refresh);
    connect(&campaigns, &CampaignController::campaignLeft, this, &CampaignsPage::refresh);
}

void CampaignsPage::wireTriage() {
    connect(m_triage, &TriagePanel::saveRequested, this, [this](const QMap<QString, Triage> &triages) {
        m_session.changes().saveTriage(triages, [this](const Result<void> &stored) { changed(stored); });
    });
    connect(m_triage, &TriagePanel::undoRequested, this, [this](const QString &change) {
        m_session.changes().undoTriage(change, {}, [this](const Result<TriageUndo> &undone) {
            changed(undone ? Result<void>() : undone.error());
            if (undone && !undone->left.isEmpty())
                Q_EMIT problemOccurred(tr("Changed by somebody else meanwhile, and left as it is: %1")
                                           .arg(undone->left.join(QStringLiteral(", "))));
        });
    });
    connect(m_triage, &TriagePanel::noted, this, &CampaignsPage::noted);
    connect(m_triage, &TriagePanel::campaignRequested, this, &CampaignsPage::choose);
    connect(m_triage, &TriagePanel::diffRequested, this, [this] { m_page->showTab(m_page->compare()); });
    connect(m_triage, &TriagePanel::issueRequested, this, &CampaignsPage::copyIssue);
}

void CampaignsPage::refresh() {
    m_session.queries().listEntries([this](const Result<QList<CampaignEntry>> &campaigns) {
        if (!campaigns) {
            Q_EMIT problemOccurred(campaigns.error().text);
            return;
        }
        m_list->setEntries(*campaigns);
        Q_EMIT entriesChanged(*campaigns);
        // At the start what needs a look comes before what was looked at last.
        if (const QString red = m_list->newestRed(); !m_opened && !m_chosen && !red.isEmpty())
            m_next = red;
        QString id = m_list->entry(m_next) ? m_next : m_shown;
        if (!m_list->entry(id))
            id = m_list->firstId();
        m_opened = true;
        if (!id.isEmpty())
            load(id);
        showStanding();
    });
}

void CampaignsPage::choose(const QString &id) {
    m_chosen = true;
    if (id != m_shown)
        Q_EMIT anotherChosen();
    load(id);
}

void CampaignsPage::load(const QString &id) {
    m_next = id;
    m_list->setCurrent(id);
    if (id == m_shown || (id == m_session.campaigns().runningCampaign() && id == m_page->campaignId())) {
        m_shown = id;
        return;
    }
    m_session.queries().load(id, [this, id](const Result<CampaignRecord> &record) {
        const bool live = id == m_session.campaigns().runningCampaign() && id == m_page->campaignId();
        if (id != m_next || live) // what is live is newer than what was asked for
            return;
        if (record)
            showCampaign(*record);
        else
            Q_EMIT problemOccurred(record.error().text);
    });
}

void CampaignsPage::showCampaign(const CampaignRecord &record) {
    m_shown = record.summary.id;
    m_start->hide();
    setFocusProxy(m_list);
    m_page->show();
    for (const auto side : {SideColumns::Side::Left, SideColumns::Side::Right})
        m_columns->setUseful(side, true);
    m_comparison->setCampaign(m_shown, m_list->entries()); // before its page asks for a comparison
    m_page->setRecord(record, m_session.feed().streamsOf(record));
    m_list->setCurrent(m_shown);
    showStanding();
    showProgress();
}

void CampaignsPage::showEnd(const CampaignSummary &summary) {
    const QString verdict = summary.verdict ? verdictLabel(*summary.verdict) : runStateName(summary.state);
    const QString title = tr("%1: %2").arg(summary.id, verdict);
    const QString text =
        summary.verdict ? withClaim(summary.reason, *summary.verdict, summary.claim) : summary.reason;
    if (summary.id != m_shown)
        Q_EMIT problemOccurred(text.isEmpty() ? title : title + QStringLiteral(". ") + text);
    Q_EMIT campaignEnded(title, text);
}

void CampaignsPage::changed(const Result<void> &stored) {
    Q_EMIT problemOccurred(stored ? QString() : stored.error().text);
    if (!stored)
        refresh(); // what is shown is what is stored
}

void CampaignsPage::showStanding() {
    m_triage->setCampaign(m_shown, m_list->entries());
    m_comparison->setCampaign(m_shown, m_list->entries());
    if (const CampaignEntry *entry = m_list->entry(m_shown))
        m_page->setStanding(*entry);
}

void CampaignsPage::showProgress() {
    const CampaignRecord &record = m_page->record();
    if (record.summary.state != RunState::Running)
        return;
    const QString text = progressText(record, m_protocol);
    const auto left = remainingMs(record, m_protocol, QDateTime::currentDateTimeUtc());
    m_list->setProgress(record.summary.id, text, left ? tr("%1 left").arg(clockText(*left)) : QString());
}

void CampaignsPage::copyIssue() {
    const CampaignEntry *entry = m_list->entry(m_shown);
    if (!entry || m_page->campaignId() != m_shown)
        return;
    QApplication::clipboard()->setText(issueText(m_page->record(), *entry));
    Q_EMIT problemOccurred(tr("The text for an issue about %1 is in the clipboard.").arg(m_shown));
}

void CampaignsPage::copyId() {
    if (m_shown.isEmpty())
        return;
    QApplication::clipboard()->setText(m_shown);
    Q_EMIT problemOccurred(tr("%1 is in the clipboard.").arg(m_shown));
}

void CampaignsPage::openFolder() {
    if (const auto opened = openCampaignFolder(m_session.queries(), m_shown); !opened)
        Q_EMIT problemOccurred(opened.error().text);
}

void CampaignsPage::requestAgain() {
    if (!m_shown.isEmpty() && m_page->campaignId() == m_shown)
        Q_EMIT launchRequested(m_page->record());
}

void CampaignsPage::moveInList(int by) {
    m_list->move(by);
}

void CampaignsPage::focusFilter() {
    m_columns->reveal(SideColumns::Side::Left);
    m_list->focusFilter();
}

void CampaignsPage::chooseClass(FailureClass failureClass) {
    m_triage->choose(failureClass);
}

void CampaignsPage::undo() {
    if (m_page->narrative().canUndo())
        m_page->narrative().undo();
    else
        m_triage->undo();
}

} // namespace slipway
