// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/mainwindow/mainwindow.h"

#include "ui/help/guidedialog.h"

#include "app/cloud/rental/rentals.h"
#include "app/session/campaigncontroller.h"
#include "app/session/campaignfeed.h"
#include "app/session/campaignqueries.h"
#include "app/session/importrunner.h"
#include "app/session/insights.h"
#include "app/session/inventory.h"
#include "app/session/publishrunner.h"
#include "app/session/session.h"
#include "ui/campaign/campaignpage.h"
#include "ui/common/notice.h"
#include "ui/exporter/exportsheet.h"
#include "ui/fleet/fleetspage.h"
#include "ui/insight/narrativearchive.h"
#include "ui/insight/narrativetab.h"
#include "ui/mainwindow/aboutbox.h"
#include "ui/mainwindow/campaigncommands.h"
#include "ui/mainwindow/campaignlistpane.h"
#include "ui/mainwindow/campaignspage.h"
#include "ui/mainwindow/closequestion.h"
#include "ui/mainwindow/importcontrol.h"
#include "ui/mainwindow/launchcontrol.h"
#include "ui/mainwindow/questions.h"
#include "ui/mainwindow/startpanel.h"
#include "ui/mainwindow/statusline.h"
#include "ui/mainwindow/windowbar.h"
#include "ui/palette/commandtable.h"
#include "ui/palette/helpsheet.h"
#include "ui/palette/palette.h"
#include "ui/palette/windowmenus.h"
#include "ui/rental/rentalspage.h"
#include "ui/trends/trendspage.h"

#include <QAction>
#include <QApplication>
#include <QBoxLayout>
#include <QCloseEvent>
#include <QMenuBar>
#include <QMimeData>
#include <QStackedWidget>

namespace slipway {

MainWindow::MainWindow(const Session &session, Protocol protocol, Protocol fieldProtocol, QWidget *parent)
    : QMainWindow(parent), m_session(session), m_questions(new Questions(*this)),
      m_commands(new CommandTable(*this)), m_bar(new WindowBar), m_pages(new QStackedWidget),
      m_campaigns(new CampaignsPage(session, protocol)),
      m_trends(new TrendsPage(session.series(), session.inventory())),
      m_fleets(new FleetsPage(session.inventory())), m_rented(new RentalsPage(session.rentals())),
      m_status(new StatusLine), m_notice(new Notice(*this)),
      m_launch(
          new LaunchControl(session, std::move(protocol), std::move(fieldProtocol), *m_questions, *this)),
      m_import(new ImportControl(session.imports(), *m_notice, *this)),
      m_palette(new Palette(*m_commands, *this)), m_help(new HelpSheet(*m_commands, *this)),
      m_guide(new GuideDialog(this)), m_memory(*this, *m_campaigns),
      m_close(new CloseQuestion(
          {session.campaigns(), *m_launch, m_campaigns->campaign().narrative(), *m_questions}, this)) {
    setWindowTitle(tr("Slipway"));
    setAcceptDrops(true);
    auto *body = new QWidget;
    auto *layout = new QVBoxLayout(body);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_bar);
    layout->addWidget(m_pages, 1);
    setCentralWidget(body);
    setStatusBar(m_status);
    addPage(tr("Campaigns"), m_campaigns);
    addPage(tr("Trends"), m_trends);
    addPage(tr("Fleets"), m_fleets);
    addPage(tr("Rented"), m_rented);
    addCommands();
    m_menus = new WindowMenus(*m_commands, *menuBar());
    wirePages();
    wireControls();
    m_memory.restore();
    showPage(m_campaigns);
    m_campaigns->refresh();
}

void MainWindow::addPage(const QString &title, QWidget *page) {
    m_pages->addWidget(page);
    m_bar->addPage(title);
}

void MainWindow::showPage(QWidget *page) {
    m_pages->setCurrentWidget(page);
    m_bar->setPage(m_pages->indexOf(page));
    m_menus->showUsable();
    focusPage(page);
}

// Where it was when the page was left; at first where the page wants it.
void MainWindow::focusPage(QWidget *page) {
    QWidget *before = m_focus.value(page);
    if (before && before->isVisibleTo(page) && before->isEnabled())
        before->setFocus(Qt::OtherFocusReason);
    else
        page->setFocus(Qt::OtherFocusReason);
}

