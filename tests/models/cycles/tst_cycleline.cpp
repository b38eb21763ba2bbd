// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/cycles/cycleline.h"

#include <QTest>

using namespace slipway;

class CycleLineTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void readsTheFieldsShape() {
        const auto cycle = parseCycleLine(
            R"({"cycle":3,"fault":"kill_primary_mid_write","writes":100,"ok":3,"quorum_not_met":0,"fail":97,"count_node0":"ERR","count_node1":"3","count_node2":"3"})",
            {});
        QVERIFY(cycle.ok());
        QCOMPARE(cycle->number, 3);
        QCOMPARE(cycle->ok, 3);
        QVERIFY(!cycle->rows[0]);
        QCOMPARE(cycle->rows[1], 3);
        QVERIFY(!cycle->converged);
    }

    void readsWhatItWrites() {
        Cycle cycle;
        cycle.number = 9;
        cycle.fault = QStringLiteral("f");
        cycle.writes = 5;
        cycle.ok = 0;
        cycle.rows = {std::nullopt, 4, 0};
        cycle.converged = 0;
        cycle.lost = {QStringLiteral("w-1"), QStringLiteral("w-2 \"é")};
        cycle.faultInjected = false;
        cycle.latencyUs = {1200, 0, std::nullopt};
        const auto read = parseCycleLine(cycleToLine(cycle), {});
        QVERIFY(read.ok());
        QCOMPARE(cycleToLine(*read), cycleToLine(cycle));
        QCOMPARE(read->latencyUs, cycle.latencyUs);
        QCOMPARE(read->lost, cycle.lost);
        QVERIFY(!read->fail); // absent stays absent, never zero
    }

    void refusesWhatIsNoCount_data() {
        QTest::addColumn<QByteArray>("line");
        for (const char *line :
             {"", "{}", "[]", "hello", R"({"cycle":0,"fault":"f"})", R"({"cycle":1})",
              R"({"cycle":1,"fault":"f","ok":-1})", R"({"cycle":1,"fault":"f","ok":1.5})",
              R"({"cycle":1,"fault":"f","ok":"many"})", R"({"cycle":1,"fault":"f","ok":1e300})",
              R"({"cycle":1,"fault":"f","ok":[1]})"})
            QTest::newRow(line) << QByteArray(line);
    }

    void refusesWhatNamesNoLostWrites_data() {
        QTest::addColumn<QByteArray>("lost");
        QTest::addColumn<bool>("taken");
        const auto many = [](int ids) {
            return QByteArray("[\"w\"" + QByteArray(",\"w\"").repeated(ids - 1) + "]");
        };
        QTest::newRow("one") << QByteArray("[\"w\"]") << true;
        QTest::newRow("twenty") << many(20) << true;
        QTest::newRow("twenty-one") << many(21) << false;
        QTest::newRow("none") << QByteArray("[]") << false; // written down only where there is one
        QTest::newRow("a number") << QByteArray("[7]") << false;
        QTest::newRow("a text") << QByteArray("\"w\"") << false;
        QTest::newRow("null") << QByteArray("null") << false;
        QTest::newRow("long") << QByteArray("[\"" + QByteArray(201, 'w') + "\"]") << false;
    }

    void refusesWhatNamesNoLostWrites() {
        QFETCH(QByteArray, lost);
        QFETCH(bool, taken);
        const auto cycle = parseCycleLine(R"({"cycle":1,"fault":"f","lost":)" + lost + "}", {});
        QCOMPARE(cycle.ok(), taken);
    }

    void refusesWhatIsNoCount() {
        QFETCH(QByteArray, line);
        const auto cycle = parseCycleLine(line, {QStringLiteral("file.jsonl"), 42, 0});
        QVERIFY(!cycle.ok());
        QVERIFY(cycle.error().text.contains(QStringLiteral("file.jsonl, byte 42")));
    }
};

QTEST_APPLESS_MAIN(CycleLineTest)
#include "tst_cycleline.moc"
