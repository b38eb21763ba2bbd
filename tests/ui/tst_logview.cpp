// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/sample.h"
#include "ui/common/theme.h"
#include "ui/logview/logcolours.h"
#include "ui/logview/logview.h"

#include <QApplication>
#include <QClipboard>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>

using namespace slipway;
using sample::CountingLog;
using sample::TextLog;

namespace {

constexpr qint64 kTenMillion = 10'000'000;

bool hasColour(const QImage &image, const QColor &sought) {
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            if (image.pixelColor(x, y) == sought)
                return true;
        }
    }
    return false;
}

} // namespace

class LogViewTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() {
        m_view = std::make_unique<LogView>();
        m_view->resize(800, 400);
        m_view->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_view.get()));
    }
    void cleanup() { m_view.reset(); }

    void tenMillionLinesCostAScreenful() {
        const auto log = std::make_shared<CountingLog>(kTenMillion);
        m_view->setSource(log);
        m_view->grab();
        QVERIFY(m_view->isFollowing());
        QVERIFY(m_view->firstLine() > kTenMillion - 30);
        m_view->goToLine(5'000'000);
        m_view->grab();
        QCOMPARE(m_view->firstLine(), 5'000'000);
        QVERIFY2(log->maxAsked() < 100, "the view asked for more than it shows");
    }

    void followsUntilAPersonScrollsAway() {
        const auto log = std::make_shared<CountingLog>(1000);
        m_view->setSource(log);
        QSignalSpy following(m_view.get(), &LogView::followingChanged);
        log->grow(500);
        m_view->sourceGrew();
        const qint64 end = m_view->firstLine();
        QVERIFY(end > 1450);
        m_view->verticalScrollBar()->setValue(200);
        QVERIFY(!m_view->isFollowing());
        QCOMPARE(following.size(), 1);
        log->grow(500);
        m_view->sourceGrew();
        QCOMPARE(m_view->firstLine(), 200);
        QTest::keyClick(m_view.get(), Qt::Key_End);
        QVERIFY(m_view->isFollowing());
        QVERIFY(m_view->firstLine() > 1950);
    }

    void severityHasItsColour() {
        m_view->setSource(std::make_shared<TextLog>(QList<QByteArray>{"all is well"}));
        QVERIFY(!hasColour(m_view->grab().toImage(), theme().fail));
        m_view->setSource(std::make_shared<TextLog>(QList<QByteArray>{"FATAL: node-0 failed to start"}));
        QVERIFY(hasColour(m_view->grab().toImage(), theme().fail));
    }

    void copiesWhatIsSelected() {
        m_view->setSource(std::make_shared<TextLog>(QList<QByteArray>{"one", "two", "three"}));
        QTest::mouseClick(m_view->viewport(), Qt::LeftButton, {}, {50, 5});
        QTest::mouseClick(m_view->viewport(), Qt::LeftButton, Qt::ShiftModifier, {50, 25});
        QTest::keySequence(m_view.get(), QKeySequence::Copy);
        QCOMPARE(QApplication::clipboard()->text(), QStringLiteral("one\ntwo"));
    }

    void copiesWithPlacesAndByKeyboard() {
        m_view->setSource(std::make_shared<TextLog>(QList<QByteArray>{"one", "two", "three", "four"}));
        m_view->goToLine(0);
        m_view->grab();
        QTest::keyClick(m_view.get(), Qt::Key_Down);
        QCOMPARE(m_view->selectedLine(), 0);
        QTest::keyClick(m_view.get(), Qt::Key_Down);
        QTest::keyClick(m_view.get(), Qt::Key_Down, Qt::ShiftModifier);
        QCOMPARE(m_view->selectedCount(), 2);
        QTest::keyClick(m_view.get(), Qt::Key_C, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(QApplication::clipboard()->text(), QStringLiteral("4\ttwo\n8\tthree"));
        QTest::keySequence(m_view.get(), QKeySequence::SelectAll);
        QCOMPARE(m_view->selectedCount(), 4);
        QTest::keyClick(m_view.get(), Qt::Key_Up);
        QCOMPARE(m_view->selectedLine(), 2);
        QTest::keyClick(m_view.get(), Qt::Key_Home, Qt::ShiftModifier);
        QCOMPARE(m_view->selectedCount(), 3);
    }

    void copyingHasABound() {
        m_view->setSource(std::make_shared<CountingLog>(kTenMillion));
        QSignalSpy copied(m_view.get(), &LogView::copied);
        QTest::keySequence(m_view.get(), QKeySequence::SelectAll);
        QTest::keySequence(m_view.get(), QKeySequence::Copy);
        QCOMPARE(copied.size(), 1);
        QCOMPARE(copied.constFirst().at(0).toLongLong(), 20'000);
        QCOMPARE(copied.constFirst().at(1).toLongLong(), kTenMillion);
    }

    void emptyAndMissingLogsAreShown() {
        m_view->setSource(nullptr);
        m_view->grab();
        QTest::keyClick(m_view.get(), Qt::Key_Down);
        m_view->setSource(std::make_shared<TextLog>(QList<QByteArray>{}));
        m_view->grab();
        QTest::keyClick(m_view.get(), Qt::Key_Down);
        QCOMPARE(m_view->firstLine(), 0);
        QCOMPARE(m_view->selectedLine(), -1);
    }

    void wrappedEveryPartOfALineIsReached() {
        QList<QByteArray> text{QByteArray(20'000, 'x')};
        for (int i = 0; i < 100; ++i)
            text << "short";
        m_view->setSource(std::make_shared<TextLog>(text));
        m_view->setWrapped(true);
        m_view->grab();
        QVERIFY(m_view->firstLine() > 70); // the end is at the bottom
        m_view->goToLine(0);
        m_view->grab();
        int steps = 0;
        while (m_view->firstLine() == 0 && ++steps < 1000) {
            QTest::keyClick(m_view.get(), Qt::Key_PageDown);
            m_view->grab();
        }
        QVERIFY2(steps > 3 && steps < 100, "a wrapped line was jumped over, or never left");
        QVERIFY(!m_view->isFollowing());
        m_view->setWrapped(false);
        QTest::keyClick(m_view.get(), Qt::Key_End);
        QVERIFY(m_view->isFollowing());
    }

    void aLogBegunAnewLosesItsSelection() {
        const auto log = std::make_shared<TextLog>(QList<QByteArray>(500, "line"));
        m_view->setSource(log);
        m_view->selectLine(400);
        log->beginAnew({"a", "b"});
        m_view->sourceGrew();
        m_view->grab();
        QCOMPARE(m_view->selectedLine(), -1);
        QCOMPARE(m_view->firstLine(), 0);
    }

    void highlightsAndMatchesAreSeen() {
        m_view->setSource(std::make_shared<TextLog>(QList<QByteArray>{"the quick fox"}));
        const QColor colour(1, 99, 3);
        QVERIFY(!hasColour(m_view->grab().toImage(), colour));
        m_view->setHighlights(
            {{*LinePattern::compile(QStringLiteral("quick"), true), QStringLiteral("A"), colour}});
        QVERIFY(hasColour(m_view->grab().toImage(), colour));
    }

    void terminalColoursAreReadable() {
        m_view->setSource(std::make_shared<TextLog>(
            QList<QByteArray>{"\x1b[38;2;255;255;0myellow on a light ground\x1b[0m"}));
        const QImage image = m_view->grab().toImage();
        QVERIFY(!hasColour(image, QColor(255, 255, 0)) || theme().dark);
        for (const QColor &ground : {lightTheme().surface, darkTheme().surface}) {
            for (int colour = 0; colour < 256; ++colour)
                QVERIFY(contrast(readableOn(terminalColour(colour), ground), ground) >= 4.5);
        }
    }

    void endlessWideAndCombiningLinesArePainted() {
        m_view->setSource(std::make_shared<TextLog>(QList<QByteArray>{
            QByteArray(65'536, 'x'), QByteArray(QString(3000, QChar(0x4e2d)).toUtf8()),
            QByteArray("e\u0301 \U0001F600 x"), QByteArray(1000, '\0'), QByteArray(1000, '\xff')}));
        m_view->grab();
        m_view->setWrapped(true);
        m_view->grab();
        QCOMPARE(GridLine(styledLine("e\u0301 \U0001F600 x")).width(), 6);
        QCOMPARE(GridLine(styledLine("abc")).indexAt(2), 2);
    }

private:
    std::unique_ptr<LogView> m_view;
};

QTEST_MAIN(LogViewTest)
#include "tst_logview.moc"
