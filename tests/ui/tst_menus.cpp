// SPDX-License-Identifier: GPL-3.0-or-later
// What can be done with what is listed: context menus, copying, comparing, running again.
#include "app/session/launchagain.h"
#include "app/session/session.h"
#include "tests/ui/sample.h"
#include "tests/ui/windowsetup.h"
#include "ui/campaign/campaignpage.h"
#include "ui/campaign/checkstab.h"
#include "ui/campaign/comparetab.h"
#include "ui/campaign/cyclestab.h"
#include "ui/campaign/cycletabletab.h"
#include "ui/campaign/evidencepanel.h"
#include "ui/charts/cyclestrip.h"
#include "ui/common/copyactions.h"
#include "ui/fleet/fleetspage.h"
#include "ui/launch/launchdialog.h"
#include "ui/mainwindow/campaignlistpane.h"
#include "ui/mainwindow/mainwindow.h"
#include "ui/palette/commandtable.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QDesktopServices>
#include <QDir>
#include <QLabel>
#include <QListView>
#include <QMenu>
#include <QSettings>
#include <QStandardItemModel>
#include <QStandardPaths>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>
#include <QTreeView>
#include <QUrl>

using namespace slipway;

namespace {

const QString kGreen = QStringLiteral("rc-1");
const QString kOlder = QStringLiteral("rc-2");
const QString kRed = QStringLiteral("rc-3"); // the newest that needs a look: it is shown at first

template <typename View>
View &viewIn(const QWidget &parent) {
    return *parent.findChild<View *>();
}

} // namespace

class MenusTest : public QObject {
    Q_OBJECT
public Q_SLOTS:
    void open(const QUrl &url) { m_opened << url; } ///< in place of a file manager
private Q_SLOTS:
    void initTestCase() {
        QStandardPaths::setTestModeEnabled(true);
        test::useSettings(m_settings.path(), QStringLiteral("tst_menus"));
        QDesktopServices::setUrlHandler(QStringLiteral("file"), this, "open");
    }
    void cleanupTestCase() { QDesktopServices::unsetUrlHandler(QStringLiteral("file")); }

    void init() {
        QSettings().clear();
        m_opened.clear();
        m_dir = std::make_unique<QTemporaryDir>();
        m_paths = {m_dir->path()};
        CampaignRecord red = sample::redCampaign(kRed);
        red.parameters.insert(QStringLiteral("cycles"), QStringLiteral("77"));
        red.summary.ref = QStringLiteral("v0.6.4-rc2");
        QVERIFY(sample::archive(m_paths, {sample::greenCampaign(kGreen), sample::redCampaign(kOlder), red}));
        QDir(m_paths.spoolDir(kRed)).removeRecursively(); // as if it came from another machine
        auto session = Session::open(m_paths);
        QVERIFY(session);
        m_session = std::move(*session);
        m_window = std::make_unique<MainWindow>(*m_session, sample::shipGate(), Protocol{});
        QVERIFY(test::showActive(*m_window));
        QTRY_COMPARE(page().campaignId(), kRed);
        QApplication::clipboard()->clear();
    }
    void cleanup() {
        m_window.reset();
        m_session.reset();
    }

    // The commands of a menu are those of the command table, so that they are in the palette as well.
    void whatIsListedHasTheCommandsOfItsCampaign_data() {
        QTest::addColumn<std::function<QWidget *()>>("part");
        using Part = std::function<QWidget *()>;
        QTest::newRow("campaigns") << Part([this] { return &viewIn<QListView>(list()); });
        QTest::newRow("checks") << Part([this] { return &viewIn<QTableView>(tab<ChecksTab>()); });
        QTest::newRow("cycles") << Part([this] { return &viewIn<QTableView>(tab<CycleTableTab>()); });
        QTest::newRow("strip") << Part([this] { return &viewIn<CycleStrip>(tab<CyclesTab>()); });
        QTest::newRow("evidence") << Part([this] { return &viewIn<QListView>(tab<EvidencePanel>()); });
        QTest::newRow("differences") << Part([this] { return &viewIn<QTreeView>(tab<CompareTab>()); });
    }

