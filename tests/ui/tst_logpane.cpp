// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/core/instant.h"
#include "tests/ui/sample.h"
#include "tests/ui/windowsetup.h"
#include "ui/logview/highlighters.h"
#include "ui/logview/logbar.h"
#include "ui/logview/logpane.h"
#include "ui/logview/logview.h"

#include <QApplication>
#include <QComboBox>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace slipway;
using sample::CountingLog;
using sample::TextLog;

namespace {

LogStream stream(int phase, const QString &host, const std::shared_ptr<const LogSource> &log) {
    LogStream made;
    made.run.phase = phase;
    made.run.step = QStringLiteral("run");
    made.run.host = host;
    made.run.startedAt = instantOf(QStringLiteral("2026-04-20T17:00:00Z"));
    made.source = log;
    return made;
}

QByteArray at(int second, const QByteArray &text) {
    return "2026-04-20T17:00:" + QByteArray::number(second).rightJustified(2, '0') + "Z " + text;
}

std::shared_ptr<TextLog> chaosLog() {
    QList<QByteArray> text{"[phase4] campaign: kill_primary_mid_write"};
    for (int cycle = 1; cycle <= 20; ++cycle) {
        text << "[chaos] cycle " + QByteArray::number(cycle) + ": nodes ready";
        for (int i = 0; i < 9; ++i)
            text << (cycle % 5 == 0 && i == 4 ? "node-1: failed to start" : "all is well");
    }
    return std::make_shared<TextLog>(text);
}

} // namespace

class LogPaneTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { test::useSettings(m_settings.path(), QStringLiteral("tst_logpane")); }
    void init() {
        QSettings().clear();
        m_pane = std::make_unique<LogPane>();
        m_pane->resize(1000, 420);
        m_pane->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_pane.get()));
    }
    void cleanup() { m_pane.reset(); }

    void theFilterShowsOnlyWhatMatches() {
        show(chaosLog());
        m_pane->bar().setPattern(QStringLiteral("cycle 1[0-9]:"));
        QTRY_COMPARE(m_pane->view().source()->lineCount(), 10);
        QTRY_VERIFY(!m_pane->isBusy());
        QVERIFY(m_pane->view().source()->lines(0, 1).constFirst().text.contains("cycle 10"));
        m_pane->bar().setPattern({});
        QCOMPARE(m_pane->view().source()->lineCount(), 201);
    }

    void aBrokenPatternLeavesWhatWasFound() {
        show(chaosLog());
        m_pane->bar().setPattern(QStringLiteral("failed"));
        QTRY_COMPARE(m_pane->view().source()->lineCount(), 4);
        m_pane->bar().setPattern(QStringLiteral("failed("));
        QCOMPARE(m_pane->view().source()->lineCount(), 4);
        QVERIFY(field()->toolTip().contains(QStringLiteral("failed(")));
    }

    void theFilterFollowsWhatIsStillWritten() {
        const auto log = chaosLog();
        show(log);
        m_pane->bar().setPattern(QStringLiteral("failed"));
        QTRY_COMPARE(m_pane->view().source()->lineCount(), 4);
        log->append({"it failed again", "well"});
        m_pane->grew();
        QTRY_COMPARE(m_pane->view().source()->lineCount(), 5);
        log->beginAnew({"one", "failed"});
        m_pane->grew();
        QTRY_COMPARE(m_pane->view().source()->lineCount(), 1);
        QTRY_COMPARE(m_pane->view().source()->lines(0, 1).value(0).line, 1);
    }

    void typingOnCancelsTheLastFilter() {
        show(std::make_shared<CountingLog>(10'000'000));
        for (const char *pattern : {"f", "fa", "fat", "fata", "fatal 1", "fatal 10", "fatal"})
            m_pane->bar().setPattern(QString::fromLatin1(pattern));
        QTRY_VERIFY_WITH_TIMEOUT(m_pane->view().source()->lineCount() > 0, 60'000);
        m_pane->bar().setPattern({}); // in the middle
        QCOMPARE(m_pane->view().source()->lineCount(), 10'000'000);
    }

    void aChosenLineStaysChosenInAndOutOfTheFilter() {
        show(chaosLog());
        m_pane->view().selectLine(141); // cycle 15
        m_pane->bar().setPattern(QStringLiteral("cycle"));
        QTRY_COMPARE(m_pane->view().selectedLine(), 14);
        m_pane->bar().setPattern({});
        QCOMPARE(m_pane->view().selectedLine(), 141);
    }

    void matchesAreWalkedWithoutHidingTheRest() {
        show(chaosLog());
        m_pane->view().goToLine(0);
        m_pane->bar().focusPattern(false);
        QTest::keyClicks(field(), QStringLiteral("failed"));
        QCOMPARE(m_pane->view().source()->lineCount(), 201);
        QTest::keyClick(field(), Qt::Key_Return);
        QTRY_COMPARE(m_pane->view().selectedLine(), 46);
        QTest::keyClick(field(), Qt::Key_Return);
        QTRY_COMPARE(m_pane->view().selectedLine(), 96);
        QTest::keyClick(field(), Qt::Key_Return, Qt::ShiftModifier);
        QTRY_COMPARE(m_pane->view().selectedLine(), 46);
        m_pane->nextMatch(false);
        QTRY_VERIFY(!m_pane->isBusy());
        QCOMPARE(m_pane->view().selectedLine(), 46); // there is none before
        QTest::keyClick(field(), Qt::Key_Escape);
        QCOMPARE(m_pane->bar().pattern(), QString());
        QVERIFY(m_pane->view().hasFocus());
    }

    void errorsAreFoundOverTheWholeLog() {
        show(std::make_shared<CountingLog>(3'000'500));
        m_pane->view().goToLine(10);
        m_pane->nextError(true);
        QTRY_COMPARE_WITH_TIMEOUT(m_pane->view().selectedLine(), 1'000'000, 30'000);
        m_pane->nextError(true);
        QTRY_COMPARE_WITH_TIMEOUT(m_pane->view().selectedLine(), 2'000'000, 30'000);
        m_pane->nextError(false);
        QTRY_COMPARE(m_pane->view().selectedLine(), 1'000'000);
        QTRY_VERIFY_WITH_TIMEOUT(!m_pane->isBusy(), 30'000);
        QTRY_VERIFY(button(QStringLiteral("✗ 3 errors")));
    }

    void aLineShowsItsCycle() {
        show(chaosLog());
        QSignalSpy cycles(m_pane.get(), &LogPane::cycleSelected);
        QSignalSpy lines(m_pane.get(), &LogPane::lineSelected);
        QTRY_VERIFY(!m_pane->isBusy());
        m_pane->view().selectLine(24);
        QTest::keyClick(&m_pane->view(), Qt::Key_Down);
        QCOMPARE(lines.constLast().at(1).toLongLong(), 25);
        QCOMPARE(cycles.constLast().at(0).toString(), QStringLiteral("kill_primary_mid_write"));
        QCOMPARE(cycles.constLast().at(1).toInt(), 3);
    }

    void aCycleLeadsToItsFirstLine() {
        m_pane->setStreams(
            {stream(4, QStringLiteral("chaos"), chaosLog()),
             stream(1, QStringLiteral("node-a"), std::make_shared<TextLog>(QList<QByteArray>{"nothing"}))},
            true);
        m_pane->showCycle(QStringLiteral("kill_primary_mid_write"), 12);
        QTRY_COMPARE(m_pane->view().selectedLine(), 111);
        m_pane->view().selectLine(115); // of the same cycle: stays
        m_pane->showCycle({}, 12);
        QCOMPARE(m_pane->view().selectedLine(), 115);
        m_pane->showCycle({}, 99);
        QTRY_VERIFY(!m_pane->isBusy());
        QCOMPARE(m_pane->view().selectedLine(), 115);
    }

    void aByteLeadsToItsLine() {
        const auto log = chaosLog();
        m_pane->setStreams(
            {stream(4, QStringLiteral("chaos"), log),
             stream(1, QStringLiteral("node-a"), std::make_shared<TextLog>(QList<QByteArray>{"nothing"}))},
            true);
        const qint64 offset = log->lines(150, 1).constFirst().offset;
        m_pane->showLineAt(QStringLiteral("phase4-run-chaos"), offset + 3);
        QCOMPARE(m_pane->view().selectedLine(), 150);
        m_pane->showLineAt(QStringLiteral("phase9-run-nobody"), 0);
        QCOMPARE(m_pane->view().selectedLine(), 150);
    }

    void placesAreGoneTo_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<qint64>("row");
        QTest::newRow("line") << "30" << qint64(29);
        QTest::newRow("beyond") << "9999" << qint64(59);
        QTest::newRow("byte") << "@23" << qint64(1);
        QTest::newRow("time") << "17:00:40" << qint64(40);
        QTest::newRow("whole time") << "2026-04-20T17:00:10Z" << qint64(10);
        QTest::newRow("nonsense") << "soon" << qint64(-1);
        QTest::newRow("nothing") << "" << qint64(-1);
        QTest::newRow("negative") << "-4" << qint64(-1);
    }

    void placesAreGoneTo() {
        QFETCH(QString, text);
        QFETCH(qint64, row);
        QList<QByteArray> lines;
        for (int i = 0; i < 60; ++i)
            lines << at(i, "x");
        show(std::make_shared<TextLog>(lines));
        m_pane->bar().askPlace();
        auto *place = qobject_cast<QLineEdit *>(QApplication::focusWidget());
        if (!place) // no focus without an active window
            m_pane->goToPlace(text);
        else {
            QTest::keyClicks(place, text);
            QTest::keyClick(place, Qt::Key_Return);
        }
        QCOMPARE(m_pane->view().selectedLine(), row);
    }

    void allHostsStandByTime() {
        m_pane->setStreams(
            {stream(4, QStringLiteral("chaos"),
                    std::make_shared<TextLog>(QList<QByteArray>{at(1, "one"), at(5, "five")})),
             stream(4, QStringLiteral("node-b"),
                    std::make_shared<TextLog>(QList<QByteArray>{at(3, "three"), at(9, "failed")}))},
            true);
        m_pane->showMerged();
        QTRY_COMPARE(m_pane->view().source()->lineCount(), 4);
        QTRY_VERIFY(!m_pane->isBusy());
        QSignalSpy lines(m_pane.get(), &LogPane::lineSelected);
        m_pane->view().selectLine(0);
        QTest::keyClick(&m_pane->view(), Qt::Key_Down);
        QCOMPARE(lines.constLast().at(0).toString(), QStringLiteral("phase4-run-node-b"));
        QCOMPARE(lines.constLast().at(1).toLongLong(), 0);
        m_pane->nextError(true);
        QTRY_COMPARE(m_pane->view().selectedLine(), 3);
        m_pane->showLineAt(QStringLiteral("phase4-run-chaos"), 25);
        QTRY_COMPARE(m_pane->view().selectedLine(), 2);
        m_pane->bar().setPattern(QStringLiteral("e$"));
        QTRY_COMPARE(m_pane->view().source()->lineCount(), 3);
        m_pane->view().grab();
    }

    void highlightersAreKeptPhaseByPhase() {
        show(chaosLog());
        m_pane->bar().setPattern(QStringLiteral("nodes"));
        m_pane->highlightPattern();
        m_pane->bar().setPattern(QStringLiteral("("));
        m_pane->highlightPattern();
        QCOMPARE(m_pane->highlighters().patterns(), QStringList{QStringLiteral("nodes")});
        m_pane = std::make_unique<LogPane>();
        show(chaosLog());
        QCOMPARE(m_pane->highlighters().patterns(), QStringList{QStringLiteral("nodes")});
        m_pane->setStreams({stream(2, QStringLiteral("a"), chaosLog())}, true);
        QVERIFY(m_pane->highlighters().patterns().isEmpty());
        QMenu menu;
        m_pane->highlighters().fill(menu, QStringLiteral("a & b"));
        QCOMPARE(menu.actions().constFirst()->text(), QStringLiteral("Highlight “a && b”"));
        menu.actions().constFirst()->trigger();
        QCOMPARE(m_pane->highlighters().patterns(), QStringList{QStringLiteral("a & b")});
    }

    void whatIsShownStaysWhenStreamsCome() {
        QList<LogStream> streams{stream(4, QStringLiteral("chaos"), chaosLog()),
                                 stream(4, QStringLiteral("node-a"), chaosLog())};
        m_pane->setStreams(streams, true);
        auto *box = m_pane->findChild<QComboBox *>();
        QCOMPARE(box->currentIndex(), 1);
        box->setCurrentIndex(0);
        Q_EMIT box->activated(0);
        m_pane->view().selectLine(100);
        streams << stream(4, QStringLiteral("node-b"), chaosLog());
        m_pane->setStreams(streams, false);
        QCOMPARE(box->currentIndex(), 0);
        QCOMPARE(m_pane->view().selectedLine(), 100);
        m_pane->setStreams({}, true);
        QVERIFY(!m_pane->view().source());
        m_pane->nextError(true);
        m_pane->nextMatch(true);
        m_pane->goToPlace(QStringLiteral("1"));
        m_pane->showCycle({}, 1);
    }

    void controlsHaveNames() {
        for (const QPushButton *one : m_pane->findChildren<QPushButton *>())
            QVERIFY(!one->accessibleName().isEmpty());
        for (const QLineEdit *one : m_pane->findChildren<QLineEdit *>())
            QVERIFY(!one->accessibleName().isEmpty());
    }

private:
    void show(const std::shared_ptr<const LogSource> &log) {
        m_pane->setStreams({stream(4, QStringLiteral("chaos"), log)}, true);
    }
    [[nodiscard]] QLineEdit *field() const { return m_pane->findChild<QLineEdit *>(); }
    [[nodiscard]] bool button(const QString &text) const {
        const auto all = m_pane->findChildren<QPushButton *>();
        return std::any_of(all.begin(), all.end(),
                           [&](const QPushButton *one) { return one->text() == text; });
    }

    QTemporaryDir m_settings;
    std::unique_ptr<LogPane> m_pane;
};

QTEST_MAIN(LogPaneTest)
#include "tst_logpane.moc"
