// SPDX-License-Identifier: GPL-3.0-or-later
// The window on a campaign of real hosts: launched, followed live and stopped by its keys; host keys are
// asked for, and fail closed.
#include "app/campaign/campaignplan.h"
#include "app/core/builtinprotocols.h"
#include "app/fleet/fleetstore.h"
#include "app/sandbox/sandbox.h"
#include "app/session/campaigncontroller.h"
#include "app/session/campaignqueries.h"
#include "app/session/session.h"
#include "tests/ui/windowsetup.h"
#include "ui/campaign/campaignpage.h"
#include "ui/launch/launchdialog.h"
#include "ui/logview/logview.h"
#include "ui/mainwindow/mainwindow.h"
#include "ui/mainwindow/questions.h"

#include <QApplication>
#include <QComboBox>
#include <QFile>
#include <QLineEdit>
#include <QSettings>
#include <QSignalSpy>
#include <QStackedWidget>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>

using namespace slipway;

namespace {

constexpr int kTimeout = 180'000;
const QString kFleet = QStringLiteral("gate");
const QString kId = QStringLiteral("live");

} // namespace

class WindowCampaignTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { test::useSettings(m_settings.path(), QStringLiteral("tst_windowcampaign")); }

    // Its hosts' keys are known to nobody.
    void init() {
        QSettings().clear();
        m_asked.clear();
        m_answer = true;
        m_dir = std::make_unique<QTemporaryDir>();
        m_paths = {m_dir->path()};
        m_sandbox = std::make_unique<Sandbox>(m_paths);
        const auto up = m_sandbox->up({});
        QVERIFY2(up.ok(), up.ok() ? "" : qPrintable(up.error().text));
        Fleet fleet = *up;
        fleet.name = kFleet;
        for (Host &host : fleet.hosts)
            host.hostKeys.clear();
        QVERIFY(FleetStore(m_paths).write({{kFleet, std::nullopt, fleet}}).ok());
        openWindow();
    }

    void cleanup() {
        m_window.reset();
        m_session.reset();
        const auto down = m_sandbox->down();
        QVERIFY2(down.ok(), down.ok() ? "" : qPrintable(down.error().text));
    }

    void isLaunchedFollowedAndStopped() {
        const QSignalSpy ended(m_window.get(), &MainWindow::campaignEnded);
        launch(QStringLiteral("200"));
        // A question for each host, with a fingerprint to compare.
        QTRY_COMPARE_WITH_TIMEOUT(m_asked.size(), 4, kTimeout);
        for (const QString &asked : std::as_const(m_asked))
            QVERIFY2(asked.startsWith(QStringLiteral("Host key of ")) &&
                         asked.contains(QStringLiteral("SHA256:")),
                     qPrintable(asked));
        QTRY_COMPARE(page().campaignId(), kId);
        QVERIFY(page().isVisible());
        // Cycles and lines come while it runs.
        QTRY_VERIFY_WITH_TIMEOUT(page().record().cycles.size() >= 2, kTimeout);
        const qint64 lines = page().log().source()->lineCount();
        const qsizetype cycles = page().record().cycles.size();
        QTRY_VERIFY_WITH_TIMEOUT(page().log().source()->lineCount() > lines, kTimeout);
        QTRY_VERIFY_WITH_TIMEOUT(page().record().cycles.size() > cycles, kTimeout);
        QCOMPARE(m_asked.size(), 4);

        m_answer = false; // a person thinks better of it
        QTest::keyClick(m_window.get(), Qt::Key_Period, Qt::ControlModifier);
        QCOMPARE(m_asked.size(), 5);
        QVERIFY(m_asked.constLast().startsWith(QStringLiteral("Stop campaign\nStop live?")));
        QTRY_VERIFY_WITH_TIMEOUT(page().record().cycles.size() > cycles + 1, kTimeout);
        QCOMPARE(ended.size(), 0);
        m_answer = true;
        QTest::keyClick(m_window.get(), Qt::Key_3, Qt::AltModifier);
        QTest::keyClick(m_window.get(), Qt::Key_Period, Qt::ControlModifier);
        QTRY_COMPARE_WITH_TIMEOUT(ended.size(), 1, kTimeout);
        // The cause of another verdict is more use than its name.
        const CampaignRecord record = load();
        QVERIFY2(record.summary.verdict == Verdict::Incomplete, qPrintable(record.summary.reason));
        QCOMPARE(ended.at(0).at(0).toString(), QStringLiteral("live: Incomplete"));
        QCOMPARE(m_window->findChild<QStackedWidget *>()->currentIndex(), 2); // where the person was
        QTRY_VERIFY(page().record().summary.verdict == Verdict::Incomplete);

        // What was measured until then is kept, and nothing more is claimed.
        QCOMPARE(record.summary.state, RunState::Stopped);
        QVERIFY(record.cycles.size() > cycles + 1);
        QVERIFY(record.cycles.size() < 200);
        QCOMPARE(m_session->campaigns().runningCampaign(), QString());
    }

    // Three ways out of a window whose campaign runs: back, leaving it to its hosts, and stopping it first.
    void closingInMidRunAsks() {
        launch(QStringLiteral("200"));
        QTRY_VERIFY_WITH_TIMEOUT(page().record().cycles.size() >= 2, kTimeout);
        QStringList ways;
        std::optional<int> way;
        const auto choose = [&](const QString &, const QString &text, const QStringList &offered) {
            ways = offered;
            return text.contains(kId) ? way : std::nullopt;
        };
        m_window->questions().setChoose(choose);
        QVERIFY(!m_window->close());
        QCOMPARE(ways, (QStringList{QStringLiteral("Keep running on the hosts"),
                                    QStringLiteral("Stop and close")}));
        QVERIFY(m_window->isVisible());
        QCOMPARE(m_session->campaigns().runningCampaign(), kId);

        way = 0;
        QVERIFY(m_window->close());
        m_window.reset();
        m_session.reset();
        openWindow();
        QTRY_COMPARE(page().campaignId(), kId);
        const qsizetype before = page().record().cycles.size();
        m_window->resumeInterrupted();
        QTRY_COMPARE_WITH_TIMEOUT(m_session->campaigns().runningCampaign(), kId, kTimeout);
        QTRY_VERIFY_WITH_TIMEOUT(page().record().cycles.size() > before, kTimeout);

        way = 1;
        m_window->questions().setChoose(choose);
        QVERIFY(!m_window->close());
        QTRY_VERIFY_WITH_TIMEOUT(!m_window->isVisible(), kTimeout);
        QCOMPARE(m_session->campaigns().runningCampaign(), QString());
        QCOMPARE(load().summary.state, RunState::Stopped);
    }

    // A session that ends cannot wait for an answer: the campaign goes on on its hosts.
    void theEndOfASessionAsksNothing() {
        launch(QStringLiteral("200"));
        QTRY_VERIFY_WITH_TIMEOUT(page().record().cycles.size() >= 2, kTimeout);
        bool asked = false;
        m_window->questions().setChoose([&](const QString &, const QString &, const QStringList &) {
            asked = true;
            return std::optional<int>();
        });
        m_window->endSession();
        QVERIFY(!asked);
        QVERIFY(!m_window->isVisible());
        QCOMPARE(m_session->campaigns().runningCampaign(), kId);
    }

    void aKeyThatIsNotAcceptedIsNotUsed() {
        m_answer = false;
        const QSignalSpy ended(m_window.get(), &MainWindow::campaignEnded);
        launch(QStringLiteral("1"));
        QTRY_COMPARE_WITH_TIMEOUT(ended.size(), 1, kTimeout);
        QVERIFY(!m_asked.isEmpty());
        QVERIFY(!QFile::exists(m_paths.pinFile()));
        const CampaignRecord record = load();
        QVERIFY2(record.summary.verdict == Verdict::NoEvidence, qPrintable(record.summary.reason));
        QCOMPARE(record.cycles.size(), 0);
        QStringList said;
        for (const PhaseRun &run : record.phaseRuns)
            said << run.host + QStringLiteral(": ") + run.message;
        QVERIFY2(said.join(QLatin1Char('\n'))
                     .contains(QStringLiteral("was not accepted. Nothing was sent to it.")),
                 qPrintable(said.join(QLatin1Char('\n'))));
    }

