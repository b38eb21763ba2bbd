// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/mainwindow/mainwindow.h"

#include "app/cloud/rental/rentals.h"
#include "app/session/campaignchanges.h"
#include "app/session/campaigncontroller.h"
#include "app/session/campaignfeed.h"
#include "app/session/campaignlauncher.h"
#include "app/session/campaignqueries.h"
#include "app/session/importrunner.h"
#include "app/session/inventory.h"
#include "app/session/session.h"
#include "models/evidence/verdictclaim.h"
#include "ui/campaign/campaignpage.h"
#include "ui/campaign/chartfeed.h"
#include "ui/campaign/checkpanel.h"
#include "ui/common/theme.h"
#include "ui/fleet/fleetspage.h"
#include "ui/mainwindow/campaignlistpane.h"
#include "ui/mainwindow/statusline.h"
#include "ui/mainwindow/windowbar.h"
#include "ui/palette/commandtable.h"
#include "ui/palette/helpsheet.h"
#include "ui/palette/palette.h"
#include "ui/rental/rentalspage.h"
#include "ui/trends/trendspage.h"
#include "ui/triage/triagepanel.h"

#include <QBoxLayout>
#include <QCloseEvent>
#include <QEvent>
#include <QLabel>
#include <QScreen>
#include <QScrollArea>
#include <QSettings>
#include <QSplitter>
#include <QStackedWidget>

namespace slipway {

namespace {

constexpr int kPanelFoldsBelow = 1180;

} // namespace

MainWindow::MainWindow(const Session &session, Protocol protocol, Protocol fieldProtocol, QWidget *parent)
    : QMainWindow(parent), m_session(session), m_protocol(std::move(protocol)),
      m_fieldProtocol(std::move(fieldProtocol)), m_commands(new CommandTable(*this)), m_bar(new WindowBar),
      m_pages(new QStackedWidget), m_list(new CampaignListPane), m_panel(new CheckPanel),
      m_triage(new TriagePanel), m_panelArea(new QScrollArea), m_page(new CampaignPage(m_protocol, *m_panel)),
      m_trends(new TrendsPage), m_rented(new RentalsPage(session.rentals())),
      m_palette(new Palette(*m_commands, *this)), m_help(new HelpSheet(*m_commands, *this)),
      m_split(new QSplitter(Qt::Horizontal)), m_empty(new QLabel), m_status(new StatusLine) {
    setWindowTitle(tr("Slipway"));
    auto *body = new QWidget;
    auto *layout = new QVBoxLayout(body);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_bar);
    layout->addWidget(m_pages, 1);
    setCentralWidget(body);
    setStatusBar(m_status);
    addPage(tr("Campaigns"), makeCampaigns());
    addPage(tr("Trends"), m_trends);
    auto *fleets = new FleetsPage(m_session.inventory());
    addPage(tr("Fleets"), fleets);
    addPage(tr("Rented"), m_rented);
    showPage(0);
    connect(m_rented, &RentalsPage::problemOccurred, m_status, &StatusLine::setProblem);
    connect(m_rented, &RentalsPage::standingChanged, m_status, &StatusLine::setRented);
    connect(m_rented, &RentalsPage::launchRequested, this, &MainWindow::askLaunch);
    connect(fleets, &FleetsPage::problemOccurred, m_status, &StatusLine::setProblem);
    connect(m_bar, &WindowBar::pageChosen, this, &MainWindow::showPage);
    connect(m_bar, &WindowBar::launchRequested, this, [this] { askLaunch(); });
    connect(m_bar, &WindowBar::stopRequested, this, &MainWindow::askStop);
    wire();
    wireQuestions();
    wireTriage();
    wireNarrative();
    wirePalette();
    addCommands();
    const QSettings settings;
    resize(QSize(1440, 900).boundedTo(screen()->availableSize()));
    restoreGeometry(settings.value(QStringLiteral("window/geometry")).toByteArray());
    m_split->restoreState(settings.value(QStringLiteral("window/columns")).toByteArray());
    m_page->restoreLayout(settings.value(QStringLiteral("window/rows")).toByteArray());
    m_wanted = settings.value(QStringLiteral("window/campaign")).toString();
    refreshList();
}

