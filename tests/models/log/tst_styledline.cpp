// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/log/styledline.h"

#include <QTest>

using namespace slipway;

class StyledLineTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void hostileBytesAreMadeVisible_data() {
        QTest::addColumn<QByteArray>("line");
        QTest::addColumn<QString>("shown");
        QTest::newRow("colours") << QByteArray("\x1b[1;31mred\x1b[0m") << QStringLiteral("red");
        QTest::newRow("other escape") << QByteArray("\x1b]0;title\x07") << QStringLiteral("␛]0;title␇");
        QTest::newRow("cursor") << QByteArray("\x1b[2J") << QStringLiteral("␛[2J");
        QTest::newRow("unended colour") << QByteArray("\x1b[31") << QStringLiteral("␛[31");
        QTest::newRow("endless colour")
            << QByteArray("\x1b[") + QByteArray(200, '1') + "m"
            << QStringLiteral("␛[") + QString(200, QLatin1Char('1')) + QStringLiteral("m");
        QTest::newRow("zero") << QByteArray("a\0b", 3) << QStringLiteral("a␀b");
        QTest::newRow("carriage return") << QByteArray("50 %\r100 %") << QStringLiteral("50 %␍100 %");
        QTest::newRow("tab") << QByteArray("a\tb") << QStringLiteral("a    b");
        QTest::newRow("direction") << QByteArray("a\u202Eb") << QStringLiteral("a<U+202e>b");
        QTest::newRow("line separator") << QByteArray("a\u2028b") << QStringLiteral("a<U+2028>b");
        QTest::newRow("delete") << QByteArray("a\x7f") << QStringLiteral("a<U+007f>");
        QTest::newRow("no UTF-8") << QByteArray("\xff") << QString(QChar::ReplacementCharacter);
        QTest::newRow("cut UTF-8") << QByteArray("\xe2\x82") << QString(2, QChar::ReplacementCharacter);
        QTest::newRow("markup") << QByteArray("<b>x</b>") << QStringLiteral("<b>x</b>");
    }

    void hostileBytesAreMadeVisible() {
        QFETCH(QByteArray, line);
        QFETCH(QString, shown);
        QCOMPARE(styledLine(line).text, shown);
    }

    void coloursBecomeRuns() {
        const StyledLine line =
            styledLine("plain \x1b[1;31mred\x1b[22;39m \x1b[38;5;208mcube\x1b[48;2;1;2;3mtrue\x1b[m end");
        QCOMPARE(line.text, QStringLiteral("plain red cubetrue end"));
        QCOMPARE(line.runs.size(), 3);
        TextStyle red;
        red.foreground = 1;
        red.bold = true;
        QCOMPARE(line.runs.at(0), (StyledRun{6, 3, red}));
        QCOMPARE(line.runs.at(1).style.foreground, 208);
        QCOMPARE(line.runs.at(1).length, 4);
        QCOMPARE(line.runs.at(2).style.background, kTrueColour | 0x010203);
        QCOMPARE(line.runs.at(2).style.foreground, 208);
    }

    void brightInverseAndBrokenSequences() {
        QCOMPARE(styledLine("\x1b[91mx").runs.constFirst().style.foreground, 9);
        QCOMPARE(styledLine("\x1b[103mx").runs.constFirst().style.background, 11);
        QVERIFY(styledLine("\x1b[7mx").runs.constFirst().style.inverse);
        QVERIFY(styledLine("\x1b[38mx").runs.isEmpty());
        QVERIFY(styledLine("\x1b[38;5mx").runs.isEmpty());
        QVERIFY(styledLine("\x1b[38;9;1mx").runs.isEmpty());
        QVERIFY(styledLine("\x1b[31m\x1b[0mx").runs.isEmpty());
    }
};

QTEST_GUILESS_MAIN(StyledLineTest)
#include "tst_styledline.moc"
