// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/seriesqueries.h"
#include "app/session/session.h"
#include "models/campaign/campaignlistmodel.h"
#include "tests/ui/sample.h"
#include "tests/ui/windowsetup.h"
#include "ui/campaign/campaignpage.h"
#include "ui/campaign/checkpanel.h"
#include "ui/common/notice.h"
#include "ui/logview/logpane.h"
#include "ui/logview/logview.h"
#include "ui/mainwindow/mainwindow.h"
#include "ui/mainwindow/questions.h"
#include "ui/palette/commandtable.h"
#include "ui/palette/helpsheet.h"
#include "ui/palette/palette.h"
#include "ui/trends/trendspage.h"

#include <QAction>
#include <QApplication>
#include <QDialog>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QMessageBox>
#include <QPushButton>
#include <QSettings>
#include <QSplitter>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>

using namespace slipway;

class MainWindowTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() {
        QStandardPaths::setTestModeEnabled(true);
        test::useSettings(m_settings.path(), QStringLiteral("tst_mainwindow"));
    }

    void init() {
        QSettings().clear();
        m_dir = std::make_unique<QTemporaryDir>();
        m_paths = {m_dir->path()};
    }
    void cleanup() { close(); }

    void anEmptyArchiveSaysWhatToDo() {
        open({});
        QVERIFY(!page()->isVisible());
        bool said = false;
        for (const QLabel *label : m_window->findChildren<QLabel *>())
            said = said || (label->isVisible() && label->text().contains(QStringLiteral("No campaign yet")));
        QVERIFY(said);
    }

    void theFirstThatNeedsALookIsShown() {
        open({sample::greenCampaign(QStringLiteral("green")), sample::redCampaign(QStringLiteral("red"))});
        QTRY_COMPARE(page()->campaignId(), QStringLiteral("red"));
        QVERIFY(page()->isVisible());
    }

    void keysWalkTheList() {
        open({sample::greenCampaign(QStringLiteral("green")), sample::redCampaign(QStringLiteral("red-a")),
              sample::redCampaign(QStringLiteral("red-b"))});
        QTRY_COMPARE(page()->campaignId(), QStringLiteral("red-b"));
        QTest::keyClick(m_window.get(), Qt::Key_J);
        QTRY_COMPARE(page()->campaignId(), QStringLiteral("red-a"));
        QTest::keyClick(m_window.get(), Qt::Key_J); // over the heading
        QTRY_COMPARE(page()->campaignId(), QStringLiteral("green"));
        QTest::keyClick(m_window.get(), Qt::Key_J); // the end holds
        QCOMPARE(page()->campaignId(), QStringLiteral("green"));
        QTest::keyClick(m_window.get(), Qt::Key_K);
        QTRY_COMPARE(page()->campaignId(), QStringLiteral("red-a"));
    }

    void keysWalkFailingCycles() {
        open({sample::redCampaign(QStringLiteral("red"))});
        QTRY_COMPARE(page()->campaignId(), QStringLiteral("red"));
        QTest::keyClick(m_window.get(), Qt::Key_N);
        QCOMPARE(page()->selectedCycle(), 4);
        QTest::keyClick(m_window.get(), Qt::Key_N);
        QCOMPARE(page()->selectedCycle(), 7);
        QTest::keyClick(m_window.get(), Qt::Key_N, Qt::ShiftModifier);
        QCOMPARE(page()->selectedCycle(), 4);
    }

    void fTogglesFollowing() {
        open({sample::redCampaign(QStringLiteral("red"))});
        QTRY_COMPARE(page()->campaignId(), QStringLiteral("red"));
        const bool before = page()->log().isFollowing();
        QTest::keyClick(m_window.get(), Qt::Key_F);
        QCOMPARE(page()->log().isFollowing(), !before);
    }

    void dialogKeysOpenDialogs_data() {
        QTest::addColumn<QKeySequence>("keys");
        QTest::addColumn<QString>("title");
        QTest::newRow("launch") << QKeySequence(Qt::CTRL | Qt::Key_L) << "Launch campaign";
    }

    void dialogKeysOpenDialogs() {
        QFETCH(QKeySequence, keys);
        QFETCH(QString, title);
        open({});
        QString seen;
        QTimer watch;
        connect(&watch, &QTimer::timeout, this, [&] {
            if (auto *dialog = qobject_cast<QDialog *>(QApplication::activeModalWidget())) {
                seen = dialog->windowTitle();
                dialog->reject();
            }
        });
        watch.start(10);
        QTest::keySequence(m_window.get(), keys);
        QTRY_COMPARE(seen, title);
    }

    void helpComesAndGoes() {
        open({});
        auto *help = m_window->findChild<HelpSheet *>();
        QTest::keyClick(m_window.get(), Qt::Key_Question);
        QVERIFY(help->isVisible());
        QVERIFY(said(QStringLiteral("Next failing cycle")));
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);
        QVERIFY(!help->isVisible());
    }

    void commandsHaveTheirKeys() {
        open({});
        QSet<QString> keys;
        for (const Command &command : m_window->findChild<CommandTable *>()->commands()) {
            for (const QKeySequence &key : command.keys())
                keys.insert(key.toString());
            QVERIFY(!command.text().isEmpty() && !command.section.isEmpty());
        }
        for (const char *key : {"J", "K", "1", "4", "N", "Shift+N", "E", "Shift+E", "D", "F", "?", "P", "H",
                                "I", "Ctrl+K", "Ctrl+Return", "Ctrl+L", "Ctrl+.", "Ctrl+Z"})
            QVERIFY2(keys.contains(QString::fromLatin1(key)), key);
    }

    void aTextFieldKeepsItsLetters() {
        open({sample::redCampaign(QStringLiteral("red-1")), sample::redCampaign(QStringLiteral("red-2"))});
        QTRY_COMPARE(page()->campaignId(), QStringLiteral("red-2"));
        QTest::keySequence(m_window.get(), QKeySequence(Qt::CTRL | Qt::Key_F));
        auto *field = qobject_cast<QLineEdit *>(QApplication::focusWidget());
        QVERIFY(field);
        QTest::keyClicks(field, QStringLiteral("jknp1"));
        QCOMPARE(field->text(), QStringLiteral("jknp1"));
        QCOMPARE(page()->campaignId(), QStringLiteral("red-2"));
        QCOMPARE(page()->selectedCycle(), 0);
        QTest::keyClick(field, Qt::Key_K, Qt::ControlModifier); // would delete to the end of the line
        QVERIFY(m_window->findChild<Palette *>()->isVisible());
        QCOMPARE(field->text(), QStringLiteral("jknp1"));
    }

    void stopIsDeafWithoutACampaign() {
        open({});
        bool asked = false;
        m_window->questions().setAsk([&](const QString &, const QString &, const QString &) {
            asked = true;
            return true;
        });
        QTest::keyClick(m_window.get(), Qt::Key_Period, Qt::ControlModifier);
        QVERIFY(!asked);
    }

    void reopeningShowsWhatWasShown() {
        const CampaignRecord a = sample::greenCampaign(QStringLiteral("a"));
        QVERIFY(sample::spool(m_paths, a.summary.id, a.phaseRuns.constFirst(), "a line\n"));
        open({a, sample::greenCampaign(QStringLiteral("b"))});
        QTRY_COMPARE(page()->campaignId(), QStringLiteral("b"));
        QVERIFY(said(QStringLiteral("No log was recorded for this campaign.")));
        m_window->select(QStringLiteral("a"));
        QTRY_COMPARE(page()->campaignId(), QStringLiteral("a"));
        QVERIFY(page()->logPane().isVisible());
        m_window->resize(1300, 777);
        const auto rows = [this] { return page()->findChild<QSplitter *>(); };
        const int height = rows()->widget(0)->height();
        rows()->setSizes({1000, 1});
        QVERIFY(rows()->widget(0)->height() > height + 40);
        close();
        open({});
        QTRY_COMPARE(page()->campaignId(), QStringLiteral("a"));
        QCOMPARE(m_window->size(), QSize(1300, 777));
        QTRY_VERIFY(rows()->widget(0)->height() > height + 40);
    }

    void reopeningShowsWhatNeedsALook() {
        open({sample::greenCampaign(QStringLiteral("green")), sample::redCampaign(QStringLiteral("red"))});
        QTRY_COMPARE(page()->campaignId(), QStringLiteral("red"));
        m_window->select(QStringLiteral("green"));
        QTRY_COMPARE(page()->campaignId(), QStringLiteral("green"));
        close();
        open({});
        QTRY_COMPARE(page()->campaignId(), QStringLiteral("red"));
    }

    void pagesAreReachedByKey() {
        open({sample::redCampaign(QStringLiteral("red"))});
        QTRY_COMPARE(page()->campaignId(), QStringLiteral("red"));
        auto *trends = m_window->findChild<TrendsPage *>();
        for (const Command &command : m_window->findChild<CommandTable *>()->commands()) {
            if (command.text() == QStringLiteral("Trends"))
                QTest::keySequence(m_window.get(), command.keys().constFirst());
        }
        QVERIFY(trends->isVisible());
        m_window->select(QStringLiteral("red"));
        QVERIFY(page()->isVisible());
    }

    // Its end is said in the window, with the way back.
    void anEndOfASeriesIsUndoneWhereItIsSaid() {
        open({});
        bool isDefined = false;
        m_session->series().create({{QStringLiteral("name"), {QStringLiteral("nightly")}},
                                    {QStringLiteral("cron"), {QStringLiteral("0 3 * * *")}},
                                    {QStringLiteral("fleet"), {QStringLiteral("sandbox")}}},
                                   [&](const Result<SeriesDefinition> &made) { isDefined = made.ok(); });
        QTRY_VERIFY(isDefined);
        QTest::keySequence(m_window.get(), QKeySequence(Qt::ALT | Qt::Key_2));
        const auto *trends = m_window->findChild<TrendsPage *>();
        QTRY_VERIFY(trends->view());
        for (const Command &command : m_window->findChild<CommandTable *>()->commands()) {
            if (command.text() == QStringLiteral("End series"))
                command.action->trigger();
        }
        for (QAbstractButton *button : m_window->findChild<QMessageBox *>()->buttons()) {
            if (button->text() == QStringLiteral("End series"))
                button->click();
        }
        QTRY_VERIFY(trends->view()->judged.definition.end.isValid());
        auto *notice = m_window->findChild<Notice *>();
        QTRY_VERIFY(notice->isVisible());
        QVERIFY2(notice->text().contains(QStringLiteral("nightly is ended")), qPrintable(notice->text()));
        QTest::mouseClick(notice->findChild<QPushButton *>(), Qt::LeftButton);
        QTRY_VERIFY(!trends->view()->judged.definition.end.isValid());
    }

    void aFleetThatCannotBeReadIsNamed() {
        open({});
        const QString file = m_dir->filePath(QStringLiteral("fleet.json"));
        QFile broken(file);
        QVERIFY(broken.open(QIODevice::WriteOnly));
        broken.write("{ no json");
        broken.close();
        LaunchChoice choice;
        choice.fleet = file;
        choice.id = QStringLiteral("c1");
        choice.phases = {1};
        m_window->launch(choice);
        const auto *button = m_window->findChild<QPushButton *>(QStringLiteral("primary"));
        QVERIFY(!button->isEnabled());
        QTRY_VERIFY(button->isEnabled());
        QVERIFY(said(QStringLiteral("fleet.json")));
    }

    void noVerdictMakesANarrowWindowWider() {
        CampaignRecord record = sample::redCampaign(QStringLiteral("v0.6.0.0-final-r22"));
        record.summary.verdict = record.judgement->verdict = Verdict::InvalidEvidence;
        record.summary.reason = record.judgement->reason = QStringLiteral(
            "Phase 4: kill_primary_mid_write, cycle 20: the survivors were not asked which writes they hold");
        open({record});
        m_window->resize(1024, 700);
        QTRY_COMPARE(page()->campaignId(), record.summary.id);
        QTRY_VERIFY(said(QStringLiteral("the evidence says otherwise")));
        QTest::qWait(0); // what is laid out later
        QCOMPARE(m_window->width(), 1024);
    }

    void theSidePanelFoldsInANarrowWindow() {
        open({sample::redCampaign(QStringLiteral("red"))});
        QTRY_COMPARE(page()->campaignId(), QStringLiteral("red"));
        auto *panel = m_window->findChild<CheckPanel *>();
        m_window->resize(1440, 900);
        QTRY_VERIFY(panel->isVisible());
        m_window->resize(1024, 700);
        QTRY_VERIFY(!panel->isVisible());
        // As a drag does: the first may end where there was no room next to the panel.
        m_window->resize(1024, 700);
        QTRY_COMPARE(m_window->size(), QSize(1024, 700));
    }

private:
    void open(const QList<CampaignRecord> &records) {
        QVERIFY(sample::archive(m_paths, records));
        auto session = Session::open(m_paths);
        QVERIFY(session);
        m_session = std::move(*session);
        m_window = std::make_unique<MainWindow>(*m_session, sample::shipGate(), sample::shipGate());
        m_window->QWidget::show();
        m_window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    }
    void close() {
        if (m_window)
            m_window->close();
        m_window.reset();
        m_session.reset();
    }
    [[nodiscard]] CampaignPage *page() const { return m_window->findChild<CampaignPage *>(); }
    [[nodiscard]] bool said(const QString &text) const {
        const QList<QLabel *> labels = m_window->findChildren<QLabel *>();
        return std::any_of(labels.begin(), labels.end(), [&](const QLabel *label) {
            return label->isVisible() && label->text().contains(text);
        });
    }

    QTemporaryDir m_settings;
    std::unique_ptr<QTemporaryDir> m_dir;
    Paths m_paths;
    std::unique_ptr<Session> m_session;
    std::unique_ptr<MainWindow> m_window;
};

QTEST_MAIN(MainWindowTest)
#include "tst_mainwindow.moc"