QWidget *MainWindow::makeCampaigns() {
    m_panel->setObjectName(QStringLiteral("side"));
    m_panelArea->setObjectName(QStringLiteral("sideRight"));
    auto *side = new QWidget;
    side->setObjectName(QStringLiteral("side"));
    auto *sideLayout = new QVBoxLayout(side);
    sideLayout->setContentsMargins(0, 0, 0, 0);
    sideLayout->setSpacing(0);
    sideLayout->addWidget(m_panel);
    sideLayout->addWidget(m_triage);
    sideLayout->addStretch(1);
    m_panelArea->setWidget(side);
    m_panelArea->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_panelArea->setWidgetResizable(true);
    m_panelArea->setFrameShape(QFrame::NoFrame);
    m_panelArea->setMinimumWidth(250);
    m_empty->setTextFormat(Qt::PlainText);
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setText(
        tr("No campaign yet.\n\nLaunch one with Ctrl+L: the sandbox brings up a fleet of four hosts on "
           "this machine.\nPublished ones come in with: slipwayctl import FOLDER"));
    auto *centre = new QWidget;
    auto *centreLayout = new QVBoxLayout(centre);
    centreLayout->setContentsMargins(0, 0, 0, 0);
    centreLayout->addWidget(m_empty);
    centreLayout->addWidget(m_page);
    m_page->hide();
    m_split->setHandleWidth(1);
    m_split->setChildrenCollapsible(false);
    m_split->addWidget(m_list);
    m_split->addWidget(centre);
    m_split->addWidget(m_panelArea);
    m_split->setStretchFactor(1, 1);
    m_split->setSizes({260, 860, 310});
    connect(m_page, &CampaignPage::exportRequested, this, &MainWindow::askExport);
    connect(m_list, &CampaignListPane::chosen, this, [this](const QString &id) {
        if (id != m_shown)
            select(id);
    });
    return m_split;
}

void MainWindow::addPage(const QString &title, QWidget *page) {
    m_pages->addWidget(page);
    m_bar->addPage(title);
}

void MainWindow::showPage(int index) {
    m_pages->setCurrentIndex(index);
    m_bar->setPage(index);
}

void MainWindow::wire() {
    feedCharts(m_session.queries(), *m_page);
    const auto ours = [this](const QString &id) { return id == m_shown; };
    const CampaignController &campaigns = m_session.campaigns();
    const CampaignFeed &feed = m_session.feed();
    connect(&campaigns, &CampaignController::campaignStarted, this, [this](const CampaignRecord &record) {
        m_bar->setBusy(true, false);
        if (m_chosen && m_wanted != record.summary.id)
            return; // a person looks at another one
        m_wanted = record.summary.id;
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
        m_bar->setBusy(false, true);
        m_session.queries().load(id, [this, id](const Result<CampaignRecord> &record) {
            if (!record) {
                m_status->setProblem(record.error().text);
                return;
            }
            if (id == m_shown) // whoever looks at something else is left there
                showCampaign(*record);
            tellEnd(record->summary);
        });
    });
    connect(&m_session.launcher(), &CampaignLauncher::fleetOpened, m_status,
            [this] { m_status->setProblem(QString()); });
    connect(&campaigns, &CampaignController::stopWaits, m_status, &StatusLine::setProblem);
    connect(&campaigns, &CampaignController::campaignLeft, this, [this](const QString &id) {
        m_bar->setBusy(false, true);
        if (id == m_shown)
            m_shown.clear(); // the list comes, and with it what became of it
    });
    connect(&feed, &CampaignFeed::hostConnectionChanged, m_status, &StatusLine::setHost);
    const auto showError = [this](const QString &, const Error &error) { m_status->setProblem(error.text); };
    connect(&campaigns, &CampaignController::problemOccurred, this, showError);
    connect(&m_session.rentals(), &Rentals::failed, this, showError);
    connect(&m_session.changes(), &CampaignChanges::campaignListChanged, this, &MainWindow::refreshList);
    connect(&m_session.imports(), &ImportRunner::campaignListChanged, this, &MainWindow::refreshList);
    connect(&campaigns, &CampaignController::campaignStarted, this, &MainWindow::refreshList);
    connect(&campaigns, &CampaignController::campaignFinished, this, &MainWindow::refreshList);
    connect(&campaigns, &CampaignController::campaignLeft, this, &MainWindow::refreshList);
}

