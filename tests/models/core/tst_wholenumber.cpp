// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/core/wholenumber.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace slipway;

class WholeNumberTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    // -1: refused.
    void numbersOfJson_data() {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<qint64>("whole");
        QTest::addColumn<qint64>("count");
        const qint64 none = -1;
        QTest::newRow("zero") << QByteArray("0") << qint64(0) << qint64(0);
        QTest::newRow("a number") << QByteArray("650") << qint64(650) << qint64(650);
        QTest::newRow("with a point and nothing behind") << QByteArray("3.0") << qint64(3) << qint64(3);
        QTest::newRow("a half") << QByteArray("3.5") << none << none;
        QTest::newRow("nearly whole") << QByteArray("2.9999999999999996") << none << none;
        QTest::newRow("below 0") << QByteArray("-7") << qint64(-7) << none;
        QTest::newRow("2^53 - 1") << QByteArray("9007199254740991") << kMaxExact << kMaxExact;
        QTest::newRow("2^53") << QByteArray("9007199254740992") << none << none;
        QTest::newRow("2^53 + 1") << QByteArray("9007199254740993") << none << none;
        QTest::newRow("-2^53") << QByteArray("-9007199254740992") << none << none;
        QTest::newRow("2^63") << QByteArray("9223372036854775808") << none << none;
        QTest::newRow("enormous") << QByteArray("1e300") << none << none;
        QTest::newRow("a text") << QByteArray("\"26\"") << none << qint64(26);
        QTest::newRow("a text with blanks") << QByteArray("\" 26\\n\"") << none << qint64(26);
        QTest::newRow("a text of 2^53 - 1") << QByteArray("\"9007199254740991\"") << none << kMaxExact;
        QTest::newRow("a text of 2^53") << QByteArray("\"9007199254740992\"") << none << none;
        QTest::newRow("a long text") << QByteArray("\"00000000000000026\"") << none << none;
        QTest::newRow("a text in hexadecimal") << QByteArray("\"0x0c8\"") << none << none;
        QTest::newRow("a text with a sign") << QByteArray("\"-1\"") << none << none;
        QTest::newRow("a text with an exponent") << QByteArray("\"2e2\"") << none << none;
        QTest::newRow("a text with a point") << QByteArray("\"3.5\"") << none << none;
        QTest::newRow("digits of another script") << QByteArray("\"\u0663\"") << none << none;
        QTest::newRow("an empty text") << QByteArray("\"\"") << none << none;
        QTest::newRow("null") << QByteArray("null") << none << none;
        QTest::newRow("true") << QByteArray("true") << none << none;
        QTest::newRow("an array") << QByteArray("[1]") << none << none;
    }

    void numbersOfJson() {
        QFETCH(const QByteArray, json);
        QFETCH(const qint64, whole);
        QFETCH(const qint64, count);
        const QJsonArray array = QJsonDocument::fromJson('[' + json + ']').array();
        QCOMPARE(array.size(), 1);
        QCOMPARE(wholeNumber(array.at(0)).value_or(-1), whole);
        QCOMPARE(countOf(array.at(0)).value_or(-1), count);
        QVERIFY(!wholeNumber(QJsonValue(QJsonValue::Undefined)));
    }
};

QTEST_APPLESS_MAIN(WholeNumberTest)
#include "tst_wholenumber.moc"