private:
    void openWindow() {
        const auto protocol = builtInProtocol(QStringLiteral("ship-gate"));
        QVERIFY(protocol.ok());
        auto session = Session::open(m_paths);
        QVERIFY(session.ok());
        m_session = std::move(*session);
        m_window = std::make_unique<MainWindow>(*m_session, *protocol, Protocol{});
        m_window->questions().setAsk([this](const QString &title, const QString &text, const QString &) {
            m_asked << title + QLatin1Char('\n') + text;
            return m_answer;
        });
        QVERIFY(test::showActive(*m_window));
    }
    // The sheet runs a loop of its own until it is accepted.
    void launch(const QString &cycles) {
        QString problem = QStringLiteral("the sheet did not open");
        QTimer fill;
        connect(&fill, &QTimer::timeout, this, [&] {
            auto *sheet = qobject_cast<LaunchDialog *>(QApplication::activeModalWidget());
            if (!sheet)
                return;
            sheet->setFleet(kFleet);
            sheet->findChild<QLineEdit *>(QStringLiteral("id"))->setText(kId);
            set(*sheet, "cycles", cycles);
            problem = sheet->problem();
            if (!problem.isEmpty())
                return; // the fleet is still being read
            fill.stop();
            sheet->accept();
        });
        fill.start(50);
        QTimer::singleShot(kTimeout, &fill, [&] {
            if (auto *sheet = qobject_cast<LaunchDialog *>(QApplication::activeModalWidget()))
                sheet->reject();
        });
        QTest::keyClick(m_window.get(), Qt::Key_L, Qt::ControlModifier);
        QVERIFY2(problem.isEmpty(), qPrintable(problem));
        m_window->activateWindow(); // the sheet took that
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    }
    static void set(const LaunchDialog &sheet, const char *field, const QString &value) {
        sheet.findChild<QLineEdit *>(QLatin1String(field))->setText(value);
    }
    [[nodiscard]] CampaignRecord load() const {
        std::optional<Result<CampaignRecord>> record;
        m_session->queries().load(kId, [&](const auto &loaded) { record = loaded; });
        return QTest::qWaitFor([&] { return record.has_value(); }) && record->ok() ? **record
                                                                                   : CampaignRecord{};
    }
    [[nodiscard]] CampaignPage &page() const { return *m_window->findChild<CampaignPage *>(); }

    QTemporaryDir m_settings;
    std::unique_ptr<QTemporaryDir> m_dir;
    Paths m_paths;
    std::unique_ptr<Sandbox> m_sandbox;
    std::unique_ptr<Session> m_session;
    std::unique_ptr<MainWindow> m_window;
    QStringList m_asked;
    bool m_answer = true;
};

QTEST_MAIN(WindowCampaignTest)
#include "tst_windowcampaign.moc"