void MainWindow::refreshList() {
    m_session.queries().listEntries([this](const Result<QList<CampaignEntry>> &campaigns) {
        if (!campaigns) {
            m_status->setProblem(campaigns.error().text);
            return;
        }
        m_list->setEntries(*campaigns);
        m_trends->setEntries(*campaigns);
        m_palette->setEntries(*campaigns);
        m_status->setArchive(campaigns->size());
        // At the start what needs a look comes before what was looked at last.
        if (const QString red = m_list->newestRed(); !m_opened && !m_chosen && !red.isEmpty())
            m_wanted = red;
        QString id = m_list->entry(m_wanted) ? m_wanted : m_shown;
        if (!m_list->entry(id))
            id = m_list->firstId();
        m_opened = true;
        if (!id.isEmpty())
            load(id);
        showStanding();
    });
}

void MainWindow::select(const QString &id) {
    m_chosen = true;
    showPage(m_pages->indexOf(m_split));
    load(id);
}

void MainWindow::load(const QString &id) {
    m_wanted = id;
    m_list->setCurrent(id);
    if (id == m_shown || (id == m_session.campaigns().runningCampaign() && id == m_page->campaignId())) {
        m_shown = id;
        return;
    }
    m_session.queries().load(id, [this, id](const Result<CampaignRecord> &record) {
        const bool live = id == m_session.campaigns().runningCampaign() && id == m_page->campaignId();
        if (id != m_wanted || live) // what is live is newer than what was asked for
            return;
        if (record)
            showCampaign(*record);
        else
            m_status->setProblem(record.error().text);
    });
}

void MainWindow::showCampaign(const CampaignRecord &record) {
    m_shown = record.summary.id;
    m_empty->hide();
    m_page->show();
    foldPanel();
    m_page->setRecord(record, m_session.feed().streamsOf(record));
    m_list->setCurrent(m_shown);
    showStanding();
    showProgress();
}

void MainWindow::tellEnd(const CampaignSummary &summary) {
    const QString verdict = summary.verdict ? verdictLabel(*summary.verdict) : runStateName(summary.state);
    const QString title = tr("%1: %2").arg(summary.id, verdict);
    const QString text =
        summary.verdict ? withClaim(summary.reason, *summary.verdict, summary.claim) : summary.reason;
    if (summary.id != m_shown)
        m_status->setProblem(text.isEmpty() ? title : title + QStringLiteral(". ") + text);
    Q_EMIT campaignEnded(title, text);
}

bool MainWindow::event(QEvent *event) {
    if (event->type() == QEvent::ThemeChange)
        Q_EMIT systemThemeChanged();
    return QMainWindow::event(event);
}

void MainWindow::closeEvent(QCloseEvent *event) {
    if (!mayLoseDrafts()) {
        event->ignore();
        return;
    }
    QSettings settings;
    settings.setValue(QStringLiteral("window/geometry"), saveGeometry());
    settings.setValue(QStringLiteral("window/columns"), m_split->saveState());
    settings.setValue(QStringLiteral("window/rows"), m_page->saveLayout());
    settings.setValue(QStringLiteral("window/campaign"), m_shown);
    QMainWindow::closeEvent(event);
}

void MainWindow::resizeEvent(QResizeEvent *event) {
    QMainWindow::resizeEvent(event);
    foldPanel();
}

void MainWindow::foldPanel() {
    m_panelArea->setVisible(width() >= kPanelFoldsBelow && !m_page->isHidden());
}

} // namespace slipway
