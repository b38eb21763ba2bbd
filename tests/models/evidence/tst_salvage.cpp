// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/evidence/anomaly.h"
#include "models/evidence/salvage.h"

#include <QTest>

using namespace slipway;

namespace {

QList<Measured> measured(const QList<qint64> &values, qint64 expected) {
    QList<Measured> result;
    for (const qint64 value : values)
        result.append({value, expected});
    return result;
}

} // namespace

class SalvageTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void readsHowFarTheChaosCame() {
        const QByteArray log =
            "[chaos] chaos campaign: fault=partition cycles=50 writes/cycle=100\n"
            "[chaos] cycle 1: nodes ready (pids 1 2 3)\n"
            "[chaos] cycle 2: nodes ready (pids 4 5 6)\n"
            "{\n  \"total_writes\": 200,\n  \"total_ok\": 180,\n  \"convergence_bound\": 0.2\n}\n"
            "[chaos] chaos campaign: fault=kill cycles=50 writes/cycle=100\n"
            "[chaos] FATAL: node 1 did not come up\n";
        const auto faults = salvageLog(log);
        QCOMPARE(faults.size(), 2);
        QCOMPARE(faults.at(0).fault, QStringLiteral("partition"));
        QCOMPARE(faults.at(0).cyclesBegun, 2);
        QCOMPARE(faults.at(0).cyclesPlanned, 50);
        QCOMPARE(faults.at(0).writes, 200);
        QCOMPARE(faults.at(0).acknowledged, 180);
        QCOMPARE(faults.at(0).bound, 0.2);
        QCOMPARE(faults.at(1).cyclesBegun, 0);
        QVERIFY(faults.at(1).fatal.contains(QLatin1String("did not come up")));
        QCOMPARE(faults.at(1).range.offset, log.indexOf("[chaos] chaos campaign: fault=kill"));
        QCOMPARE(faults.at(1).range.offset + faults.at(1).range.length, log.size());
    }

    void findsNothingInOtherBytes() {
        QVERIFY(salvageLog({}).isEmpty());
        QVERIFY(salvageLog("{\"phase\":4}\n").isEmpty());
        QVERIFY(salvageLog(QByteArray(1'000'000, 'x')).isEmpty());
        QVERIFY(salvageLog(QByteArray("{\n").repeated(100'000)).isEmpty());
    }

    void ceilings_data() {
        QTest::addColumn<QList<qint64>>("values");
        QTest::addColumn<qint64>("expected");
        QTest::addColumn<bool>("constant");
        QTest::addColumn<std::optional<qint64>>("ceiling");
        using Ceil = std::optional<qint64>;
        QTest::newRow("a page") << QList<qint64>{20, 20} << qint64(100) << false << Ceil(20);
        QTest::newRow("a page that was expected")
            << QList<qint64>{100, 100} << qint64(100) << false << Ceil();
        QTest::newRow("no page") << QList<qint64>{30, 30, 30, 30, 30} << qint64(100) << false << Ceil();
        QTest::newRow("stands still") << QList<qint64>{30, 30, 30, 30, 30} << qint64(100) << true << Ceil(30);
        QTest::newRow("too few to stand still")
            << QList<qint64>{30, 30, 30, 30} << qint64(100) << true << Ceil();
        QTest::newRow("varies") << QList<qint64>{20, 21} << qint64(100) << true << Ceil();
        QTest::newRow("one") << QList<qint64>{20} << qint64(100) << true << Ceil();
        QTest::newRow("all lost") << QList<qint64>{0, 0, 0, 0, 0} << qint64(100) << true << Ceil();
    }

    void ceilings() {
        QFETCH(QList<qint64>, values);
        QFETCH(qint64, expected);
        QFETCH(bool, constant);
        QFETCH(std::optional<qint64>, ceiling);
        QCOMPARE(ceilingOf(measured(values, expected), constant ? Ceiling::Constant : Ceiling::Page),
                 ceiling);
    }
};

QTEST_APPLESS_MAIN(SalvageTest)
#include "tst_salvage.moc"
