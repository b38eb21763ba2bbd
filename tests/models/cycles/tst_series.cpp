// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/cycles/cycletrace.h"
#include "models/cycles/series.h"

#include <QRandomGenerator>
#include <QTest>

using namespace slipway;

namespace {

Cycle cycle(int number, const QString &fault, std::optional<qint64> ok, std::optional<qint64> converged) {
    Cycle made;
    made.number = number;
    made.fault = fault;
    made.ok = ok;
    made.converged = converged;
    return made;
}

QList<Observation> observations(const QList<QByteArray> &lines) {
    QList<Observation> seen;
    for (QByteArray line : lines) {
        line = "{'t':'2026-01-02T03:04:05.000001Z'," + line + '}';
        seen << *parseObservation(line.replace('\'', '"'), {});
    }
    return seen;
}

} // namespace

class SeriesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void whatWasNotMeasuredIsMissing() {
        CycleData data;
        data.append({cycle(1, QStringLiteral("f"), 25, 25), cycle(2, QStringLiteral("f"), 25, 24),
                     cycle(3, QStringLiteral("f"), 25, std::nullopt), cycle(4, QStringLiteral("f"), 0, 0),
                     cycle(5, QStringLiteral("f"), 25, 26)});
        const CycleSeries &series = data.classes().front();
        const QList<CycleOutcome> expected{CycleOutcome::Kept, CycleOutcome::Lost, CycleOutcome::Unknown,
                                           CycleOutcome::Unknown, CycleOutcome::Unknown};
        for (qsizetype i = 0; i < series.size(); ++i)
            QCOMPARE(series.outcome(i), expected.at(i));
        QCOMPARE(series.acked(), 50);
        QCOMPARE(series.converged(), 49);
        QVERIFY(!series.allMeasured());
        QVERIFY(!series.value(Measure::QuorumNotMet, 0));
        QVERIFY(!data.has(Measure::StruckShare)); // nothing says that the fault struck
        QVERIFY(data.has(Measure::ConvergedShare) && !data.has(Measure::LatencyP99));
    }

    void aShareGivesItsWritesBack() {
        QRandomGenerator dice(4);
        CycleData data;
        QList<Cycle> cycles;
        for (int i = 1; i <= 5000; ++i) {
            const qint64 ok = i < 2500 ? dice.bounded(1, 300) : dice.bounded(1, 1'000'000'001);
            cycles << cycle(i, QStringLiteral("f"), ok, dice.bounded(static_cast<int>(ok) + 1));
        }
        data.append(cycles);
        for (qsizetype i = 0; i < cycles.size(); ++i)
            QCOMPARE(data.classes().front().writesOf(Measure::ConvergedShare, i), cycles.at(i).converged);
    }

    void plannedClassesComeFirstAndStrangersAreBounded() {
        CycleData data;
        data.setPlan({QStringLiteral("a"), QStringLiteral("b")}, 50);
        QList<Cycle> cycles;
        for (int i = 0; i < 100; ++i)
            cycles << cycle(1, QStringLiteral("x%1").arg(i), 1, 1);
        data.append(cycles);
        QCOMPARE(data.classes().front().fault(), QStringLiteral("a"));
        QCOMPARE(data.classes().front().size(), 0);
        QCOMPARE(static_cast<qsizetype>(data.classes().size()), CycleData::kMaxClasses);
        QCOMPARE(data.leftOut(), 38);
    }

    // A number from a damaged file must not take memory for those before it.
    void aGreatNumberTakesNoMoreThanASmallOne() {
        CycleData data;
        data.append({cycle(1'000'000'000, QStringLiteral("f"), 1, 1), cycle(-5, QStringLiteral("f"), 1, 1)});
        QCOMPARE(data.classes().front().size(), 1);
        QCOMPARE(data.last(), 1'000'000'000);
    }

    void aTraceIsOfItsCycleAlone() {
        const auto seen = observations(
            {"'obs':'write','fault':'f','cycle':2,'agent':'b','code':'000','start_us':95,'end_us':140",
             "'obs':'write','fault':'f','cycle':2,'agent':'a','code':'201','start_us':90,'end_us':100",
             "'obs':'write','fault':'f','cycle':2,'agent':'a','code':'201','start_us':90",
             "'obs':'write','fault':'f','cycle':1,'agent':'a','code':'201','start_us':1,'end_us':2",
             "'obs':'write','fault':'g','cycle':2,'agent':'a','code':'201','start_us':1,'end_us':2",
             "'obs':'fault','fault':'f','cycle':2,'fault_us':110",
             "'obs':'fault_effect','fault':'f','cycle':2,'effective':true"});
        const CycleTrace trace = traceOf(seen, QStringLiteral("f"), 2);
        QCOMPARE(trace.writes.size(), 2);
        QCOMPARE(trace.writes.constFirst().agent, QStringLiteral("a"));
        QCOMPARE(trace.faultUs, 110);
        QCOMPARE(trace.effective, true);
        QCOMPARE(trace.inFlight(), 1);
        QVERIFY(!traceOf(seen, QStringLiteral("f"), 3).faultUs);
    }

    void settlingIsReadNodeByNode() {
        const Settling settling =
            settlingOf(observations({"'obs':'progress','node':'node-b','held':150,'of':200,'ms':10",
                                     "'obs':'progress','node':'node-c','held':200,'of':200,'ms':20",
                                     "'obs':'progress','node':'node-b','held':200,'of':200,'ms':230",
                                     "'obs':'progress','node':'node-b'",
                                     "'obs':'settled','complete':true,'ms':240,'limit_ms':90000"}));
        QCOMPARE(settling.nodes.size(), 2);
        QCOMPARE(settling.nodes.constFirst().readings.size(), 2);
        QCOMPARE(settling.nodes.constFirst().readings.constLast().held, 200);
        QCOMPARE(settling.acked, 200);
        QCOMPARE(settling.settledMs, 240);
        QVERIFY(settling.complete);
        QVERIFY(settlingOf({}).nodes.isEmpty() && !settlingOf({}).settledMs);
    }
};

QTEST_APPLESS_MAIN(SeriesTest)
#include "tst_series.moc"