void MainWindow::wirePages() {
    connect(m_rented, &RentalsPage::problemOccurred, m_status, &StatusLine::setProblem);
    connect(m_rented, &RentalsPage::standingChanged, m_status, &StatusLine::setRented);
    connect(m_rented, &RentalsPage::launchRequested, this, &MainWindow::askLaunch);
    connect(m_fleets, &FleetsPage::problemOccurred, m_status, &StatusLine::setProblem);
    connect(m_trends, &TrendsPage::campaignRequested, this, &MainWindow::select);
    connect(m_trends, &TrendsPage::problemOccurred, m_status, &StatusLine::setProblem);
    connect(m_trends, &TrendsPage::alarmOpened, this, &MainWindow::alarmOpened);
    connect(m_trends, &TrendsPage::noted, this,
            [this](const QString &text, const std::function<void()> &undo) {
                m_notice->showText(text, tr("Undo"), undo);
            });
    connect(m_campaigns, &CampaignsPage::problemOccurred, m_status, &StatusLine::setCampaignProblem);
    connect(m_campaigns, &CampaignsPage::anotherChosen, m_status, &StatusLine::leaveCampaign);
    connect(m_campaigns, &CampaignsPage::campaignEnded, this, &MainWindow::campaignEnded);
    connect(m_campaigns, &CampaignsPage::launchRequested, this,
            [this](const CampaignRecord &like) { m_launch->askAgain(m_campaigns->list().ids(), like); });
    connect(m_campaigns, &CampaignsPage::noted, this, [this](const QString &text) {
        m_notice->showText(text, tr("Undo"), [this] { m_campaigns->undo(); });
    });
    connect(m_campaigns, &CampaignsPage::entriesChanged, this, [this](const QList<CampaignEntry> &entries) {
        m_trends->setEntries(entries);
        m_palette->setEntries(entries);
        m_status->setArchive(entries.size());
    });
    connect(&m_campaigns->campaign(), &CampaignPage::exportRequested, this, &MainWindow::askExport);
    const auto *narrative = new NarrativeArchive(m_session.insights(), m_campaigns->campaign().narrative(),
                                                 [this] { return m_campaigns->chosen(); });
    connect(narrative, &NarrativeArchive::problemOccurred, m_status, &StatusLine::setProblem);
    const StartPanel &start = m_campaigns->start();
    connect(&start, &StartPanel::sandboxRequested, this, [this] { askLaunch(kSandboxFleet); });
    connect(&start, &StartPanel::importRequested, m_import, &ImportControl::ask);
    connect(&start, &StartPanel::hostsRequested, this, [this] {
        showPage(m_fleets);
        m_fleets->newFleet();
    });
    connect(m_bar, &WindowBar::pageChosen, this, [this](int index) { showPage(m_pages->widget(index)); });
    connect(qApp, &QApplication::focusChanged, this, [this](const QWidget *, QWidget *now) {
        if (!now) // also while the pages are destroyed
            return;
        QWidget *page = m_pages->currentWidget();
        if (page && page->isAncestorOf(now))
            m_focus[page] = now;
    });
}

void MainWindow::wireControls() {
    m_questions->answer(m_session.prompt());
    connect(m_bar, &WindowBar::launchRequested, this, [this] { askLaunch(); });
    connect(m_bar, &WindowBar::stopRequested, m_launch, &LaunchControl::askStop);
    connect(m_bar, &WindowBar::paletteRequested, this, [this] { m_palette->ask(); });
    connect(m_launch, &LaunchControl::busyChanged, m_bar, &WindowBar::setBusy);
    connect(m_launch, &LaunchControl::problemOccurred, m_status, &StatusLine::setProblem);
    connect(m_launch, &LaunchControl::launching, m_campaigns, &CampaignsPage::followLaunch);
    connect(m_import, &ImportControl::problemOccurred, m_status, &StatusLine::setProblem);
    connect(m_commands, &CommandTable::scopeRequested, this, &MainWindow::showPage);
    connect(m_palette, &Palette::campaignChosen, this, &MainWindow::select);
    connect(m_palette, &Palette::hitChosen, this, [this](const SearchHit &hit) { select(hit.campaign); });
    connect(m_palette, &Palette::searchRequested, this, [this](const QString &words) {
        m_session.queries().search(words, [this, words](const Result<QList<SearchHit>> &hits) {
            if (hits)
                m_palette->setHits(words, *hits);
            else
                m_status->setProblem(hits.error().text);
        });
    });
    const CampaignController &campaigns = m_session.campaigns();
    connect(&campaigns, &CampaignController::stopWaits, m_status, &StatusLine::setProblem);
    connect(&m_session.feed(), &CampaignFeed::hostConnectionChanged, m_status, &StatusLine::setHost);
    const auto showError = [this](const QString &, const Error &error) { m_status->setProblem(error.text); };
    connect(&campaigns, &CampaignController::problemOccurred, this, showError);
    connect(&m_session.rentals(), &Rentals::failed, this, showError);
    connect(m_close, &CloseQuestion::stopped, this, &MainWindow::close);
}

void MainWindow::addCommands() {
    const QString file = tr("File");
    const auto ctrl = [](Qt::Key key) { return QKeySequence(Qt::CTRL | key); };
    const auto add = [&](const QString &text, const QList<QKeySequence> &keys,
                         const std::function<void()> &run) { m_commands->add(*this, file, text, keys, run); };
    add(tr("Launch a campaign"), {ctrl(Qt::Key_L)}, [this] { askLaunch(); });
    add(tr("Stop the campaign"), {ctrl(Qt::Key_Period)}, [this] { m_launch->askStop(); });
    add(tr("Resume what was cut off"), {}, [this] { m_launch->resumeInterrupted(); });
    add(tr("Import published runs"), {ctrl(Qt::Key_O)}, [this] { m_import->ask(); });
    add(tr("Quit"), {ctrl(Qt::Key_Q)}, [this] { close(); });
    addCampaignCommands(*m_commands, *m_campaigns);
    m_commands->addActionsOf(*m_trends, tr("Series"));
    m_commands->addActionsOf(*m_fleets, tr("Fleets"));
    addRentalCommands();
    addViewCommands();
    const QString help = tr("Help");
    m_commands->add(*this, help, tr("Keys"), {Qt::Key_Question}, [this] { m_help->toggle(); });
    m_commands->add(*this, help, tr("Guide"), {Qt::Key_F1}, [this] { showGuide(); });
    m_commands->add(*this, help, tr("About Slipway"), {}, [this] { showAbout(*this); });
}

