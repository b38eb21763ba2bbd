// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/log/cyclemap.h"
#include "models/log/linepattern.h"

#include <QTest>

using namespace slipway;

class CycleMapTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void linesShowTheirCycle_data() {
        QTest::addColumn<QByteArray>("line");
        QTest::addColumn<int>("cycle"); // 0: none
        QTest::newRow("of the field") << QByteArray("[chaos] cycle 13: nodes ready (pids 1 2 3)") << 13;
        QTest::newRow("ours")
            << QByteArray("2026-04-20T17:39:02Z [phase4][chaos-client] [chaos] cycle 7: nodes ready") << 7;
        QTest::newRow("our summary")
            << QByteArray("2026-04-20T17:39:02Z [phase4][chaos-client] cycle 8: kill_primary_mid_write") << 8;
        QTest::newRow("not at its place") << QByteArray("node-a: cycle 9: done") << 0;
        QTest::newRow("no colon") << QByteArray("[chaos] cycle 9 begins") << 0;
        QTest::newRow("no number") << QByteArray("[chaos] cycle nine:") << 0;
        QTest::newRow("too large") << QByteArray("[chaos] cycle 99999999999: x") << 0;
        QTest::newRow("negative") << QByteArray("[chaos] cycle -1: x") << 0;
        QTest::newRow("cut") << QByteArray("[chaos] cycle ") << 0;
        QTest::newRow("nothing") << QByteArray() << 0;
    }

    void linesShowTheirCycle() {
        QFETCH(QByteArray, line);
        QFETCH(int, cycle);
        QCOMPARE(cycleOfLine(line).value_or(0), cycle);
        if (cycle > 0)
            QVERIFY(LinePattern::compile(cycleLinePattern(), true)->matches(line));
    }

    void linesShowTheirFaultClass() {
        QCOMPARE(campaignOfLine("[phase4] campaign: partition_minority"),
                 QStringLiteral("partition_minority"));
        QCOMPARE(campaignOfLine("[phase4][chaos] campaign: kill_primary_mid_write, 50 cycles x 100 writes"),
                 QStringLiteral("kill_primary_mid_write"));
        QCOMPARE(campaignOfLine("[phase4] campaign: <b>"), QString());
        QCOMPARE(campaignOfLine("campaign: x"), QString());
    }

    void rowsBelongToTheLastCycleSpokenOf() {
        CycleMap map;
        map.add(2, "[phase4] campaign: kill");
        map.add(3, "[chaos] cycle 1: nodes ready");
        map.add(5, "[phase4] cycle 1: kill, 100 writes");
        map.add(6, "[chaos] cycle 2: nodes ready");
        map.add(9, "[phase4] campaign: partition");
        map.add(10, "[chaos] cycle 1: nodes ready");
        QVERIFY(!map.cycleAt(1));
        QCOMPARE(map.cycleAt(2)->number, 0);
        QCOMPARE(*map.cycleAt(4), (CycleName{QStringLiteral("kill"), 1}));
        QCOMPARE(*map.cycleAt(5), (CycleName{QStringLiteral("kill"), 1}));
        QCOMPARE(*map.cycleAt(8), (CycleName{QStringLiteral("kill"), 2}));
        QCOMPARE(*map.cycleAt(1000), (CycleName{QStringLiteral("partition"), 1}));
        QCOMPARE(map.rowOf(QStringLiteral("partition"), 1), 10);
        QCOMPARE(map.rowOf(QStringLiteral("kill"), 1), 3);
        QCOMPARE(map.rowOf({}, 2), 6);
        QCOMPARE(map.rowOf(QStringLiteral("partition"), 2), -1);
        map.truncate(9);
        QCOMPARE(map.rowOf(QStringLiteral("partition"), 1), -1);
        QCOMPARE(*map.cycleAt(1000), (CycleName{QStringLiteral("kill"), 2}));
    }
};

QTEST_GUILESS_MAIN(CycleMapTest)
#include "tst_cyclemap.moc"
