// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/evidence/earlyend.h"
#include "tests/models/evidence/goodcampaign.h"

#include <QTest>

using namespace slipway;
using namespace slipway::test;

namespace {

const QString kFault = QStringLiteral("kill_primary_mid_write");

QMap<QString, QString> parametersWith(const QString &stopEarly) {
    return {{QStringLiteral("faults"), kFault},
            {QStringLiteral("convergence_min"), QStringLiteral("0.9")},
            {QStringLiteral("stop_early"), stopEarly}};
}

Cycle cycleOf(qint64 converged, bool struck = true) {
    Cycle cycle;
    cycle.number = 1;
    cycle.fault = kFault;
    cycle.ok = 4;
    cycle.converged = converged;
    cycle.faultInjected = struck;
    cycle.inFlight = 1;
    return cycle;
}

// After how many cycles a class may end; 0 when it may not within these.
int decidedAfter(const QMap<QString, QString> &parameters, const Cycle &cycle, int atMost = 200) {
    EarlyEnd end(parameters);
    for (int i = 1; i <= atMost; ++i) {
        if (end.add({cycle}) == QStringList{kFault})
            return i;
    }
    return 0;
}

} // namespace

class EarlyEndTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aClassMayEndOnceItIsDecided() {
        const int proven = decidedAfter(parametersWith(QStringLiteral("1")), cycleOf(4));
        ConvergenceBound bound;
        bound.addClean(proven - 1);
        QVERIFY(!bound.supports(0.9));
        bound.addClean(1);
        QVERIFY(bound.supports(0.9));
        const int excluded = decidedAfter(parametersWith(QStringLiteral("1")), cycleOf(0));
        QVERIFY(excluded > 0);
        ConvergenceBound lost;
        for (int i = 0; i < excluded; ++i) {
            QVERIFY(!lost.excludes(0.9));
            lost.add(0, 4);
        }
        QVERIFY(lost.excludes(0.9));
    }

    void nothingElseMayEnd() {
        const QString yes = QStringLiteral("1");
        QCOMPARE(decidedAfter(parametersWith(QStringLiteral("0")), cycleOf(4)), 0);
        QCOMPARE(decidedAfter(parametersWith(QString()), cycleOf(4)), 0);
        QCOMPARE(decidedAfter(parametersWith(QStringLiteral("true")), cycleOf(4)), 0);
        QCOMPARE(decidedAfter(parametersWith(yes), cycleOf(4, false)), 0); // the fault did not strike
        Cycle other = cycleOf(4);
        other.fault = QStringLiteral("other");
        EarlyEnd end(parametersWith(yes));
        for (int i = 0; i < 200; ++i)
            QVERIFY(end.add({other}).isEmpty()); // not planned
    }

    // It is said again with each cycle that comes after, as the first word may have been lost; once for a
    // batch.
    void aDecidedClassIsReportedAgain() {
        EarlyEnd end(parametersWith(QStringLiteral("1")));
        QCOMPARE(end.add(QList<Cycle>(100, cycleOf(4))), QStringList{kFault});
        QCOMPARE(end.add({cycleOf(4)}), QStringList{kFault});
        // Losses may undo it.
        QVERIFY(end.add(QList<Cycle>(10, cycleOf(0))).isEmpty());
    }

    void fewerCyclesThanPlannedProveOnlyWhereTheyDecide_data() {
        QTest::addColumn<int>("cycles"); // that ran, of 60
        QTest::addColumn<QString>("stopEarly");
        QTest::addColumn<Verdict>("verdict");
        QTest::newRow("enough, and allowed") << 45 << QStringLiteral("1") << Verdict::Proven;
        QTest::newRow("enough, not allowed") << 45 << QStringLiteral("0") << Verdict::Incomplete;
        QTest::newRow("too few, though allowed") << 30 << QStringLiteral("1") << Verdict::Incomplete;
        QTest::newRow("one, though allowed") << 1 << QStringLiteral("1") << Verdict::Incomplete;
        QTest::newRow("all of them") << 60 << QStringLiteral("1") << Verdict::Proven;
    }

    void fewerCyclesThanPlannedProveOnlyWhereTheyDecide() {
        QFETCH(const int, cycles);
        QFETCH(const QString, stopEarly);
        QFETCH(const Verdict, verdict);
        GoodCampaignPlan plan;
        plan.cycles = cycles;
        plan.parameters = {{QStringLiteral("cycles"), QStringLiteral("60")},
                           {QStringLiteral("stop_early"), stopEarly}};
        const Judgement judgement = judged(publishedCampaign(plan));
        QVERIFY2(judgement.verdict == verdict, qPrintable(judgement.reason));
    }
};

QTEST_APPLESS_MAIN(EarlyEndTest)
#include "tst_earlyend.moc"
