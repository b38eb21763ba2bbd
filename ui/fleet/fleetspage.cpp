// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/fleet/fleetspage.h"

#include "models/core/whilealive.h"
#include "models/fleet/hostfilterproxy.h"
#include "models/fleet/hostlistmodel.h"
#include "ui/common/copyactions.h"
#include "ui/common/flowlayout.h"
#include "ui/common/namedlist.h"
#include "ui/common/theme.h"
#include "ui/fleet/connectiontest.h"
#include "ui/fleet/fleetedits.h"
#include "ui/fleet/hostdelegate.h"
#include "ui/fleet/hostdetails.h"

#include <QAction>
#include <QBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSplitter>
#include <QStackedWidget>
#include <QTreeView>

namespace slipway {

namespace {

QPushButton *buttonOf(QAction *action) {
    auto *button = new QPushButton(action->text());
    button->setToolTip(action->shortcut().toString(QKeySequence::NativeText));
    QObject::connect(button, &QPushButton::clicked, action, &QAction::trigger);
    QObject::connect(action, &QAction::changed, button, [button, action] {
        button->setText(action->text());
        button->setEnabled(action->isEnabled());
    });
    return button;
}

} // namespace

FleetsPage::FleetsPage(Inventory &inventory, QWidget *parent)
    : QWidget(parent), m_inventory(inventory), m_edits(new FleetEdits(inventory, this)),
      m_editor(new FleetEditor(inventory, *m_edits, *this)), m_model(new HostListModel(this)),
      m_check(new ConnectionTest(inventory, *m_model, this)), m_filter(new HostFilterProxy(this)),
      m_fleets(new NamedList(tr("Fleets"), 32)), m_hosts(new QTreeView), m_words(new QLineEdit),
      m_details(new HostDetails), m_progress(new QLabel), m_stack(new QStackedWidget) {
    makeActions();
    setFocusProxy(m_hosts);
    auto *empty = new QLabel(tr(
        "No fleet yet.\n\nCtrl+I imports one from terraform, doctl, ssh_config or CSV; Ctrl+N adds the first "
        "host of one.\n\nThe sandbox, four hosts on this machine, needs no fleet: Ctrl+L launches on it."));
    empty->setTextFormat(Qt::PlainText);
    empty->setAlignment(Qt::AlignCenter);
    empty->setWordWrap(true);
    m_stack->addWidget(empty);
    m_stack->addWidget(makeHosts());
    auto *split = new QSplitter(Qt::Horizontal);
    split->setHandleWidth(1);
    split->setChildrenCollapsible(false);
    split->addWidget(makeFleets());
    split->addWidget(m_stack);
    split->setStretchFactor(1, 1);
    split->setSizes({260, 1180});
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(split);
    connect(m_editor, &FleetEditor::fleetNamed, this,
            [this](const QString &fleet) { m_fleets->request(fleet); });
    connect(m_editor, &FleetEditor::problemOccurred, this, &FleetsPage::problemOccurred);
    connect(m_check, &ConnectionTest::progressed, m_progress, &QLabel::setText);
    connect(m_check, &ConnectionTest::runningChanged, this,
            [this](bool running) { m_test->setText(running ? tr("Stop test") : tr("Test connection")); });
    connect(m_check, &ConnectionTest::hostAnswered, this, [this](const QString &host) {
        if (selectedHosts() == QStringList{host})
            showHost();
    });
    connect(m_edits, &FleetEdits::changed, this, &FleetsPage::refresh);
    connect(m_edits, &FleetEdits::failed, this,
            [this](const Error &error) { Q_EMIT problemOccurred(error.text); });
    connect(m_model, &HostListModel::groupRequested, this,
            [this](const QStringList &hosts, const QString &group) {
                // After the drop has ended: the model is about to be another.
                QMetaObject::invokeMethod(
                    this, [this, hosts, group] { m_edits->moveToGroup(currentFleet(), hosts, group); },
                    Qt::QueuedConnection);
            });
}

QWidget *FleetsPage::makeFleets() {
    auto *side = new QWidget;
    side->setObjectName(QStringLiteral("sideLeft"));
    side->setAttribute(Qt::WA_StyledBackground);
    side->setMinimumWidth(200);
    connect(m_fleets, &NamedList::currentNameChanged, this, &FleetsPage::showFleet);
    auto *layout = new QVBoxLayout(side);
    layout->setContentsMargins(8, 12, 9, 12);
    layout->addWidget(m_fleets, 1);
    auto *row = new FlowLayout(8);
    for (QAction *action : m_buttons.mid(0, 2))
        row->addWidget(buttonOf(action));
    layout->addLayout(row);
    return side;
}

QWidget *FleetsPage::makeHosts() {
    m_words->setPlaceholderText(tr("Filter: name, address, group, tag, problem"));
    m_words->setAccessibleName(tr("Filter"));
    m_words->setClearButtonEnabled(true);
    connect(m_words, &QLineEdit::textChanged, this, [this](const QString &text) {
        m_filter->setWords(text);
        m_hosts->expandAll();
    });
    m_filter->setSourceModel(m_model);
    m_hosts->setModel(m_filter);
    m_hosts->setItemDelegate(new HostDelegate(m_hosts));
    m_hosts->setAccessibleName(tr("Hosts"));
    m_hosts->setUniformRowHeights(false);
    m_hosts->setIndentation(16);
    m_hosts->setDragDropMode(QAbstractItemView::DragDrop);
    m_hosts->setDefaultDropAction(Qt::MoveAction);
    m_hosts->setDropIndicatorShown(true);
    m_hosts->setFrameShape(QFrame::NoFrame);
    m_hosts->header()->setStretchLastSection(true);
    connect(m_hosts->selectionModel(), &QItemSelectionModel::selectionChanged, this, &FleetsPage::showHost);
    connect(m_hosts, &QTreeView::doubleClicked, this, [this] { editCurrent(); });
    m_progress->setTextFormat(Qt::PlainText);
    m_words->setMinimumWidth(16 * fontMetrics().height());
    auto *row = new FlowLayout(8);
    row->addWidget(m_words);
    row->addWidget(m_progress);
    for (QAction *action : m_buttons.mid(2))
        row->addWidget(buttonOf(action));
    auto *pane = new QFrame;
    pane->setObjectName(QStringLiteral("pane"));
    auto *paneLayout = new QVBoxLayout(pane);
    paneLayout->setContentsMargins(1, 1, 1, 1);
    paneLayout->addWidget(m_hosts);
    auto *hosts = new QWidget;
    auto *layout = new QVBoxLayout(hosts);
    layout->setContentsMargins(16, 16, 16, 16);
    layout->setSpacing(12);
    layout->addLayout(row);
    layout->addWidget(pane, 1);
    layout->addWidget(m_details);
    return hosts;
}

QAction *FleetsPage::add(const QString &text, const QList<QKeySequence> &keys,
                         const std::function<void()> &run) {
    auto *action = new QAction(text, this);
    action->setShortcuts(keys);
    connect(action, &QAction::triggered, this, run);
    addAction(action);
    return action;
}

void FleetsPage::makeActions() {
    m_buttons << add(tr("Import"), {Qt::CTRL | Qt::Key_I}, [this] { m_editor->askImport(); });
    m_buttons << add(tr("New fleet"), {Qt::CTRL | Qt::Key_N}, [this] { newFleet(); });
    m_buttons << add(tr("Add host"), {Qt::Key_Insert, Qt::CTRL | Qt::Key_Plus},
                     [this] { m_editor->addHost(currentFleet()); });
    m_test = add(tr("Test connection"), {Qt::CTRL | Qt::Key_T}, [this] { test(); });
    m_buttons << m_test;
    QAction *edit =
        add(tr("Edit host"), {Qt::Key_Return, Qt::Key_Enter, Qt::Key_F4}, [this] { editCurrent(); });
    QAction *remove = add(tr("Remove"), {QKeySequence::Delete}, [this] { removeSelected(); });
    add(tr("Rename fleet"), {Qt::Key_F2}, [this] { m_editor->renameFleet(currentFleet()); });
    add(tr("Group"), {Qt::CTRL | Qt::Key_G},
        [this] { m_editor->groupHosts(currentFleet(), selectedHosts()); });
    add(tr("Tags"), {Qt::CTRL | Qt::SHIFT | Qt::Key_T},
        [this] { m_editor->tagHosts(currentFleet(), selectedHosts()); });
    add(tr("Filter"), {QKeySequence::Find, Qt::Key_Slash}, [this] { m_words->setFocus(); });
    add(tr("Read again"), {Qt::Key_F5}, [this] { m_edits->load(); });
    QAction *undo = m_edits->stack().createUndoAction(this, tr("Undo"));
    undo->setShortcut(QKeySequence::Undo);
    QAction *redo = m_edits->stack().createRedoAction(this, tr("Redo"));
    redo->setShortcuts({Qt::CTRL | Qt::SHIFT | Qt::Key_Z, Qt::CTRL | Qt::Key_Y});
    addActions({undo, redo});
    for (QAction *action : {edit, remove}) { // elsewhere space and return press buttons and leave fields
        action->setShortcutContext(Qt::WidgetShortcut);
        m_fleets->addAction(action);
    }
    addCopyActions(*m_hosts, HostListModel::Name);
    addMenuActions(*m_hosts, actions());
}

void FleetsPage::refresh() {
    const QStringList selected = selectedHosts();
    QList<NamedList::Entry> entries;
    for (const Fleet &fleet : m_edits->fleets())
        entries << NamedList::Entry{
            fleet.name, tr("%1  ·  %2").arg(fleet.name).arg(fleet.hosts.size()), {}, {}};
    for (auto it = m_edits->broken().constBegin(); it != m_edits->broken().constEnd(); ++it)
        entries << NamedList::Entry{it.key(), tr("✗ %1  ·  cannot be read").arg(it.key()), theme().fail,
                                    it.value().text};
    m_fleets->setEntries(entries);
    m_stack->setCurrentIndex(m_fleets->count() == 0 ? 0 : 1);
    showFleet();
    for (const QString &host : selected) {
        const QModelIndex index = m_filter->mapFromSource(m_model->indexOf(host));
        m_hosts->selectionModel()->select(index, QItemSelectionModel::Select | QItemSelectionModel::Rows);
        m_hosts->selectionModel()->setCurrentIndex(index, QItemSelectionModel::NoUpdate);
    }
}

void FleetsPage::showFleet() {
    const Fleet *now = fleet();
    const bool other = !now || now->name != m_model->fleet().name;
    if (other)
        m_check->stop();
    m_model->setFleet(now ? *now : Fleet{});
    m_hosts->expandAll();
    for (int row = 0; row < m_filter->rowCount(); ++row)
        m_hosts->setFirstColumnSpanned(row, {}, true);
    for (int column = 0; column + 1 < HostListModel::ColumnCount; ++column)
        m_hosts->resizeColumnToContents(column);
    m_test->setEnabled(now != nullptr);
    showHost();
}

void FleetsPage::showHost() {
    const Fleet *now = fleet();
    const QStringList selected = selectedHosts();
    const Host *host = now && selected.size() == 1 ? now->find(selected.constFirst()) : nullptr;
    if (!host) {
        const auto broken = m_edits->broken().constFind(currentFleet());
        if (broken != m_edits->broken().constEnd())
            m_details->clear(broken->text);
        else
            m_details->clear(
                selected.isEmpty()
                    ? tr("Select a host to see its keys. Return edits it, Ctrl+G and Ctrl+Shift+T group "
                         "and tag, a drag moves it to another group, Ctrl+Z undoes.")
                    : tr("%1 hosts selected").arg(selected.size()));
        return;
    }
    m_details->setHost(*host, m_model->condition(host->name));
    Fleet one;
    one.hosts = {*host};
    m_inventory.pinnedKeys(
        one, whileAlive(this, [this, name = host->name](const QMap<QString, QStringList> &keys) {
            if (selectedHosts() == QStringList{name})
                m_details->setKeys(keys.value(name));
        }));
}

QString FleetsPage::currentFleet() const {
    return m_fleets->currentName();
}

const Fleet *FleetsPage::fleet() const {
    const auto it = m_edits->fleets().constFind(currentFleet());
    return it == m_edits->fleets().constEnd() ? nullptr : &*it;
}

QStringList FleetsPage::selectedHosts() const {
    QStringList hosts;
    for (const QModelIndex &index : m_hosts->selectionModel()->selectedRows()) {
        const QString host = index.data(HostListModel::HostNameRole).toString();
        if (!host.isEmpty())
            hosts << host;
    }
    return hosts;
}

void FleetsPage::editCurrent() {
    const QStringList selected = selectedHosts();
    if (selected.size() == 1)
        m_editor->editHost(currentFleet(), selected.constFirst());
}

// The hosts that are selected, or with the list of fleets in focus the fleet.
void FleetsPage::removeSelected() {
    if (m_fleets->hasFocus())
        m_editor->removeFleet(currentFleet());
    else
        m_editor->removeHosts(currentFleet(), selectedHosts());
}

void FleetsPage::test() {
    if (m_check->isRunning())
        m_check->stop();
    else if (const Fleet *now = fleet())
        m_check->start(*now, selectedHosts());
}

void FleetsPage::showEvent(QShowEvent *event) {
    QWidget::showEvent(event);
    m_edits->load();
}

void FleetsPage::hideEvent(QHideEvent *event) {
    QWidget::hideEvent(event);
    m_check->stop();
}

} // namespace slipway
