// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/observation/jsonranges.h"

#include <QRandomGenerator>
#include <QTest>

using namespace slipway;

class JsonRangesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void findsTheBytesOfAMember_data() {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<QStringList>("path");
        QTest::addColumn<QByteArray>("bytes");
        const QByteArray report = "{\"phase\": 2, \"counts\" : {\"a\":200,\"b\" : \"ERR\"}, "
                                  "\"reasons\":[\"}\", \"a\\\"b\"], \"é\":1.5e3}";
        QTest::newRow("number") << report << QStringList{QStringLiteral("phase")}
                                << QByteArray("\"phase\": 2");
        QTest::newRow("inner") << report << QStringList{QStringLiteral("counts"), QStringLiteral("b")}
                               << QByteArray("\"b\" : \"ERR\"");
        QTest::newRow("object") << report << QStringList{QStringLiteral("counts")}
                                << QByteArray("\"counts\" : {\"a\":200,\"b\" : \"ERR\"}");
        QTest::newRow("braces in strings") << report << QStringList{QStringLiteral("reasons")}
                                           << QByteArray("\"reasons\":[\"}\", \"a\\\"b\"]");
        QTest::newRow("UTF-8") << report << QStringList{QStringLiteral("é")} << QByteArray("\"é\":1.5e3");
        QTest::newRow("escaped key") << QByteArray("{\"\\u0061\":1}") << QStringList{QStringLiteral("a")}
                                     << QByteArray("\"\\u0061\":1");
        QTest::newRow("escaped backslash") << QByteArray("{\"a\":\"x\\\\\",\"b\":\"y\"}")
                                           << QStringList{QStringLiteral("b")} << QByteArray("\"b\":\"y\"");
        QTest::newRow("byte order mark") << QByteArray("\xef\xbb\xbf{\"a\":1}")
                                         << QStringList{QStringLiteral("a")} << QByteArray("\"a\":1");
        QTest::newRow("not there") << report << QStringList{QStringLiteral("total")} << QByteArray();
        QTest::newRow("not an object")
            << report << QStringList{QStringLiteral("phase"), QStringLiteral("x")} << QByteArray();
    }

    void findsTheBytesOfAMember() {
        QFETCH(QByteArray, json);
        QFETCH(QStringList, path);
        QFETCH(QByteArray, bytes);
        const auto range = memberRange(json, path);
        QCOMPARE(range.has_value(), !bytes.isEmpty());
        if (range)
            QCOMPARE(json.mid(range->offset, range->length), bytes);
    }

    void findsAKeyThatIsThereTwice() {
        QCOMPARE(doubledKey("{\"a\":1,\"b\":{\"a\":2},\"c\":[{\"a\":3},{\"a\":4}]}"), std::nullopt);
        QCOMPARE(doubledKey("{\"a\":1,\"a\":2}"), QStringLiteral("a"));
        QCOMPARE(doubledKey("{\"x\":[{\"pass\":true,\"pass\":false}]}"), QStringLiteral("pass"));
        QCOMPARE(doubledKey("{\"a\":1,\"\\u0061\":2}"), QStringLiteral("a"));
        QCOMPARE(doubledKey("{\"a\":\"b\",\"b\":\"a,\\\"a\\\"\"}"), std::nullopt);
    }

    // Neither depth nor garbage may take the program down, nor lead outside the bytes.
    void survivesAnything() {
        const QByteArray deep = QByteArray("{\"a\":").repeated(100'000) + '1';
        QVERIFY(!memberRange(deep, {QStringLiteral("b")}));
        QVERIFY(!doubledKey(deep));
        QRandomGenerator random(11);
        const QByteArray alphabet = "{}[]\",:\\a1 \n";
        for (int i = 0; i < 20'000; ++i) {
            QByteArray bytes;
            for (int length = random.bounded(40); length > 0; --length)
                bytes += alphabet.at(random.bounded(static_cast<int>(alphabet.size())));
            const auto range = memberRange(bytes, {QStringLiteral("a")});
            if (range)
                QVERIFY(range->offset >= 0 && range->length >= 0 &&
                        range->offset + range->length <= bytes.size());
            static_cast<void>(doubledKey(bytes));
        }
    }
};

QTEST_APPLESS_MAIN(JsonRangesTest)
#include "tst_jsonranges.moc"
