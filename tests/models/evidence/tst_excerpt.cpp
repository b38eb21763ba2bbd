// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/evidence/excerpt.h"

#include <QTest>

using namespace slipway;

class ExcerptTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void fiveLinesBeforeAndAfter() {
        QByteArray bytes;
        for (int i = 0; i < 20; ++i)
            bytes += "line " + QByteArray::number(i) + '\n';
        const Excerpt excerpt = excerptOf(bytes, {QString(), bytes.indexOf("10"), 2});
        QCOMPARE(excerpt.lines.size(), 11);
        QCOMPARE(excerpt.lines.constFirst(), QStringLiteral("line 5"));
        QCOMPARE(excerpt.lines.constLast(), QStringLiteral("line 15"));
        QCOMPARE(excerpt.marked, 5);
        QCOMPARE(excerpt.lines.at(5).mid(excerpt.from, excerpt.length), QStringLiteral("10"));
    }

    void theEndsOfAFile() {
        const QByteArray bytes("a\nb\nc");
        QCOMPARE(excerptOf(bytes, {QString(), 0, 1}).lines,
                 QStringList({QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("c")}));
        QCOMPARE(excerptOf(bytes, {QString(), 0, 1}).marked, 0);
        QCOMPARE(excerptOf(bytes, {QString(), 4, 1}).marked, 2);
        QCOMPARE(excerptOf(bytes, {QString(), 4, 99}).length, 1);
        QVERIFY(excerptOf(bytes, {QString(), 5, 1}).lines.isEmpty());
        QVERIFY(excerptOf(bytes, {QString(), -1, 1}).lines.isEmpty());
        QVERIFY(excerptOf({}, {QString(), 0, 0}).lines.isEmpty());
    }

    void aLongLineIsCutAroundTheMark() {
        const QByteArray bytes = QByteArray(100'000, 'x') + "\"lost\": 34" + QByteArray(100'000, 'y');
        const Excerpt excerpt = excerptOf(bytes, {QString(), 100'008, 2});
        QCOMPARE(excerpt.lines.size(), 1);
        QVERIFY(excerpt.lines.constFirst().size() <= 160);
        QCOMPARE(excerpt.lines.constFirst().mid(excerpt.from, excerpt.length), QStringLiteral("34"));
    }

    void charactersStayWhole() {
        const QByteArray bytes =
            QStringLiteral("ü").repeated(200).toUtf8() + "7" + QStringLiteral("ü").repeated(200).toUtf8();
        const Excerpt excerpt = excerptOf(bytes, {QString(), 400, 1});
        QCOMPARE(excerpt.lines.constFirst().mid(excerpt.from, excerpt.length), QStringLiteral("7"));
        QVERIFY(!excerpt.lines.constFirst().contains(QChar::ReplacementCharacter));
    }

    void linesAreCountedFromOne() {
        const QByteArray bytes("a\nbc\nd");
        QCOMPARE(lineNumberOf(bytes, 0), 1);
        QCOMPARE(lineNumberOf(bytes, 1), 1); // a line's end is of its line
        QCOMPARE(lineNumberOf(bytes, 2), 2);
        QCOMPARE(lineNumberOf(bytes, 5), 3);
        QCOMPARE(lineNumberOf(bytes, 99), 3);
        QCOMPARE(lineNumberOf(bytes, -1), 1);
        QCOMPARE(lineNumberOf({}, 0), 1);
    }
};

QTEST_APPLESS_MAIN(ExcerptTest)
#include "tst_excerpt.moc"
