// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/evidence/bounds.h"

#include <QRandomGenerator>
#include <QTest>

#include <cmath>
#include <limits>

using namespace slipway;

class BoundsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void sharesAreReportedAsTheyAre_data() {
        QTest::addColumn<double>("share");
        QTest::addColumn<QString>("text");
        QTest::newRow("the field's") << 0.995 << QStringLiteral("0.995");
        QTest::newRow("its per cent") << 0.995 * 100 << QStringLiteral("99.5");
        QTest::newRow("with a rest") << 0.9957 * 100 << QStringLiteral("99.57");
        QTest::newRow("nearly all") << 0.9999999 << QStringLiteral("0.9999999");
        QTest::newRow("a million writes") << 1'000'000.0 << QStringLiteral("1000000");
    }
    void sharesAreReportedAsTheyAre() {
        QFETCH(const double, share);
        QTEST(shareText(share), "text");
    }

    void publishedValues_data() {
        QTest::addColumn<qint64>("successes");
        QTest::addColumn<qint64>("trials");
        QTest::addColumn<double>("bound");
        // With no failure the bound is the n-th root of 0.05; 9 of 10 is 1 - 0.3942 of the usual tables.
        QTest::newRow("10/10") << qint64(10) << qint64(10) << 0.7411;
        QTest::newRow("9/10") << qint64(9) << qint64(10) << 0.6058;
        QTest::newRow("150/150") << qint64(150) << qint64(150) << 0.9802;
        QTest::newRow("0/10") << qint64(0) << qint64(10) << 0.0;
        QTest::newRow("0/0") << qint64(0) << qint64(0) << 0.0;
    }

    void publishedValues() {
        QFETCH(qint64, successes);
        QFETCH(qint64, trials);
        QFETCH(double, bound);
        QVERIFY2(std::abs(lowerBound(successes, trials) - bound) < 0.00006,
                 qPrintable(QString::number(lowerBound(successes, trials), 'f', 6)));
    }

    void minSampleFor995() {
        QCOMPARE(trialsNeeded(0.995), 598);
        QVERIFY(lowerBound(598, 598) >= 0.995);
        QVERIFY(lowerBound(597, 597) < 0.995);
    }

    void holdsItsProperties() {
        QRandomGenerator random(7);
        for (int i = 0; i < 2000; ++i) {
            const qint64 trials = random.bounded(1, 5000);
            const qint64 successes = random.bounded(1, static_cast<int>(trials) + 1);
            const double bound = lowerBound(successes, trials);
            QVERIFY(bound >= 0 && bound <= static_cast<double>(successes) / static_cast<double>(trials));
            QVERIFY(lowerBound(successes, trials, 0.99) <= bound);  // more confidence, less claim
            QVERIFY(lowerBound(successes - 1, trials) < bound);     // fewer successes, less claim
            QVERIFY(lowerBound(successes, trials + 1) < bound);     // the same successes of more, less claim
            QVERIFY(lowerBound(successes + 1, trials + 1) > bound); // one more success, more claim
        }
    }

    void whatIsNotASampleHasNoBound() {
        QCOMPARE(lowerBound(0, 0), 0.0);
        QCOMPARE(lowerBound(1, 0), 0.0);
        QCOMPARE(lowerBound(2, 1), 0.0);
        QCOMPARE(lowerBound(-1, 5), 0.0);
        QVERIFY(lowerBound(1, 1) > 0); // 0.05: what one success shows
        QVERIFY(std::abs(lowerBound(1, 1) - 0.05) < 1e-9);
        QVERIFY(std::abs(lowerBound(1, 1, 0.9) - 0.1) < 1e-9);
    }

    void trialsThatAClaimNeeds() {
        QCOMPARE(trialsNeeded(0.95), 59);
        QCOMPARE(trialsNeeded(0.5), 5);
        QCOMPARE(trialsNeeded(0), 0);
        QCOMPARE(trialsNeeded(-1), 0);
        QCOMPARE(trialsNeeded(0.01), 1);
        QCOMPARE(trialsNeeded(0.95, 0.99), 90);
        QCOMPARE(trialsNeeded(1), std::numeric_limits<qint64>::max());
        QCOMPARE(trialsNeeded(std::nan("")), 0);
    }

    void phaseTwoIsAskedForAShareWithinReason() {
        QCOMPARE(deliveryShare(0.5), 0.5);
        QCOMPARE(deliveryShare(0.95), 0.95);
        QCOMPARE(deliveryShare(1), 0.95);
        QCOMPARE(deliveryShare(0), 0.01);
        QCOMPARE(deliveryShare(std::nan("")), 0.95); // what is not a number asks for the most
    }
};

QTEST_APPLESS_MAIN(BoundsTest)
#include "tst_bounds.moc"