    void whatIsListedHasTheCommandsOfItsCampaign() {
        QFETCH(const std::function<QWidget *()>, part);
        QStringList texts;
        for (const QAction *action : part()->actions())
            texts << action->text();
        for (const char *text : {"Copy the campaign's id", "Open the campaign's folder",
                                 "Compare with another", "Run again with the same parameters"}) {
            QVERIFY2(texts.contains(QLatin1String(text)), text);
            QVERIFY2(command(QLatin1String(text)), text);
        }
        QCOMPARE(part()->contextMenuPolicy(), Qt::ActionsContextMenu);
    }

    void theMenuOpensByMouseAndByKey_data() {
        QTest::addColumn<bool>("byKey");
        QTest::newRow("right button") << false;
        QTest::newRow("Menu key") << true;
    }

    void theMenuOpensByMouseAndByKey() {
        QFETCH(const bool, byKey);
        page().showTab(tab<ChecksTab>());
        QTableView &table = viewIn<QTableView>(tab<ChecksTab>());
        table.setFocus();
        const QPoint middle = table.viewport()->rect().center();
        QStringList texts;
        QTimer::singleShot(0, this, [&texts] { // the menu runs a loop of its own
            if (auto *menu = qobject_cast<QMenu *>(QApplication::activePopupWidget())) {
                for (const QAction *action : menu->actions())
                    texts << action->text();
                menu->close();
            }
        });
        QContextMenuEvent event(byKey ? QContextMenuEvent::Keyboard : QContextMenuEvent::Mouse, middle,
                                table.viewport()->mapToGlobal(middle));
        QApplication::sendEvent(table.viewport(), &event);
        QVERIFY2(texts.contains(QStringLiteral("Copy rows")), qPrintable(texts.join(QLatin1Char('|'))));
        QVERIFY(texts.contains(QStringLiteral("Run again with the same parameters")));
    }

    void allSelectedRowsAreCopiedWithTheirHeadings() {
        page().showTab(tab<CycleTableTab>());
        QTableView &table = viewIn<QTableView>(tab<CycleTableTab>());
        const QAbstractItemModel &model = *table.model();
        QCOMPARE(model.rowCount(), 10);
        table.selectRow(3);
        table.setFocus();
        QTest::keyClick(&table, Qt::Key_Down, Qt::ShiftModifier);
        QTest::keySequence(&table, QKeySequence::Copy);
        QStringList headings;
        QStringList fourth;
        QStringList fifth;
        for (int column = 0; column < model.columnCount(); ++column) {
            headings << model.headerData(column, Qt::Horizontal).toString();
            fourth << model.index(3, column).data().toString();
            fifth << model.index(4, column).data().toString();
        }
        QVERIFY(headings.size() > 5);
        const QString tab(QLatin1Char('\t'));
        QCOMPARE(
            QApplication::clipboard()->text(),
            QStringList({headings.join(tab), fourth.join(tab), fifth.join(tab)}).join(QLatin1Char('\n')));
    }

    void aCellDoesNotBecomeSeveral() {
        QStandardItemModel model(1, 2);
        model.setItem(0, 0, new QStandardItem(QStringLiteral("a\tb\nc")));
        model.setItem(0, 1, new QStandardItem(QStringLiteral("d")));
        QTableView view;
        view.setModel(&model);
        QCOMPARE(selectedRowsText(view), QString());
        addCopyActions(view, 0);
        view.selectRow(0);
        QCOMPARE(selectedRowsText(view).section(QLatin1Char('\n'), 1), QStringLiteral("a b c\td"));
    }

    void aCampaignIsRunAgainAsItWas() {
        LaunchChoice choice;
        QTimer::singleShot(0, this, [&choice] {
            auto *sheet = qobject_cast<LaunchDialog *>(QApplication::activeModalWidget());
            QVERIFY(sheet);
            choice = sheet->choice();
            sheet->reject();
        });
        command(QStringLiteral("Run again with the same parameters"))->trigger();
        QCOMPARE(choice.settings, (QMap<QString, QString>{{QStringLiteral("cycles"), QStringLiteral("77")}}));
        QCOMPARE(choice.ref, QStringLiteral("v0.6.4-rc2"));
        QCOMPARE(choice.fleet, page().record().summary.fleet);
        QVERIFY(choice.id != kRed && !choice.id.isEmpty());
    }

