// SPDX-License-Identifier: GPL-3.0-or-later
// The window with campaigns that nobody leads any more, a stop in it that cannot come to its end, and a
// session bus that goes.
#include "app/core/builtinprotocols.h"
#include "app/session/campaigncontroller.h"
#include "app/session/campaignfeed.h"
#include "app/session/session.h"
#include "tests/e2e/campaignrig.h"
#include "tests/support/testbus.h"
#include "tests/ui/windowsetup.h"
#include "ui/common/desktop.h"
#include "ui/mainwindow/mainwindow.h"
#include "ui/mainwindow/questions.h"

#include <QDBusConnection>
#include <QLabel>
#include <QSettings>
#include <QSignalSpy>
#include <QStatusBar>
#include <QTest>

#include <algorithm>
#include <csignal>

using namespace slipway;
using namespace slipway::test;

class WindowEndsTest : public CampaignRigSuite {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() {
        useSettings(m_settings.path(), QStringLiteral("tst_windowends"));
        QVERIFY2(m_bus.start(m_settings.path()), "dbus-daemon does not start; is it installed?");
        m_rig = std::make_unique<CampaignRig>();
    }
    void init() {
        QSettings().clear();
        m_asked.clear();
        m_answer = true;
    }
    void cleanup() {
        m_window.reset();
        m_session.reset();
    }

    void hostsThatNobodyLeadsAreOffered() {
        {
            ProgramRun killed(m_rig->dataDir(), m_rig->launch(QStringLiteral("killed"), QStringLiteral("2")));
            QVERIFY2(killed.waitFor("burst on chaos: running"), killed.said().constData());
        }
        const QTemporaryDir own;
        open(own.path());
        m_answer = false;
        launch(QStringLiteral("refused"), 1);
        QTRY_COMPARE_WITH_TIMEOUT(m_asked.size(), 1, kCampaignTimeout);
        for (const char *reported :
             {"Take over hosts", "belongs to campaign killed", " began at ", "Nobody has led it"})
            QVERIFY2(m_asked.constFirst().contains(QLatin1String(reported)),
                     qPrintable(m_asked.constFirst()));
        QTRY_VERIFY(says(QStringLiteral("belongs to campaign killed")));
        QVERIFY2(m_rig->leftOnHosts().contains("serve --host"), "its servers are gone");

        m_answer = true;
        const QSignalSpy ended(m_window.get(), &MainWindow::campaignEnded);
        launch(QStringLiteral("next"), 1);
        QTRY_COMPARE_WITH_TIMEOUT(ended.size(), 1, kCampaignTimeout);
        QCOMPARE(m_asked.size(), 2);
        QCOMPARE(CampaignRig::verdictOf(own.path(), QStringLiteral("next"), 1), QStringLiteral("PROVEN"));
        QCOMPARE(m_rig->leftOnHosts(), QByteArray());
    }

    // And while one runs elsewhere nothing is offered.
    void hostsOfACampaignThatRunsAreNot() {
        ProgramRun runs(m_rig->dataDir(), m_rig->launch(QStringLiteral("runs"), QStringLiteral("2")));
        QVERIFY2(runs.waitFor("burst on chaos: running"), runs.said().constData());
        const QTemporaryDir own;
        open(own.path());
        launch(QStringLiteral("other"), 1);
        QTRY_VERIFY_WITH_TIMEOUT(says(QStringLiteral("It runs now")), kCampaignTimeout);
        QCOMPARE(m_asked, QStringList());
        runs.signal(SIGINT);
        QVERIFY(runs.waitForEnd());
    }

