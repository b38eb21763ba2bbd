// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/evidence/checksfile.h"
#include "models/evidence/judgementjson.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>
#include <QTimeZone>

using namespace slipway;

namespace {

Judgement judgement() {
    Check check;
    check.id = QStringLiteral("phase2.delivery.node-b");
    check.ruleVersion = 3;
    check.phase = 2;
    check.host = QStringLiteral("node-b");
    check.proves = QStringLiteral("p");
    check.expected = QStringLiteral("e");
    check.actual = QStringLiteral("a");
    check.n = 200;
    check.bound = 0.25;
    check.outcome = Check::Outcome::Unknown;
    check.flaw = Check::Flaw::Unsupported;
    check.reason = QStringLiteral("r");
    check.source = {QStringLiteral("phase2.json"), 17, 23};
    Check plain;
    plain.outcome = Check::Outcome::Fail;
    plain.flaw = Check::Flaw::None;
    Judgement judgement;
    judgement.verdict = Verdict::Fail;
    judgement.claimedPass = false;
    judgement.reason = QStringLiteral("why");
    judgement.claim = QStringLiteral("claim");
    judgement.blamedPhase = 2;
    judgement.rulesVersion = 4;
    judgement.checks = {check, plain};
    judgement.phases = {{2, Verdict::UnprovenPass, QStringLiteral("h"), QStringLiteral("d")}};
    return judgement;
}

PublishedPlan planWith(const QString &protocol, const QStringList &peers) {
    PublishedPlan plan;
    plan.protocol = protocol;
    plan.peers = peers;
    plan.phases = {1, 2, 3, 4};
    plan.parameters = {{QStringLiteral("cycles"), QStringLiteral("9")},
                       {QStringLiteral("faults"), QStringLiteral("partition_minority")},
                       {QStringLiteral("delivery_min"), QStringLiteral("0.1")},
                       {QStringLiteral("convergence_min"), QStringLiteral("0.1")},
                       {QStringLiteral("mcp_min_tools"), QStringLiteral("1")},
                       {QStringLiteral("memories"), QStringLiteral("7")}};
    return plan;
}

// Single quotes here are double quotes there: moc loses its way among raw strings.
QList<EvidenceFile> checksWith(QByteArray json) {
    return {{QStringLiteral("checks.json"), json.replace('\'', '"')}};
}

const QStringList kPeers{QStringLiteral("node-a"), QStringLiteral("node-b"), QStringLiteral("node-c")};

} // namespace

class ChecksFileTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aJudgementIsReadAsItWasWritten() {
        const Judgement written = judgement();
        const auto read = judgementFromJson(judgementToJson(written));
        QVERIFY(read.ok());
        QCOMPARE(read->verdict, written.verdict);
        QCOMPARE(read->claimedPass, written.claimedPass);
        QCOMPARE(read->reason, written.reason);
        QCOMPARE(read->claim, written.claim);
        QCOMPARE(read->blamedPhase, 2);
        QCOMPARE(read->rulesVersion, 4);
        QCOMPARE(read->phases.size(), 1);
        QCOMPARE(read->phases.at(0).phase, 2);
        QCOMPARE(read->phases.at(0).verdict, Verdict::UnprovenPass);
        QCOMPARE(read->phases.at(0).headline, QStringLiteral("h"));
        QCOMPARE(read->phases.at(0).detail, QStringLiteral("d"));
        QCOMPARE(read->checks.size(), 2);
        const Check &check = read->checks.at(0);
        QCOMPARE(check.id, QStringLiteral("phase2.delivery.node-b"));
        QCOMPARE(check.ruleVersion, 3);
        QCOMPARE(check.phase, 2);
        QCOMPARE(check.host, QStringLiteral("node-b"));
        QCOMPARE(check.proves, QStringLiteral("p"));
        QCOMPARE(check.expected, QStringLiteral("e"));
        QCOMPARE(check.actual, QStringLiteral("a"));
        QCOMPARE(check.n, 200);
        QCOMPARE(check.bound, 0.25);
        QCOMPARE(check.outcome, Check::Outcome::Unknown);
        QCOMPARE(check.flaw, Check::Flaw::Unsupported);
        QCOMPARE(check.reason, QStringLiteral("r"));
        QCOMPARE(check.source, (SourceRange{QStringLiteral("phase2.json"), 17, 23}));
        QCOMPARE(read->checks.at(1).outcome, Check::Outcome::Fail);
        QCOMPARE(read->checks.at(1).n, std::nullopt);
        QCOMPARE(read->checks.at(1).bound, std::nullopt);
    }

    // What is not known is the least that it can be.
    void aJudgementThatSaysLittleIsNotAPass() {
        QVERIFY(!judgementFromJson({}).ok());
        QVERIFY(!judgementFromJson({{QStringLiteral("verdict"), QStringLiteral("GREEN")}}).ok());
        const auto read = judgementFromJson(
            {{QStringLiteral("verdict"), QStringLiteral("PROVEN")},
             {QStringLiteral("phases"), QJsonArray{QJsonObject{{QStringLiteral("phase"), 1}}}},
             {QStringLiteral("checks"),
              QJsonArray{QJsonObject{{QStringLiteral("outcome"), QStringLiteral("good")}}}}});
        QVERIFY(read.ok());
        QCOMPARE(read->claimedPass, std::nullopt);
        QCOMPARE(read->rulesVersion, 1);
        QCOMPARE(read->phases.at(0).verdict, Verdict::NoEvidence);
        QCOMPARE(read->checks.at(0).outcome, Check::Outcome::Unknown);
        QCOMPARE(read->checks.at(0).flaw, Check::Flaw::None);
        QCOMPARE(read->checks.at(0).ruleVersion, 1);
    }

    void verdictsHaveNames() {
        for (const Verdict verdict : {Verdict::Proven, Verdict::UnprovenPass, Verdict::Fail,
                                      Verdict::InvalidEvidence, Verdict::Incomplete, Verdict::NoEvidence})
            QCOMPARE(verdictFromName(verdictName(verdict)), verdict);
        QCOMPARE(verdictName(Verdict::UnprovenPass), QStringLiteral("UNPROVEN PASS"));
        QCOMPARE(verdictFromName(QStringLiteral("proven")), std::nullopt);
        QCOMPARE(outcomeName(Check::Outcome::Pass), QStringLiteral("pass"));
        QCOMPARE(outcomeName(Check::Outcome::Unknown), QStringLiteral("unknown"));
        QCOMPARE(flawName(Check::Flaw::None), QStringLiteral("none"));
        QCOMPARE(flawName(Check::Flaw::Unsupported), QStringLiteral("unsupported"));
    }

    void checksFileShowsPlanAndTimes() {
        const auto at = [](int seconds) {
            return QDateTime(QDate(2026, 1, 2), QTime(3, 4, seconds, 5), QTimeZone::utc()).toUTC();
        };
        const QList<PhaseSpan> spans{{1, at(1), at(2)}, {4, at(3), at(9)}};
        const PublishedPlan plan = planWith(QStringLiteral("ship-gate"), kPeers);
        const QByteArray bytes = checksBytes(QStringLiteral("r7"), judgement(), plan, spans);
        const QList<EvidenceFile> files{{QStringLiteral("checks.json"), bytes}};
        QCOMPARE(publishedSpans(files), spans);
        const auto read = publishedPlan(files);
        QVERIFY(read);
        QCOMPARE(read->protocol, plan.protocol);
        QCOMPARE(read->parameters, plan.parameters);
        QCOMPARE(read->peers, plan.peers);
        QCOMPARE(read->phases, plan.phases);
        const QJsonObject object = QJsonDocument::fromJson(bytes).object();
        QCOMPARE(object.value(QStringLiteral("schema")).toString(), QStringLiteral("slipway-checks/1"));
        QCOMPARE(object.value(QStringLiteral("campaign")).toString(), QStringLiteral("r7"));
        QCOMPARE(object.value(QStringLiteral("verdict")).toString(), QStringLiteral("FAIL"));
        QVERIFY(!publishedPlan(
            {{QStringLiteral("checks.json"), checksBytes(QStringLiteral("r7"), judgement(), {}, {})}}));
        QVERIFY(!publishedPlan({}));
        QVERIFY(publishedSpans({}).isEmpty());
    }

    void whatIsPublishedIsReadWithinBounds() {
        const auto plan = publishedPlan(checksWith("{'plan':{'phases':[0,'x',3,4,5,4,'2',2.5]}}"));
        QVERIFY(plan);
        QCOMPARE(plan->phases, (QList<int>{3, 4}));
        QVERIFY(!publishedPlan(checksWith("{'plan':[1]}")));
        QByteArray peers;
        QByteArray parameters;
        QByteArray times;
        for (int i = 0; i < 70; ++i) {
            const QByteArray comma = i ? "," : "";
            peers += comma + "'p" + QByteArray::number(i) + "'";
            parameters += comma + "'k" + QByteArray::number(i) + "':'v'";
            times += comma +
                     "{'phase':1,'started_at':'2026-01-02T03:04:05Z','finished_at':'2026-01-02T03:04:06Z'}";
        }
        const auto many =
            publishedPlan(checksWith("{'plan':{'peers':[" + peers + "],'parameters':{" + parameters + "}}}"));
        QCOMPARE(many->peers.size(), 64);
        QCOMPARE(many->parameters.size(), 64);
        QCOMPARE(publishedSpans(checksWith("{'times':[" + times + "]}")).size(), 64);
        for (const char *time :
             {"'started_at':'2026-01-02T03:04:05Z'", "'finished_at':'2026-01-02T03:04:05Z'"})
            QVERIFY(publishedSpans(checksWith("{'times':[{'phase':1," + QByteArray(time) + "}]}")).isEmpty());
        // A phase that is not reported is none of ours.
        const QList<PhaseSpan> unstated = publishedSpans(checksWith(
            "{'times':[{'started_at':'2026-01-02T03:04:05Z','finished_at':'2026-01-02T03:04:06Z'}]}"));
        QCOMPARE(unstated.constFirst().phase, 0);
        const QByteArray large = "{'plan':{}}" + QByteArray(16 * 1024 * 1024 - 11, ' ');
        QVERIFY(publishedPlan(checksWith(large)));
        QVERIFY(!publishedPlan(checksWith(large + ' ')));
    }

    // A folder may ask for more than the field does, never for less.
    void aPublishedPlanLowersNothing() {
        const Expectation field = expectationOf(std::nullopt);
        QCOMPARE(field.cycles, Expectation::published().cycles);
        QCOMPARE(field.byIdentity, false);

        const Expectation low =
            expectationOf(planWith(QStringLiteral("ship-gate"), {QStringLiteral("node-a")}));
        QCOMPARE(low.peers, kPeers);
        QCOMPARE(low.requiredPhases, (QList<int>{1, 2, 3, 4}));
        QCOMPARE(low.faults, (QStringList{QStringLiteral("partition_minority"),
                                          QStringLiteral("kill_primary_mid_write")}));
        QCOMPARE(low.deliveryMin, 0.95);
        QCOMPARE(low.convergenceMin, 0.995);
        QCOMPARE(low.mcpMinTools, 30);
        QCOMPARE(low.cycles, 9);
        QCOMPARE(low.memories, 7);
        QVERIFY(low.byIdentity);
        QVERIFY(!low.cyclesFollowed);

        PublishedPlan more =
            planWith(QString::fromLatin1("ship-gate"), kPeers + QStringList(QStringLiteral("node-d")));
        more.parameters.insert(QStringLiteral("delivery_min"), QStringLiteral("0.99"));
        more.parameters.insert(QStringLiteral("convergence_min"), QStringLiteral("0.999"));
        more.parameters.insert(QStringLiteral("mcp_min_tools"), QStringLiteral("40"));
        more.parameters.insert(QStringLiteral("faults"), QStringLiteral("kill_primary_mid_write"));
        more.phases = {1};
        const Expectation high = expectationOf(more);
        QCOMPARE(high.peers.size(), 4);
        QCOMPARE(high.requiredPhases, (QList<int>{1, 2, 3, 4}));
        QCOMPARE(high.faults, QStringList(QStringLiteral("kill_primary_mid_write")));
        QCOMPARE(high.deliveryMin, 0.99);
        QCOMPARE(high.convergenceMin, 0.999);
        QCOMPARE(high.mcpMinTools, 40);

        const Expectation scripts = expectationOf(planWith(QStringLiteral("field-scripts"), kPeers));
        QVERIFY(!scripts.byIdentity);
        QVERIFY(scripts.cyclesFollowed);
        const QStringList others{QStringLiteral("x"), QStringLiteral("y"), QStringLiteral("z")};
        QCOMPARE(expectationOf(planWith(QStringLiteral("ship-gate"), others)).peers, others);
    }

    void anExpectationIsWhatTheParametersAskFor() {
        const QMap<QString, QString> parameters{{QStringLiteral("faults"), QStringLiteral("f  g")},
                                                {QStringLiteral("cycles"), QStringLiteral("9")},
                                                {QStringLiteral("writes"), QStringLiteral("11")},
                                                {QStringLiteral("agents"), QStringLiteral("3")},
                                                {QStringLiteral("writes_per_agent"), QStringLiteral("5")},
                                                {QStringLiteral("delivery_min"), QStringLiteral("0.5")},
                                                {QStringLiteral("convergence_min"), QStringLiteral("0.7")},
                                                {QStringLiteral("mcp_min_tools"), QStringLiteral("13")},
                                                {QStringLiteral("memories"), QStringLiteral("17")}};
        const Expectation expectation = Expectation::fromParameters(parameters, kPeers, {1, 4});
        QCOMPARE(expectation.faults, (QStringList{QStringLiteral("f"), QStringLiteral("g")}));
        QCOMPARE(expectation.cycles, 9);
        QCOMPARE(expectation.writesPerCycle, 11);
        QCOMPARE(expectation.federationWrites, 15);
        QCOMPARE(expectation.deliveryMin, 0.5);
        QCOMPARE(expectation.convergenceMin, 0.7);
        QCOMPARE(expectation.mcpMinTools, 13);
        QCOMPARE(expectation.memories, 17);
        QCOMPARE(expectation.lossesMax, std::nullopt);
        QCOMPARE(expectation.peers, kPeers);
        QCOMPARE(expectation.requiredPhases, (QList<int>{1, 4}));
        QVERIFY(expectation.byIdentity);
        QVERIFY(!expectation.cyclesFollowed);
        QMap<QString, QString> none = parameters;
        none.insert(QStringLiteral("losses_max"), QStringLiteral("0"));
        QCOMPARE(Expectation::fromParameters(none, kPeers, {1}).lossesMax, 0);
    }
};

QTEST_APPLESS_MAIN(ChecksFileTest)
#include "tst_checksfile.moc"
