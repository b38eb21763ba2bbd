// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/evidence/convergencebound.h"

#include "models/evidence/bounds.h"
#include "tests/models/evidence/simulation.h"

#include <QTest>

#include <cmath>
#include <vector>

using namespace slipway;
using namespace slipway::test;

namespace {

using Shares = std::vector<std::pair<qint64, qint64>>; // held, acked

ConvergenceBound boundOf(const Shares &shares) {
    ConvergenceBound bound;
    for (const auto &[held, acked] : shares)
        bound.add(held, acked);
    return bound;
}

ConvergenceBound clean(qint64 cycles) {
    return boundOf(Shares(static_cast<size_t>(cycles), {25, 25}));
}

// The gamblers' capital by its definition, a product without logarithms.
double capital(const Shares &shares, double mean) {
    double sum = 0;
    for (const auto &[fraction, weight] :
         {std::pair{31.0 / 32, 3.0 / 8}, std::pair{7.0 / 8, 3.0 / 8}, std::pair{3.0 / 4, 1.0 / 8},
          std::pair{1.0 / 2, 1.0 / 16}, std::pair{1.0 / 4, 1.0 / 32}, std::pair{1.0 / 16, 1.0 / 32}}) {
        double product = weight;
        for (const auto &[held, acked] : shares)
            product *=
                1 - fraction + fraction * static_cast<double>(held) / static_cast<double>(acked) / mean;
        sum += product;
    }
    return sum;
}

double upperCapital(const Shares &shares, double mean) {
    double sum = 0;
    for (int power = 1; power <= 16; ++power) {
        const double fraction = std::ldexp(1, -power);
        double product = 1.0 / 16;
        for (const auto &[held, acked] : shares)
            product *= 1 - fraction +
                       fraction * static_cast<double>(acked - held) / static_cast<double>(acked) / (1 - mean);
        sum += product;
    }
    return sum;
}

Shares mixed() {
    Shares shares(300, {26, 26});
    for (const auto &[held, acked] :
         Shares{{0, 26}, {25, 26}, {13, 26}, {24, 25}, {24, 25}, {1, 3}, {99'999, 100'000}})
        shares.emplace_back(held, acked);
    return shares;
}

} // namespace

class ConvergenceBoundTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void cleanCyclesThatAClaimNeeds_data() {
        QTest::addColumn<double>("claim");
        QTest::addColumn<qint64>("cycles");
        QTest::newRow("0.5") << 0.5 << qint64(5);
        QTest::newRow("0.95") << 0.95 << qint64(67);
        QTest::newRow("0.99") << 0.99 << qint64(341);
        QTest::newRow("0.995") << 0.995 << qint64(684);
        QTest::newRow("0.999") << 0.999 << qint64(3426);
    }

    void cleanCyclesThatAClaimNeeds() {
        QFETCH(double, claim);
        QFETCH(qint64, cycles);
        QCOMPARE(ConvergenceBound().moreCleanCycles(claim), cycles);
        QCOMPARE(clean(cycles).moreCleanCycles(claim), 0);
        QCOMPARE(clean(cycles - 1).moreCleanCycles(claim), 1);
        QVERIFY(clean(cycles).supports(claim));
        QVERIFY(!clean(cycles - 1).supports(claim));
        QVERIFY(clean(cycles).lower() >= claim);
        QVERIFY(clean(cycles - 1).lower() < claim);
        // To be watched costs at most a quarter more than a size that is fixed beforehand.
        QVERIFY(4 * cycles <= 5 * trialsNeeded(claim));
    }

    void boundsAreWhereTheCapitalIsTwenty() {
        for (const Shares &shares : {Shares{{1, 1}}, Shares(50, {25, 25}), mixed(), Shares(9, {1, 2})}) {
            const ConvergenceBound bound = boundOf(shares);
            const double step = 1.0 / ConvergenceBound::kSteps;
            QVERIFY2(capital(shares, bound.lower()) >= 20,
                     qPrintable(QString::number(bound.lower(), 'f', 6)));
            QVERIFY2(capital(shares, bound.lower() + step) < 20,
                     qPrintable(QString::number(bound.lower(), 'f', 6)));
            if (bound.upper() < 1) {
                QVERIFY(upperCapital(shares, bound.upper()) >= 20);
                QVERIFY(upperCapital(shares, bound.upper() - step) < 20);
            }
            QVERIFY(bound.lower() < bound.upper());
        }
    }

    void aCycleThatLostAllCostsMoreThanOneThatLostAWrite() {
        Shares shares(683, {26, 26});
        shares.emplace_back(25, 26);
        QCOMPARE(boundOf(shares).moreCleanCycles(0.995), 8);
        shares.back() = {0, 26};
        QCOMPARE(boundOf(shares).moreCleanCycles(0.995), 1243 - 683);
        QVERIFY(!boundOf(Shares(600, {26, 26})).supports(0.995));
    }

    void nothingSupportsTheWholeAndAnyLossExcludesIt() {
        QCOMPARE(clean(1'000).moreCleanCycles(1), std::nullopt);
        QVERIFY(!clean(1'000).supports(1));
        QVERIFY(!clean(1'000).excludes(1));
        QVERIFY(boundOf({{25, 26}}).excludes(1));
        // However little was lost: one of the most writes that a cycle may have.
        QVERIFY(boundOf({{999'999'999, 1'000'000'000}}).excludes(1));
        QVERIFY(boundOf({{25, 26}}).excludes(1.5));
    }

    void aClaimOutOfReachIsExcluded() {
        QVERIFY(!clean(5'000).excludes(0.995));
        QVERIFY(boundOf({{0, 26}, {0, 26}, {0, 26}}).excludes(0.995));
        QVERIFY(boundOf(Shares(20, {25, 26})).excludes(0.995)); // a write in each cycle
        Shares rare(2'000, {26, 26});
        rare.emplace_back(0, 26);
        QVERIFY(!boundOf(rare).excludes(0.995));
        QCOMPARE(ConvergenceBound().upper(), 1.0);
        QCOMPARE(ConvergenceBound().lower(), 0.0);
    }

    void whatSaysNothingIsNotCounted() {
        const ConvergenceBound bound = boundOf({{0, 0}, {2, 1}, {-1, 3}, {1, 2'000'000'000}});
        QCOMPARE(bound.cycles(), 0);
        QCOMPARE(bound.clean(), 0);
    }

    // More shares than are kept apart: what is given up is on the safe side, and little.
    void manyDifferentSharesAreCutToTheSafeSide() {
        Shares shares;
        for (qint64 i = 0; i < 5'000; ++i)
            shares.emplace_back(900'000 + 20 * i, 1'000'000);
        const ConvergenceBound bound = boundOf(shares);
        QCOMPARE(bound.cycles(), 5'000);
        QVERIFY(capital(shares, bound.lower()) >= 20);
        QVERIFY(capital(shares, bound.lower() + 2e-4) < 20);
        QVERIFY(upperCapital(shares, bound.upper()) >= 20);
        QVERIFY(upperCapital(shares, bound.upper() - 2e-4) < 20);
        Shares backwards(shares.rbegin(), shares.rend());
        QCOMPARE(boundOf(backwards).lower(), bound.lower());
    }

    // Up to the limit each share is kept as it is.
    void sharesAreKeptApartUpToTheirLimit() {
        Shares shares;
        for (qint64 i = 0; i < 1024; ++i)
            shares.emplace_back(900'000 + 95 * i, 1'000'000);
        const ConvergenceBound bound = boundOf(shares);
        const double step = 1.0 / ConvergenceBound::kSteps;
        QVERIFY(capital(shares, bound.lower()) >= 20);
        QVERIFY(capital(shares, bound.lower() + step) < 20);
    }

    void falseProofsAreRareHoweverLossesClumpAndDrift() {
        for (const Losses losses : kLosses) {
            const auto outcome = Simulation(1).run(1'000, 747, losses, 0.995, 0.995, false);
            QVERIFY2(outcome.proven <= 50, qPrintable(QString::number(outcome.proven)));
        }
        const auto watched = Simulation(1).run(2'000, 2'000, Losses::WholeCycles, 0.995, 0.995, true);
        QVERIFY2(watched.proven <= 100, qPrintable(QString::number(watched.proven)));
        // What the bound is there for: by write, most such campaigns would pass.
        QVERIFY(Simulation(1).run(300, 50, Losses::WholeCycles, 0.995, 0.995, false).provenByWrite > 200);
        QCOMPARE(Simulation(1).run(10, 747, Losses::WholeCycles, 1, 0.995, true).proven, 10);
    }
};

QTEST_APPLESS_MAIN(ConvergenceBoundTest)
#include "tst_convergencebound.moc"