    void whatAFleetSaysOfPlacesIsNotRepeated() {
        const Protocol protocol = sample::shipGate();
        CampaignRecord record;
        record.parameters = {{QStringLiteral("port"), QStringLiteral("1234")},
                             {QStringLiteral("writes"), QStringLiteral("100")}, // the default
                             {QStringLiteral("agents"), QStringLiteral("9")},
                             {QStringLiteral("unknown"), QStringLiteral("1")}};
        PhaseRun run;
        for (const int phase : {4, 2, 4, 9}) {
            run.phase = phase;
            record.phaseRuns << run;
        }
        const LaunchChoice choice = choiceLike(record, protocol);
        QCOMPARE(choice.settings, (QMap<QString, QString>{{QStringLiteral("agents"), QStringLiteral("9")}}));
        QCOMPARE(choice.phases, (QList<int>{2, 4}));
    }

    void itsFolderIsOpenedWhereThereIsOne() {
        command(QStringLiteral("Open the campaign's folder"))->trigger();
        QVERIFY(m_opened.isEmpty());
        QVERIFY(said(QStringLiteral("%1 has no folder on this machine").arg(kRed)));
        QVERIFY(QDir().mkpath(m_paths.spoolDir(kRed)));
        command(QStringLiteral("Open the campaign's folder"))->trigger();
        QCOMPARE(m_opened, QList<QUrl>{QUrl::fromLocalFile(m_paths.spoolDir(kRed))});
    }

    void itIsComparedWithTheLastGreenAndWithAnyOther() {
        auto &compare = tab<CompareTab>();
        page().showTab(compare);
        const QTreeView &tree = viewIn<QTreeView>(compare);
        const auto heading = [&tree] { return tree.model()->index(0, 0).data().toString(); };
        QTRY_VERIFY(tree.isVisible() && heading().startsWith(QStringLiteral("Worse ")));
        QCOMPARE(compare.other(), kGreen);
        QCOMPARE(tree.model()->headerData(1, Qt::Horizontal).toString(), kGreen);
        auto *others = compare.findChild<QComboBox *>();
        others->setCurrentIndex(others->findText(kOlder));
        Q_EMIT others->activated(others->currentIndex());
        QTRY_COMPARE(tree.model()->headerData(1, Qt::Horizontal).toString(), kOlder);
        QTRY_VERIFY(!heading().startsWith(QStringLiteral("Worse"))); // it failed in the same way
        // What was chosen is for this campaign: the next begins with its own last green, and here there is
        // none.
        m_window->select(kGreen);
        QTRY_COMPARE(page().campaignId(), kGreen);
        QTRY_COMPARE(compare.other(), QString());
    }

private:
    [[nodiscard]] CampaignPage &page() const { return *m_window->findChild<CampaignPage *>(); }
    [[nodiscard]] CampaignListPane &list() const { return *m_window->findChild<CampaignListPane *>(); }
    template <typename Tab>
    [[nodiscard]] Tab &tab() const {
        return *m_window->findChild<Tab *>();
    }
    [[nodiscard]] QAction *command(const QString &text) const {
        for (const Command &one : m_window->findChild<CommandTable *>()->commands()) {
            if (one.text() == text)
                return one.action;
        }
        return nullptr;
    }
    [[nodiscard]] bool said(const QString &text) const {
        for (const QLabel *label : m_window->findChildren<QLabel *>()) {
            if (label->text().contains(text) || label->toolTip().contains(text))
                return true;
        }
        return false;
    }

    QTemporaryDir m_settings;
    std::unique_ptr<QTemporaryDir> m_dir;
    Paths m_paths;
    std::unique_ptr<Session> m_session;
    std::unique_ptr<MainWindow> m_window;
    QList<QUrl> m_opened;
};

QTEST_MAIN(MenusTest)
#include "tst_menus.moc"
