// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/evidence/planbound.h"

#include <QTest>

using namespace slipway;

class PlanBoundTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void whatAPlanCanProve_data() {
        QTest::addColumn<int>("cycles");
        QTest::addColumn<int>("after");
        QTest::addColumn<int>("writes");
        QTest::addColumn<double>("claim");
        QTest::addColumn<QString>("text");
        // 0.05^(1/150) = 0.98023…
        QTest::newRow("150 of the field")
            << 50 << 3 << 100 << 0.995
            << "This plan can prove at most 0.9802; 0.995 needs 598 acknowledged "
               "writes (200 cycles), it makes 150.";
        QTest::newRow("one short")
            << 597 << 1 << 1 << 0.995
            << "This plan can prove at most 0.9949; 0.995 needs 598 acknowledged writes (598 "
               "cycles), it makes 597.";
        QTest::newRow("just enough") << 598 << 1 << 1 << 0.995
                                     << "At least 598 acknowledged writes: enough to support 0.995 at 95 %.";
        QTest::newRow("fewer writes than the fault waits for")
            << 10 << 25 << 4 << 0.5 << "At least 40 acknowledged writes: enough to support 0.5 at 95 %.";
        QTest::newRow("everything") << 1000 << 25 << 100 << 1.0
                                    << "This plan can prove at most 0.9998; no number of writes proves 1.";
        QTest::newRow("a wish for nothing")
            << 0 << 25 << 100 << 0.995
            << "This plan can prove at most 0; 0.995 needs 598 acknowledged writes "
               "(24 cycles), it makes 0.";
    }

    void whatAPlanCanProve() {
        QFETCH(int, cycles);
        QFETCH(int, after);
        QFETCH(int, writes);
        QFETCH(double, claim);
        QFETCH(QString, text);
        QCOMPARE(planBoundText(planBound({{QStringLiteral("cycles"), QString::number(cycles)},
                                          {QStringLiteral("fault_after_acks"), QString::number(after)},
                                          {QStringLiteral("writes"), QString::number(writes)},
                                          {QStringLiteral("convergence_min"), QString::number(claim)}})),
                 text);
    }

    void withoutParametersNothingIsPromised() { QVERIFY(!planBound({}).enough()); }
};

QTEST_APPLESS_MAIN(PlanBoundTest)
#include "tst_planbound.moc"