void MainWindow::showGuide() {
    const QWidget *page = m_pages->currentWidget();
    m_guide->showTopic(page == m_trends   ? QStringLiteral("soak")
                       : page == m_fleets ? QStringLiteral("real-server")
                       : page == m_rented ? QStringLiteral("rented-fleet")
                                          : QStringLiteral("first-campaign"));
    m_guide->show();
    m_guide->raise();
    m_guide->activateWindow();
}

void MainWindow::addViewCommands() {
    const QString view = tr("View");
    for (int page = 0; page < m_pages->count(); ++page)
        m_commands->add(*this, view, m_bar->pageTitle(page),
                        {QKeySequence(Qt::ALT | Qt::Key(Qt::Key_1 + page))},
                        [this, page] { showPage(m_pages->widget(page)); });
    m_commands->add(*this, view, tr("Search or run a command"), {QKeySequence(Qt::CTRL | Qt::Key_K)},
                    [this] { m_palette->ask(); });
    m_commands->add(*this, view, tr("Menu"), {Qt::Key_F10}, [this] { m_menus->open(); });
    m_commands->add(*this, view, tr("Light"), {}, [this] { Q_EMIT themeChosen(QStringLiteral("light")); });
    m_commands->add(*this, view, tr("Dark"), {}, [this] { Q_EMIT themeChosen(QStringLiteral("dark")); });
    m_commands->add(*this, view, tr("Light or dark as the system"), {},
                    [this] { Q_EMIT themeChosen(QString()); });
}

void MainWindow::addRentalCommands() {
    const auto add = [this](const QString &text, const QList<QKeySequence> &keys,
                            void (RentalsPage::*run)()) {
        m_commands->add(*this, tr("Rented"), text, keys, [this, run] {
            showPage(m_rented);
            (m_rented->*run)();
        });
    };
    add(tr("Rent a fleet"), {QKeySequence(Qt::CTRL | Qt::Key_R)}, &RentalsPage::askRent);
    add(tr("Prepare the fleet"), {}, &RentalsPage::askPrepare);
    add(tr("Destroy the fleet"), {}, &RentalsPage::askDestroy);
    add(tr("Clean up orphans"), {}, &RentalsPage::askOrphans);
    add(tr("Token"), {}, &RentalsPage::askToken);
}

void MainWindow::launch(const LaunchChoice &choice) {
    m_launch->launch(choice);
}

void MainWindow::resumeInterrupted() {
    m_launch->resumeInterrupted();
}

void MainWindow::select(const QString &id) {
    showPage(m_campaigns);
    m_campaigns->choose(id);
}

void MainWindow::comeForward(const QString &id) {
    select(id);
    setWindowState(windowState() & ~Qt::WindowMinimized);
    show();
    raise();
    activateWindow();
}

void MainWindow::askLaunch(const QString &fleet) {
    m_launch->ask(m_campaigns->list().ids(), fleet);
}

void MainWindow::askExport() {
    const CampaignRecord &record = m_campaigns->campaign().record();
    const QString &id = m_campaigns->shownId();
    if (id.isEmpty()) {
        m_status->setProblem(tr("There is no campaign to export yet."));
        return;
    }
    if (record.summary.state == RunState::Running) {
        m_status->setProblem(tr("%1 is running; it can be exported when it has ended.").arg(id));
        return;
    }
    auto *sheet = new ExportSheet(m_session.publications(), record, this);
    sheet->open();
}

bool MainWindow::event(QEvent *event) {
    if (event->type() == QEvent::ThemeChange)
        Q_EMIT systemThemeChanged();
    return QMainWindow::event(event);
}

void MainWindow::endSession() {
    m_close->endSession();
    close();
}

void MainWindow::closeEvent(QCloseEvent *event) {
    if (!m_close->mayClose()) {
        event->ignore();
        return;
    }
    m_memory.save();
    QMainWindow::closeEvent(event);
}

void MainWindow::dragEnterEvent(QDragEnterEvent *event) {
    if (ImportControl::dropOf(*event->mimeData()).kind != ImportControl::Drop::Kind::Nothing)
        event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent *event) {
    const ImportControl::Drop drop = ImportControl::dropOf(*event->mimeData());
    if (drop.kind == ImportControl::Drop::Kind::Nothing)
        return;
    event->acceptProposedAction();
    if (drop.kind == ImportControl::Drop::Kind::Runs) {
        m_import->importFrom(drop.place);
    } else {
        showPage(m_fleets);
        m_fleets->importFile(drop.place);
    }
}

} // namespace slipway
