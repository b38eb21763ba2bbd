// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/mainwindow/mainwindow.h"

#include "models/campaign/campaignlistmodel.h"
#include "ui/campaign/campaignpage.h"
#include "ui/campaign/checkpanel.h"
#include "ui/common/theme.h"
#include "ui/logview/logview.h"
#include "ui/mainwindow/campaigndelegate.h"

#include <QBoxLayout>
#include <QInputDialog>
#include <QLabel>
#include <QListView>
#include <QMessageBox>
#include <QPushButton>
#include <QScreen>
#include <QScrollArea>
#include <QSettings>
#include <QShortcut>
#include <QSplitter>
#include <QStatusBar>

namespace slipway {

namespace {

constexpr int kPanelFoldsBelow = 1180;

bool askPerson(QWidget *parent, const QString &title, const QString &text, const QString &yes) {
    QMessageBox box(QMessageBox::NoIcon, title, text, QMessageBox::Cancel, parent);
    box.setTextFormat(Qt::PlainText);
    const QPushButton *accept = box.addButton(yes, QMessageBox::AcceptRole);
    box.setDefaultButton(QMessageBox::Cancel);
    box.exec();
    return box.clickedButton() == accept;
}

} // namespace

MainWindow::MainWindow(Services &services, Protocol protocol, Protocol fieldProtocol, QWidget *parent)
    : QMainWindow(parent), m_services(services), m_protocol(std::move(protocol)),
      m_fieldProtocol(std::move(fieldProtocol)), m_list(new CampaignListModel(this)), m_panel(new CheckPanel),
      m_panelArea(new QScrollArea), m_empty(new QLabel), m_problem(new QLabel), m_archiveState(new QLabel) {
    m_ask = [this](const QString &title, const QString &text, const QString &yes) {
        return askPerson(this, title, text, yes);
    };
    m_askSecret = [this](const QString &title, const QString &text) -> std::optional<QByteArray> {
        bool given = false;
        const QString answer = QInputDialog::getText(this, title, text, QLineEdit::Password, {}, &given);
        return given ? std::optional(answer.toUtf8()) : std::nullopt;
    };
    setWindowTitle(tr("Slipway"));
    m_page = new CampaignPage(m_protocol, *m_panel);
    m_panelArea->setObjectName(QStringLiteral("sideRight"));
    m_panelArea->setWidget(m_panel);
    m_panelArea->setWidgetResizable(true);
    m_panelArea->setFrameShape(QFrame::NoFrame);
    m_panelArea->setMinimumWidth(250);
    m_panel->setObjectName(QStringLiteral("side"));

    m_empty->setTextFormat(Qt::PlainText);
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setText(tr("No campaign yet.\n\nLaunch one with Ctrl+L: the sandbox brings up a fleet of four "
                        "hosts on this machine."));
    auto *centre = new QWidget;
    auto *centreLayout = new QVBoxLayout(centre);
    centreLayout->setContentsMargins(0, 0, 0, 0);
    centreLayout->addWidget(m_empty);
    centreLayout->addWidget(m_page);
    m_page->hide();

    m_split = new QSplitter(Qt::Horizontal);
    m_split->setHandleWidth(1);
    m_split->setChildrenCollapsible(false);
    m_split->addWidget(makeList());
    m_split->addWidget(centre);
    m_split->addWidget(m_panelArea);
    m_split->setStretchFactor(1, 1);
    m_split->setSizes({260, 860, 310});
    auto *body = new QWidget;
    auto *layout = new QVBoxLayout(body);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(makeBar());
    layout->addWidget(m_split, 1);
    setCentralWidget(body);
    statusBar()->setSizeGripEnabled(false);
    m_problem->setTextFormat(Qt::PlainText);
    m_problem->setContentsMargins(12, 0, 12, 0);
    m_problem->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    statusBar()->addWidget(m_problem, 1);
    statusBar()->addPermanentWidget(m_archiveState);
    m_archiveState->setContentsMargins(0, 0, 12, 0);

    wire();
    addShortcuts();
    const QSettings settings;
    resize(QSize(1440, 900).boundedTo(screen()->availableSize()));
    restoreGeometry(settings.value(QStringLiteral("window/geometry")).toByteArray());
    m_split->restoreState(settings.value(QStringLiteral("window/columns")).toByteArray());
    m_wanted = settings.value(QStringLiteral("window/campaign")).toString();
    refreshList();
}

QWidget *MainWindow::makeBar() {
    auto *bar = new QWidget;
    bar->setObjectName(QStringLiteral("bar"));
    bar->setAttribute(Qt::WA_StyledBackground);
    auto *name = new QLabel(tr("Slipway"));
    name->setFont(strongFont());
    m_stop = new QPushButton(tr("Stop campaign"));
    m_stop->setEnabled(false);
    m_launch = new QPushButton(tr("Launch campaign"));
    m_launch->setObjectName(QStringLiteral("primary"));
    connect(m_launch, &QPushButton::clicked, this, &MainWindow::askLaunch);
    connect(m_stop, &QPushButton::clicked, this, &MainWindow::askStop);
    auto *layout = new QHBoxLayout(bar);
    layout->setContentsMargins(16, 8, 16, 8);
    layout->addWidget(name);
    layout->addStretch(1);
    layout->addWidget(m_stop);
    layout->addWidget(m_launch);
    return bar;
}

QWidget *MainWindow::makeList() {
    auto *side = new QWidget;
    side->setObjectName(QStringLiteral("sideLeft"));
    side->setAttribute(Qt::WA_StyledBackground);
    m_listView = new QListView;
    m_listView->setModel(m_list);
    m_listView->setItemDelegate(new CampaignDelegate(m_listView));
    m_listView->setAccessibleName(tr("Campaigns"));
    m_listView->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    connect(m_listView->selectionModel(), &QItemSelectionModel::currentChanged, this,
            [this](const QModelIndex &current) {
                const QString id = current.data(CampaignListModel::IdRole).toString();
                if (!id.isEmpty() && id != m_shown)
                    select(id);
            });
    auto *layout = new QVBoxLayout(side);
    layout->setContentsMargins(0, 4, 1, 4);
    layout->addWidget(m_listView);
    side->setMinimumWidth(220);
    return side;
}

void MainWindow::wire() {
    connect(&m_services, &Services::campaignListChanged, this, &MainWindow::refreshList);
    connect(&m_services, &Services::campaignStarted, this, [this](const CampaignRecord &record) {
        m_stop->setEnabled(true);
        m_launch->setEnabled(false);
        m_wanted = record.summary.id;
        showCampaign(record);
    });
    const auto ours = [this](const QString &id) { return id == m_shown; };
    connect(&m_services, &Services::phaseRunChanged, this,
            [this, ours](const QString &id, const PhaseRun &run) {
                if (!ours(id))
                    return;
                m_page->setRun(run);
                CampaignRecord record;
                record.summary.id = id;
                m_page->setStreams(m_services.logStreams(record));
            });
    connect(&m_services, &Services::cyclesArrived, this,
            [this, ours](const QString &id, const QList<Cycle> &cycles) {
                if (ours(id))
                    m_page->appendCycles(cycles);
            });
    connect(&m_services, &Services::judged, this,
            [this, ours](const QString &id, const Judgement &judgement) {
                if (ours(id))
                    m_page->setJudgement(judgement);
            });
    connect(&m_services, &Services::logGrew, this, [this, ours](const QString &id) {
        if (ours(id))
            m_page->logGrew();
    });
    connect(&m_services, &Services::campaignFinished, this, [this](const QString &id) {
        m_stop->setEnabled(false);
        m_launch->setEnabled(true);
        m_shown.clear();
        select(id);
    });
    connect(&m_services, &Services::hostConnectionChanged, this, &MainWindow::setHost);
    connect(&m_services, &Services::problemOccurred, this,
            [this](const QString &, const Error &error) { showProblem(error.text); });
    connect(&m_services, &Services::hostKeyUnknown, this,
            [this](const QString &host, const QString &type, const QString &fingerprint) {
                const bool yes = m_ask(tr("Host key of %1").arg(host),
                                       tr("%1 is not known yet. It shows the %2 key\n\n%3\n\nCompare it with "
                                          "the host's own. Pinned, every other key will be refused.")
                                           .arg(host, type, fingerprint),
                                       tr("Pin this key"));
                m_services.answerHostKey(host, yes);
            });
    connect(&m_services, &Services::passphraseWanted, this,
            [this](const QString &host, const QString &file, bool again) {
                const QString text = tr("%1 wants the key %2, which needs a passphrase. It is not stored.");
                m_services.answerPassphrase(
                    host, m_askSecret(again ? tr("That was not the passphrase") : tr("Passphrase"),
                                      text.arg(host, file)));
            });
}

void MainWindow::addShortcuts() {
    const auto add = [this](const QKeySequence &keys, auto slot) {
        connect(new QShortcut(keys, this), &QShortcut::activated, this, slot);
    };
    add(QKeySequence(Qt::CTRL | Qt::Key_L), [this] { askLaunch(); });
    add(QKeySequence(Qt::CTRL | Qt::Key_Period), [this] { askStop(); });
    add(QKeySequence(Qt::Key_J), [this] { moveSelection(1); });
    add(QKeySequence(Qt::Key_K), [this] { moveSelection(-1); });
    add(QKeySequence(Qt::Key_N), [this] { m_page->selectFailingCycle(true); });
    add(QKeySequence(Qt::SHIFT | Qt::Key_N), [this] { m_page->selectFailingCycle(false); });
    add(QKeySequence(Qt::Key_E), [this] { m_page->log().goToError(true); });
    add(QKeySequence(Qt::SHIFT | Qt::Key_E), [this] { m_page->log().goToError(false); });
    add(QKeySequence(Qt::Key_F), [this] { m_page->log().setFollowing(!m_page->log().isFollowing()); });
    add(QKeySequence(Qt::Key_Question), [this] { showHelp(); });
    for (int phase = 1; phase <= 4; ++phase)
        add(QKeySequence(Qt::Key_0 + phase), [this, phase] { m_page->selectPhase(phase); });
}

void MainWindow::refreshList() {
    m_services.listCampaigns([this](const Result<QList<CampaignSummary>> &campaigns) {
        if (!campaigns) {
            showProblem(campaigns.error().text);
            return;
        }
        m_list->setCampaigns(*campaigns);
        m_archiveState->setText(campaigns->size() == 1 ? tr("archive: 1 campaign")
                                                       : tr("archive: %1 campaigns").arg(campaigns->size()));
        QString id = m_list->rowOf(m_wanted) >= 0 ? m_wanted : m_shown;
        if (m_list->rowOf(id) < 0)
            id = m_list->firstId();
        if (!id.isEmpty())
            select(id);
    });
}

void MainWindow::select(const QString &id) {
    m_wanted = id;
    const int row = m_list->rowOf(id);
    if (row >= 0)
        m_listView->setCurrentIndex(m_list->index(row));
    if (id == m_shown || (id == m_services.runningCampaign() && id == m_page->campaignId())) {
        m_shown = id;
        return;
    }
    m_services.loadCampaign(id, [this, id](const Result<CampaignRecord> &record) {
        if (id != m_wanted)
            return;
        if (record)
            showCampaign(*record);
        else
            showProblem(record.error().text);
    });
}

void MainWindow::showCampaign(const CampaignRecord &record) {
    m_shown = record.summary.id;
    m_empty->hide();
    m_page->show();
    m_page->setRecord(record, m_services.logStreams(record));
    const int row = m_list->rowOf(m_shown);
    if (row >= 0)
        m_listView->setCurrentIndex(m_list->index(row));
}

void MainWindow::moveSelection(int by) {
    int row = m_listView->currentIndex().row() + by;
    while (row >= 0 && row < m_list->rowCount() &&
           m_list->index(row).data(CampaignListModel::IdRole).toString().isEmpty())
        row += by;
    if (row >= 0 && row < m_list->rowCount())
        m_listView->setCurrentIndex(m_list->index(row));
}

void MainWindow::setHost(const QString &host, const QString &text, bool connected) {
    QLabel *&label = m_hosts[host];
    if (!label) {
        label = new QLabel;
        label->setTextFormat(Qt::PlainText);
        label->setContentsMargins(10, 0, 4, 0);
        statusBar()->insertWidget(static_cast<int>(std::distance(m_hosts.begin(), m_hosts.find(host))),
                                  label);
    }
    label->setText((connected ? QStringLiteral("● ") : QStringLiteral("○ ")) + host);
    label->setToolTip(text);
    label->setAccessibleName(tr("%1: %2").arg(host, text));
    QPalette palette = label->palette();
    palette.setColor(QPalette::WindowText, connected ? theme().text : theme().fail);
    label->setPalette(palette);
    if (!connected)
        showProblem(text);
}

void MainWindow::showProblem(const QString &text) {
    m_problem->setText(text);
    m_problem->setToolTip(text);
}

void MainWindow::showHelp() {
    QMessageBox box(QMessageBox::NoIcon, tr("Keys"),
                    tr("Ctrl+L\tlaunch a campaign\nCtrl+.\tstop the campaign\nj  k\tnext, previous "
                       "campaign\n1 – 4\tphase\n"
                       "n  N\tnext, previous failing cycle\ne  E\tnext, previous error in the log\nf\tfollow "
                       "the log\n?\tthis list"),
                    QMessageBox::Ok, this);
    box.setTextFormat(Qt::PlainText);
    box.exec();
}

void MainWindow::closeEvent(QCloseEvent *event) {
    QSettings settings;
    settings.setValue(QStringLiteral("window/geometry"), saveGeometry());
    settings.setValue(QStringLiteral("window/columns"), m_split->saveState());
    settings.setValue(QStringLiteral("window/campaign"), m_shown);
    QMainWindow::closeEvent(event);
}

void MainWindow::resizeEvent(QResizeEvent *event) {
    QMainWindow::resizeEvent(event);
    m_panelArea->setVisible(width() >= kPanelFoldsBelow);
}

} // namespace slipway
