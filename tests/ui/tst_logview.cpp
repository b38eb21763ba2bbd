// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/sample.h"
#include "ui/common/theme.h"
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

bool hasColour(const QImage &image, const QColor &wanted) {
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            if (image.pixelColor(x, y) == wanted)
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
        QVERIFY2(log->mostAsked() < 100, "the view asked for more than it shows");
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

    void findsErrorsBothWays() {
        QList<QByteArray> text;
        for (int i = 0; i < 300; ++i)
            text << (i == 40 || i == 200 ? "node-b: connection failed" : "all is well");
        m_view->setSource(std::make_shared<TextLog>(text));
        m_view->goToLine(0);
        QVERIFY(m_view->goToError(true));
        QCOMPARE(m_view->selectedLine(), 40);
        QVERIFY(m_view->goToError(true));
        QCOMPARE(m_view->selectedLine(), 200);
        QVERIFY(!m_view->goToError(true));
        QCOMPARE(m_view->selectedLine(), 200);
        QVERIFY(m_view->goToError(false));
        QCOMPARE(m_view->selectedLine(), 40);
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

    void emptyAndMissingLogsAreShown() {
        m_view->setSource(nullptr);
        m_view->grab();
        QVERIFY(!m_view->goToError(true));
        m_view->setSource(std::make_shared<TextLog>(QList<QByteArray>{}));
        m_view->grab();
        QCOMPARE(m_view->firstLine(), 0);
    }

    void hostileBytesAreMadeVisible_data() {
        QTest::addColumn<QByteArray>("line");
        QTest::addColumn<QString>("shown");
        QTest::newRow("colours") << QByteArray("\x1b[1;31mred\x1b[0m") << QStringLiteral("red");
        QTest::newRow("other escape") << QByteArray("\x1b]0;title\x07") << QStringLiteral("␛]0;title␇");
        QTest::newRow("unended colour") << QByteArray("\x1b[31") << QStringLiteral("␛[31");
        QTest::newRow("zero") << QByteArray("a\0b", 3) << QStringLiteral("a␀b");
        QTest::newRow("carriage return") << QByteArray("50 %\r100 %") << QStringLiteral("50 %␍100 %");
        QTest::newRow("tab") << QByteArray("a\tb") << QStringLiteral("a    b");
        QTest::newRow("direction") << QByteArray("a\u202Eb") << QStringLiteral("a<U+202e>b");
        QTest::newRow("delete") << QByteArray("a\x7f") << QStringLiteral("a<U+007f>");
        QTest::newRow("no UTF-8") << QByteArray("\xff") << QString(QChar::ReplacementCharacter);
        QTest::newRow("markup") << QByteArray("<b>x</b>") << QStringLiteral("<b>x</b>");
    }

    void hostileBytesAreMadeVisible() {
        QFETCH(QByteArray, line);
        QFETCH(QString, shown);
        QCOMPARE(shownLine(line), shown);
    }

    void anEndlessLineIsCut() {
        QVERIFY(shownLine(QByteArray(10'000'000, 'x')).size() <= 2000);
        m_view->setSource(std::make_shared<TextLog>(QList<QByteArray>{QByteArray(65'536, 'x')}));
        m_view->grab();
    }

private:
    std::unique_ptr<LogView> m_view;
};

QTEST_MAIN(LogViewTest)
#include "tst_logview.moc"