    // libdbus ends a program whose session bus goes, unless it is asked not to.
    void aSessionBusThatGoesEndsNothing() {
        const QTemporaryDir own;
        open(own.path());
        Desktop desktop;
        connect(m_window.get(), &MainWindow::campaignEnded, &desktop, &Desktop::notify);
        QVERIFY(QDBusConnection::sessionBus().isConnected());
        const QSignalSpy ended(m_window.get(), &MainWindow::campaignEnded);
        launch(QStringLiteral("no-bus"), 2);
        QTRY_VERIFY_WITH_TIMEOUT(isRunning(QStringLiteral("burst")), kCampaignTimeout);
        QVERIFY(m_bus.kill());
        QTRY_VERIFY(!QDBusConnection::sessionBus().isConnected());
        QTRY_COMPARE_WITH_TIMEOUT(ended.size(), 1, kCampaignTimeout);
        QCOMPARE(CampaignRig::verdictOf(own.path(), QStringLiteral("no-bus"), 2), QStringLiteral("PROVEN"));
        QCOMPARE(m_rig->leftOnHosts(), QByteArray());
    }

    void aStopOnAFullDiskEnds() {
        const SmallDisk disk(32);
        if (!disk.isMounted())
            QSKIP("A disk of its own takes root.");
        open(disk.path());
        launch(QStringLiteral("full"), 2);
        QTRY_VERIFY_WITH_TIMEOUT(isRunning(QStringLiteral("burst")), kCampaignTimeout);
        disk.fill();
        QTRY_VERIFY_WITH_TIMEOUT(says(QStringLiteral("Make room on this machine")), kCampaignTimeout);
        QTest::keyClick(m_window.get(), Qt::Key_Period, Qt::ControlModifier);
        QCOMPARE(m_asked.size(), 1);
        QTRY_VERIFY_WITH_TIMEOUT(says(QStringLiteral("Stopping still waits")), 60'000);
        QTRY_VERIFY_WITH_TIMEOUT(says(QStringLiteral("Nobody leads campaign full any more")), 60'000);
        QCOMPARE(m_session->campaigns().runningCampaign(), QString());
        disk.empty();
        const QSignalSpy ended(m_window.get(), &MainWindow::campaignEnded);
        m_window->resumeInterrupted();
        QTRY_COMPARE_WITH_TIMEOUT(ended.size(), 1, kCampaignTimeout);
        QCOMPARE(m_rig->leftOnHosts(), QByteArray());
    }

private:
    void open(const QString &dataDir) {
        const auto protocol = builtInProtocol(QStringLiteral("ship-gate"));
        QVERIFY(protocol.ok());
        auto session = Session::open(Paths{dataDir});
        QVERIFY2(session.ok(), session ? "" : qPrintable(session.error().text));
        m_session = std::move(*session);
        m_steps.clear();
        connect(&m_session->feed(), &CampaignFeed::phaseRunChanged, this,
                [this](const QString &, const PhaseRun &run) { m_steps[run.step] = run.state; });
        m_window = std::make_unique<MainWindow>(*m_session, *protocol, Protocol{});
        m_window->questions().setAsk([this](const QString &title, const QString &text, const QString &) {
            m_asked << title + QLatin1Char('\n') + text;
            return m_answer;
        });
        QVERIFY(showActive(*m_window));
    }
    void launch(const QString &id, int phase) {
        LaunchChoice choice;
        choice.fleet = m_rig->box.sandbox.fleetFile();
        choice.id = id;
        choice.phases = {phase};
        choice.settings = {{QStringLiteral("settle_seconds"), QStringLiteral("5")}};
        m_window->launch(choice);
    }
    [[nodiscard]] bool says(const QString &text) const {
        const auto labels = m_window->statusBar()->findChildren<QLabel *>();
        return std::any_of(labels.begin(), labels.end(), [&](const QLabel *label) {
            return label->toolTip().contains(text) || label->text().contains(text);
        });
    }
    [[nodiscard]] bool isRunning(const QString &step) const {
        return m_steps.value(step, RunState::Waiting) == RunState::Running;
    }

    QTemporaryDir m_settings;
    TestBus m_bus;
    std::unique_ptr<Session> m_session;
    std::unique_ptr<MainWindow> m_window;
    QStringList m_asked;
    bool m_answer = true;
    QMap<QString, RunState> m_steps;
};

QTEST_MAIN(WindowEndsTest)
#include "tst_windowends.moc"
