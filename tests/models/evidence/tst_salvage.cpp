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

std::optional<qint64> valueOf(const std::optional<FoundCeiling> &found) {
    return found ? std::optional(found->value) : std::nullopt;
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

    void aSummaryIsNotALog() {
        const auto faults = salvageLog("[chaos] chaos campaign: fault=kill cycles=5 writes/cycle=1\n"
                                       "{\n[chaos] FATAL: quoted\n[chaos] cycle 1: nodes ready\n}\n");
        QCOMPARE(faults.size(), 1);
        QCOMPARE(faults.at(0).fatal, QString());
        QCOMPARE(faults.at(0).cyclesBegun, 0);
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
        QCOMPARE(valueOf(ceilingOf(measured(values, expected), constant ? Ceiling::Constant : Ceiling::Page)),
                 ceiling);
    }

    void whatALogShows_data() {
        QTest::addColumn<QByteArray>("log");
        QTest::addColumn<QString>(
            "shown"); // class, cycles begun, planned, writes, acknowledged, why it gave up
        const QByteArray begin = "[chaos] chaos campaign: fault=f cycles=9\n";
        QTest::newRow("no plan") << QByteArray("[chaos] chaos campaign: fault=f\n")
                                 << QStringLiteral("f 0 - - - ");
        QTest::newRow("no line end") << begin.chopped(1) << QStringLiteral("f 0 9 - - ");
        QTest::newRow("no campaign's line")
            << QByteArray("[chaos] cycle 1: nodes ready\n[chaos] cycle 2: nodes ready\n")
            << QStringLiteral(" 2 - - - ");
        QTest::newRow("a cycle that did not get ready")
            << begin + "[chaos] cycle 1: nodes ready\n[chaos] cycle 2: starting\n"
            << QStringLiteral("f 1 9 - - ");
        QTest::newRow("gave up") << begin + "[chaos] FATAL: boom\n"
                                 << QStringLiteral("f 0 9 - - FATAL: boom");
        QTest::newRow("gave up before it began")
            << "[chaos] FATAL: boom\n" + begin << QStringLiteral("f 0 9 - - ");
        QTest::newRow("a summary") << begin + "{\n\"total_writes\":5,\n\"total_ok\":4\n}\n"
                                   << QStringLiteral("f 0 9 5 4 ");
        QTest::newRow("a summary of texts") << begin + "{\n\"total_writes\":\"5\",\n\"total_ok\":4\n}\n"
                                            << QStringLiteral("f 0 9 5 4 ");
        QTest::newRow("a summary that does not end") << begin + "{\n\"total_writes\":5\n"
                                                     << QStringLiteral("f 0 9 - - ");
        QTest::newRow("a summary of nobody")
            << "{\n\"total_writes\":5\n}\n" + begin << QStringLiteral("f 0 9 - - ");
        QTest::newRow("lines behind a summary")
            << begin + "{\n\"total_ok\":4\n}\n[chaos] cycle 1: nodes ready\n"
            << QStringLiteral("f 1 9 - 4 ");
        QTest::newRow("lines behind one that was too long")
            << begin + "{\n" + QByteArray(70'000, 'x') + "\n[chaos] cycle 1: nodes ready\n"
            << QStringLiteral("f 1 9 - - ");
    }

    void whatALogShows() {
        QFETCH(const QByteArray, log);
        QFETCH(const QString, shown);
        const auto faults = salvageLog(log);
        QCOMPARE(faults.size(), 1);
        const SalvagedFault &fault = faults.constFirst();
        const auto text = [](const std::optional<qint64> &number) {
            return number ? QString::number(*number) : QStringLiteral("-");
        };
        QCOMPARE(
            QStringLiteral("%1 %2 %3 %4 %5 %6")
                .arg(fault.fault)
                .arg(fault.cyclesBegun)
                .arg(text(fault.cyclesPlanned), text(fault.writes), text(fault.acknowledged), fault.fatal),
            shown);
        QVERIFY(!fault.bound);
    }

    // A summary has six lines; what grows without an end is none.
    void aSummaryHasALimit() {
        const auto acknowledged = [](qsizetype size) {
            const QByteArray lines = "{\n\"total_ok\":4\n";
            const QByteArray log = "[chaos] chaos campaign: fault=f\n" + lines +
                                   QByteArray(size - lines.size() - 1, ' ') + "\n}\n";
            return salvageLog(log).constFirst().acknowledged;
        };
        QCOMPARE(acknowledged(64 * 1024), 4);
        QCOMPARE(acknowledged(64 * 1024 + 1), std::nullopt);
    }

    void aLineIsReadToItsLimit() {
        const QByteArray begin = "[chaos] chaos campaign: fault=";
        const auto planned = [&](qsizetype size) {
            const QByteArray end = " cycles=1";
            return salvageLog(begin + QByteArray(size - begin.size() - end.size(), 'f') + end + "2\n")
                .constFirst()
                .cyclesPlanned;
        };
        QCOMPARE(planned(4095), 12);
        QCOMPARE(planned(4096), 1); // the second digit is behind the limit
    }

    void classesOfALogHaveALimit() {
        QByteArray log;
        for (int i = 0; i < 70; ++i)
            log += "[chaos] chaos campaign: fault=f" + QByteArray::number(i) + "\n";
        QCOMPARE(salvageLog(log).size(), 64);
        const auto faults = salvageLog("[chaos] chaos campaign: fault=" + QByteArray(100, 'f') +
                                       "\n[chaos] FATAL" + QByteArray(200, 'x') + "\n");
        QCOMPARE(faults.at(0).fault.size(), 64);
        QCOMPARE(faults.at(0).fatal.size(), 120);
    }

    void pages() {
        for (const qint64 size : {20, 50, 100, 200, 1000})
            QCOMPARE(pageSize(static_cast<double>(size)), size);
        for (const double other : {0.0, 19.0, 21.0, 20.5, 49.999, 1001.0})
            QCOMPARE(pageSize(other), std::nullopt);
        QCOMPARE(pageSize(0.2 * 100), 20); // as a share of writes comes out
        QCOMPARE(pageSize(0.07 * 100 * 20 / 7), 20);
        QCOMPARE(valueOf(ceilingOf(measured({10, 10, 10, 10, 10}, 100), Ceiling::Constant)), 10);
        QCOMPARE(valueOf(ceilingOf(measured({9, 9, 9, 9, 9}, 100), Ceiling::Constant)), std::nullopt);
        QCOMPARE(valueOf(ceilingOf({}, Ceiling::Page)), std::nullopt);
        QCOMPARE(valueOf(ceilingOf({{20, 100}, {20, 20}}, Ceiling::Page)),
                 std::nullopt); // one was all that was expected
    }

    void ceilingsOfSome_data() {
        QTest::addColumn<QList<Measured>>("measured");
        QTest::addColumn<qint64>("times"); // 0: none was found
        using Some = QList<Measured>;
        QTest::newRow("only what is above it") << Some{{20, 100}, {12, 12}, {20, 30}} << qint64(2);
        QTest::newRow("of few, with other expectations")
            << Some{{20, 25}, {20, 30}, {12, 12}, {13, 13}, {20, 20}} << qint64(2);
        // Two writes were lost, and what is left is a page by chance.
        QTest::newRow("of few, with one expectation")
            << Some{{20, 21}, {20, 21}, {12, 12}, {13, 13}, {20, 20}} << qint64(0);
        QTest::newRow("something higher") << Some{{20, 100}, {20, 100}, {20, 100}, {21, 21}} << qint64(0);
        QTest::newRow("one is cut") << Some{{20, 100}, {12, 12}} << qint64(0);
        Some max(9, {20, 100});
        QTest::newRow("one in ten is lower") << max + Some{{12, 100}} << qint64(9);
        QTest::newRow("two in ten are lower") << max.mid(1) + Some{{12, 100}, {11, 100}} << qint64(0);
        QTest::newRow("the lower one comes first") << Some{{12, 100}} + max << qint64(9);
        QTest::newRow("a complete one first") << Some{{20, 20}} + max << qint64(9);
    }

    void ceilingsOfSome() {
        QFETCH(const QList<Measured>, measured);
        QFETCH(const qint64, times);
        const auto found = ceilingOf(measured, Ceiling::Page);
        QCOMPARE(found.has_value(), times > 0);
        QCOMPARE(found ? found->times : 0, times);
        QCOMPARE(found ? found->value : 20, 20);
    }
};

QTEST_APPLESS_MAIN(SalvageTest)
#include "tst_salvage.moc"
