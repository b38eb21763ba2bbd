// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/campaign/planproof.h"
#include "app/core/builtinprotocols.h"

#include "app/session/fleetsource.h"

#include <QTest>

using namespace slipway;

namespace {

CampaignPlan planWith(const QMap<QString, QString> &settings) {
    CampaignPlan plan;
    plan.id = QStringLiteral("plan");
    plan.protocol = *builtInProtocol(QStringLiteral("ship-gate"));
    plan.fleet = sandboxToBe();
    plan.phases = {1, 2, 3, 4};
    plan.parameters = *resolveParameters(plan.protocol, plan.fleet.parameters, settings);
    return plan;
}

const QMap<QString, QString> kMany{{QStringLiteral("cycles"), QStringLiteral("700")}};

} // namespace

class PlanProofTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void enoughCyclesOnAWholeFleet() {
        const PlanBound bound = whatPlanProves(planWith(kMany));
        QVERIFY2(bound.enough(), qPrintable(planBoundText(bound)));
    }

    void theDefaultSaysWhatItSupportsAndHowLongAProofTakes() {
        const CampaignPlan plan = planWith({});
        const PlanBound bound = whatPlanProves(plan);
        QVERIFY(!bound.enough());
        QVERIFY(bound.obstacles.isEmpty());
        // 65 s of phases 1 to 3, 180 s for 50 cycles, 2462 s for 684.
        QCOMPARE(planDurationText(plan, bound), QStringLiteral("About 4 min; with 684 cycles about 42 min."));
        QCOMPARE(planDurationText(planWith(kMany), whatPlanProves(planWith(kMany))),
                 QStringLiteral("About 43 min."));
    }

    void hostsWhoseReportsWouldBeOneFileAreRefused() {
        CampaignPlan plan = planWith({});
        QVERIFY(checkPlan(plan).ok());
        plan.fleet.hosts[0].name = QStringLiteral("NODE-B");
        const auto refused = checkPlan(plan);
        QVERIFY(!refused.ok());
        QVERIFY2(refused.error().text.contains(QStringLiteral("NODE-B and node-b")),
                 qPrintable(refused.error().text));
    }

    void hostsOfOneAddress_data() {
        QTest::addColumn<QString>("one");
        QTest::addColumn<QString>("other");
        QTest::addColumn<bool>("shared");
        QTest::newRow("two machines") << QStringLiteral("10.0.0.1") << QStringLiteral("10.0.0.2") << false;
        QTest::newRow("one address") << QStringLiteral("10.0.0.1") << QStringLiteral("10.0.0.1") << true;
        QTest::newRow("one address in two spellings")
            << QStringLiteral("fd00::1") << QStringLiteral("fd00:0:0::0001") << true;
        QTest::newRow("one name") << QStringLiteral("gate-a.lan") << QStringLiteral("GATE-A.lan") << true;
    }

    // One machine that stands for two peers proves nothing of either.
    void hostsOfOneAddress() {
        QFETCH(const QString, one);
        QFETCH(const QString, other);
        QFETCH(const bool, shared);
        CampaignPlan plan = planWith(kMany);
        plan.fleet.hosts[0].privateAddress = one;
        plan.fleet.hosts[1].privateAddress = other;
        const PlanBound bound = whatPlanProves(plan);
        QCOMPARE(bound.enough(), !shared);
        if (shared)
            QVERIFY2(planBoundText(bound).contains(QStringLiteral("so they are one machine")),
                     qPrintable(planBoundText(bound)));
    }

    void withoutAChaosHost() {
        CampaignPlan plan = planWith(kMany);
        plan.fleet.hosts.removeIf([](const Host &host) { return host.role == HostRole::Chaos; });
        const PlanBound bound = whatPlanProves(plan);
        QVERIFY(!bound.enough());
        QVERIFY2(planBoundText(bound).startsWith(QStringLiteral(
                     "This plan cannot prove it, because Fleet sandbox has no host for phase 2, step burst")),
                 qPrintable(planBoundText(bound)));
    }

    void withTooFewPeers() {
        CampaignPlan plan = planWith(kMany);
        plan.fleet.hosts.removeIf([](const Host &host) { return host.name == QLatin1String("node-c"); });
        QVERIFY(!whatPlanProves(plan).enough());
    }

    void withoutAPhase() {
        CampaignPlan plan = planWith(kMany);
        plan.phases = {1, 4};
        const PlanBound bound = whatPlanProves(plan);
        QVERIFY(!bound.enough());
        QVERIFY2(planBoundText(bound).contains(QStringLiteral("without phase 2 and 3")),
                 qPrintable(planBoundText(bound)));
    }

    void withAParameterThatRulesItOut() {
        auto settings = kMany;
        settings.insert(QStringLiteral("quorum"), QStringLiteral("1"));
        QVERIFY(!whatPlanProves(planWith(settings)).enough());
    }

    void whatAsksLessThanTheClaimProvesNothing() {
        auto settings = kMany;
        settings.insert(QStringLiteral("convergence_min"), QStringLiteral("0.9"));
        const QString text = planBoundText(whatPlanProves(planWith(settings)));
        QCOMPARE(text, QStringLiteral(
                           "This plan cannot prove it, because convergence_min is 0.9, the claim asks for at "
                           "least 0.995."));
    }

    // Whoever launches, window or shell, asks this first.
    void aClassThatIsNotKnownIsRefusedBeforeTheLaunch() {
        CampaignPlan plan = planWith({{QStringLiteral("faults"), QStringLiteral("kill_primary_mid_wite")}});
        const auto refused = checkPlan(plan);
        QVERIFY(!refused.ok());
        QCOMPARE(refused.error().code, ErrorCode::InvalidInput);
        QVERIFY2(
            refused.error().text.contains(QStringLiteral("\"kill_primary_mid_wite\" is not a fault class")),
            qPrintable(refused.error().text));
        QVERIFY2(planBoundText(whatPlanProves(plan)).contains(QStringLiteral("kill_primary_mid_wite")),
                 qPrintable(planBoundText(whatPlanProves(plan))));
        plan.phases = {1, 2, 3}; // without phase 4 no class is exercised
        QVERIFY(checkPlan(plan).ok());
    }

    void aPlanSaysThatLinesOfTheFieldShowNoEffect() {
        CampaignPlan plan = planWith(kMany);
        plan.protocol = *builtInProtocol(kFieldProtocol);
        plan.field.programs = {{1, "1"}, {2, "2"}, {3, "3"}, {4, "4"}};
        plan.parameters = *resolveParameters(
            plan.protocol, {},
            {{QStringLiteral("faults"), QStringLiteral("kill_primary_mid_write clock_skew_peer")}});
        const QString text = planBoundText(whatPlanProves(plan));
        QVERIFY2(text.contains(QStringLiteral("whether clock_skew_peer took effect")), qPrintable(text));
        QVERIFY2(!text.contains(QStringLiteral("whether kill_primary_mid_write")), qPrintable(text));
    }

    void scriptsOfTheFieldProveNothing() {
        CampaignPlan plan = planWith(kMany);
        plan.protocol = *builtInProtocol(kFieldProtocol);
        plan.field.programs = {{1, "1"}, {2, "2"}, {3, "3"}, {4, "4"}};
        plan.parameters = *resolveParameters(plan.protocol, {}, kMany);
        const PlanBound bound = whatPlanProves(plan);
        QVERIFY(!bound.enough());
        QCOMPARE(bound.obstacles.size(), 1);
    }
};

QTEST_APPLESS_MAIN(PlanProofTest)
#include "tst_planproof.moc"
