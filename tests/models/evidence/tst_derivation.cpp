// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/core/instant.h"
#include "models/evidence/derivation.h"

#include "models/observation/zstream.h"
#include "tests/models/evidence/goodcampaign.h"
#include "tests/models/evidence/goodevidence.h"
#include "tests/models/evidence/record.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace slipway;
using namespace slipway::test;

namespace {

using Files = QList<EvidenceFile>;

const QString kStream = QStringLiteral("observations/phase2-burst-chaos.obs.jsonl.zst");

RecordedPlan planOf(const Files &files) {
    const auto plan = readPlan(fileBytes(files, kPlanFile));
    if (!plan)
        qFatal("%s", qPrintable(plan.error().text));
    return *plan;
}

} // namespace

// What is derived from observations, whatever else a folder holds.
class DerivationTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { m_folder = soundFolder(); }

    void aWholeCampaignIsProven() {
        const Judgement judgement = judged(publishedCampaign());
        QCOMPARE(judgement.verdict, Verdict::Proven);
        compareWithRecord(described(judgement));
        QCOMPARE(judgement.claim, smallProtocol().claim.text);
        QCOMPARE(judgement.claimedPass, true);
        QCOMPARE(judgement.blamedPhase, 0);
        QCOMPARE(judgement.rulesVersion, kRulesVersion);
        QCOMPARE(judgement.reason,
                 QStringLiteral("All %1 checks hold, and the sample supports the claim at 95 %")
                     .arg(judgement.checks.size()));
        QStringList headlines;
        for (const PhaseJudgement &phase : judgement.phases)
            headlines << QStringLiteral("%1 %2 %3")
                             .arg(phase.phase)
                             .arg(verdictName(phase.verdict), phase.headline);
        QCOMPARE(headlines,
                 (QStringList{QStringLiteral("1 PROVEN 3 / 3 nodes"), QStringLiteral("2 PROVEN 80 / 80"),
                              QStringLiteral("3 PROVEN 20 = 20"), QStringLiteral("4 PROVEN 180 of 180")}));
    }

    void whatIsDerivedSaysWhatTheVerdictIs() {
        const Derivation derived = derive(planOf(m_folder), m_folder, {smallProtocol()}, {});
        QCOMPARE(derived.judgement.verdict, Verdict::UnprovenPass);
        QCOMPARE(derived.judgement.claimedPass, true);
        const QJsonObject summary = QJsonDocument::fromJson(derived.summary.bytes).object();
        QCOMPARE(summary.value(QStringLiteral("campaign_id")).toString(), kGoodId);
        QCOMPARE(summary.value(QStringLiteral("ai_memory_git_ref")).toString(), QStringLiteral("v0.6.3"));
        QCOMPARE(summary.value(QStringLiteral("overall_pass")), QJsonValue(true));
        QCOMPARE(summary.value(QStringLiteral("verdict")).toString(), QStringLiteral("UNPROVEN PASS"));
        QCOMPARE(summary.value(QStringLiteral("phases")).toArray().size(), 6);
        QCOMPARE(derived.checks.name, QStringLiteral("checks.json"));
        const QJsonObject checks = QJsonDocument::fromJson(derived.checks.bytes).object();
        QCOMPARE(checks.value(QStringLiteral("campaign")).toString(), kGoodId);
        QCOMPARE(checks.value(QStringLiteral("verdict")).toString(), QStringLiteral("UNPROVEN PASS"));
        QCOMPARE(checks.value(QStringLiteral("times")).toArray().size(), 4);
        QVERIFY(!checks.contains(QStringLiteral("plan")));

        Files lossy = observedCampaign(threeCycles());
        QByteArray &bytes = fileOf(lossy, QStringLiteral("observations/phase2-probe2-chaos.obs.jsonl")).bytes;
        bytes.replace("\"503\"", "\"201\"");
        const Derivation failed = derive(planOf(lossy), lossy, {smallProtocol()}, {});
        QCOMPARE(failed.judgement.verdict, Verdict::Fail);
        QCOMPARE(failed.judgement.claimedPass, false);
        QCOMPARE(QJsonDocument::fromJson(failed.summary.bytes).object().value(QStringLiteral("overall_pass")),
                 QJsonValue(false));
    }

    void serversAreThoseOfPhaseOne() {
        const Derivation derived = derive(planOf(m_folder), m_folder, {smallProtocol()}, {});
        const QList<MeasuredServer> servers = serversOf(derived.reports);
        QCOMPARE(servers.size(), 3);
        QCOMPARE(servers.at(1), (MeasuredServer{QStringLiteral("node-b"), QStringLiteral("ai-memory 0.6.3"),
                                                QStringLiteral("5e").repeated(32)}));
        QVERIFY(serversOf({{QStringLiteral("phase1-a.json"), R"({"host":"a","version":""})"},
                           {QStringLiteral("phase2.json"), R"({"host":"a","version":"1"})"},
                           {QStringLiteral("phase1-a.txt"), R"({"host":"a","version":"1"})"}})
                    .isEmpty());
    }

    // What was run here has no manifest and need not have its reports yet; what is there must agree all the
    // same.
    void anUnpublishedCampaignNeedsItsObservations() {
        Files files = observedCampaign(threeCycles());
        QCOMPARE(judgeEvidence(files, contextOf(false)).verdict, Verdict::UnprovenPass);
        const QByteArray report = fileBytes(m_folder, QStringLiteral("phase2.json"));
        files.append({QStringLiteral("phase2.json"), report});
        QCOMPARE(judgeEvidence(files, contextOf(false)).verdict, Verdict::UnprovenPass);
        files.last().bytes += ' ';
        QCOMPARE(judgeEvidence(files, contextOf(false)).verdict, Verdict::InvalidEvidence);
        files = observedCampaign(threeCycles());
        files.append({QStringLiteral("phase2-retry.json"), report});
        QCOMPARE(judgeEvidence(files, contextOf(false)).verdict, Verdict::InvalidEvidence);
    }

    // Reports without the observations that they were made from.
    void aFolderOfClaims_data() {
        QTest::addColumn<std::function<void(Files &)>>("change");
        const auto row = [](const char *name, const std::function<void(Files &)> &change) {
            QTest::newRow(name) << change;
        };
        const QString summary = QStringLiteral("campaign-summary.json");
        row("as they are", [](Files &) {});
        row("of another campaign", [=](Files &files) {
            changeJson(files, summary, [](QJsonObject &object) {
                object.insert(QStringLiteral("campaign_id"), QStringLiteral("r9"));
            });
        });
        row("of this campaign", [=](Files &files) {
            changeJson(files, summary,
                       [](QJsonObject &object) { object.insert(QStringLiteral("campaign_id"), kGoodId); });
        });
        row("with another spelling too", [](Files &files) {
            files.append({QStringLiteral("Phase2.json"), "{}"});
        });
        row("without a phase", [](Files &files) {
            files.removeIf(
                [](const EvidenceFile &file) { return file.name == QLatin1String("phase3.json"); });
        });
        row("without a summary", [=](Files &files) {
            files.removeIf([=](const EvidenceFile &file) { return file.name == summary; });
        });
        row("with a fail", [](Files &files) {
            changeJson(files, QStringLiteral("phase2.json"),
                       [](QJsonObject &object) { object.insert(QStringLiteral("ok"), 100); });
        });
        row("nothing", [](Files &files) { files.clear(); });
    }

    void aFolderOfClaims() {
        using Change = std::function<void(Files &)>;
        QFETCH(const Change, change);
        Files files = goodEvidence();
        change(files);
        const Judgement judgement = judged(files);
        QVERIFY(judgement.verdict != Verdict::Proven);
        const Files good = goodEvidence();
        const bool isFirst = files.size() == good.size() && files.constLast().bytes == good.constLast().bytes;
        compareWithRecord(
            without(described(judgement, files), isFirst ? QStringList() : described(judged(good), good)));
    }

    // The plan is what the protocol asks for, and was there first.
    void aPlanIsTheProtocolsAndWasThereFirst_data() {
        using Change = std::function<void(RecordedPlan &)>;
        QTest::addColumn<Change>("change");
        QTest::addColumn<QString>("id");
        QTest::addColumn<Check::Flaw>("flaw");
        const auto row = [](const char *name, const char *id, Check::Flaw flaw, const Change &change) {
            QTest::newRow(name) << change << QString::fromLatin1(id) << flaw;
        };
        using Flaw = Check::Flaw;
        const char *runs = "campaign.plan_runs";
        row("as it was", runs, Flaw::None, [](RecordedPlan &) {});
        row("a run less", runs, Flaw::Invalid, [](RecordedPlan &plan) { plan.runs.removeAt(3); });
        row("the last run less", runs, Flaw::Invalid, [](RecordedPlan &plan) { plan.runs.removeLast(); });
        row("a run more", runs, Flaw::Invalid,
            [](RecordedPlan &plan) { plan.runs.append(plan.runs.constFirst()); });
        row("on another host", runs, Flaw::Invalid,
            [](RecordedPlan &plan) { plan.runs[0].host = QStringLiteral("node-b"); });
        row("of another step", runs, Flaw::Invalid,
            [](RecordedPlan &plan) { plan.runs[3].step = QStringLiteral("wait"); });
        row("of another phase", runs, Flaw::Invalid, [](RecordedPlan &plan) { plan.runs[3].phase = 1; });
        row("of another program", runs, Flaw::Invalid,
            [](RecordedPlan &plan) { plan.runs[3].program = QStringLiteral("phase1.sh"); });
        row("not observed", runs, Flaw::Invalid, [](RecordedPlan &plan) { plan.runs[3].observed = false; });
        row("two chaos hosts", runs, Flaw::Invalid,
            [](RecordedPlan &plan) { plan.runs.last().host = QStringLiteral("chaos-2"); });
        const char *programs = "campaign.programs";
        row("this version's programs", programs, Flaw::None, [](RecordedPlan &) {});
        row("another program", programs, Flaw::Unsupported, [](RecordedPlan &plan) {
            plan.programs[QStringLiteral("phase4.sh")] = QStringLiteral("ab").repeated(32);
        });
        row("a program more", programs, Flaw::Unsupported, [](RecordedPlan &plan) {
            plan.programs[QStringLiteral("more.sh")] = QStringLiteral("ab").repeated(32);
        });
        const char *time = "campaign.plan_time";
        const auto recordedAt = [](qint64 ms) { // from the first run's beginning
            return [ms](RecordedPlan &plan) { plan.recordedAt = utcOfMilliseconds(1'800'000'061'000 + ms); };
        };
        row("as clocks are off", time, Flaw::None, recordedAt(600'000));
        row("recorded after the first run began", time, Flaw::Unsupported, recordedAt(600'001));
        row("recorded a month before", time, Flaw::None, recordedAt(-31LL * 86'400'000));
        row("recorded long before", time, Flaw::Unsupported, recordedAt(-32LL * 86'400'000));
        row("two runs of one launch token", runs, Flaw::Invalid,
            [](RecordedPlan &plan) { plan.runs[3].token = plan.runs.at(2).token; });
        const char *parameters = "campaign.parameters";
        const auto set = [](const char *name, const char *value) {
            return [=](RecordedPlan &plan) {
                plan.parameters.insert(QLatin1String(name), QLatin1String(value));
            };
        };
        row("parameters unchanged", parameters, Flaw::None, [](RecordedPlan &) {});
        row("a parameter more", parameters, Flaw::Invalid, set("nonsense", "1"));
        row("a parameter less", parameters, Flaw::Invalid,
            [](RecordedPlan &plan) { plan.parameters.remove(QStringLiteral("stop_early")); });
        row("a number with blanks", parameters, Flaw::Invalid, set("cycles", " 3 "));
        row("out of its range", parameters, Flaw::Invalid, set("agents", "65"));
        const char *chaos = "campaign.chaos_host";
        row("a chaos host of its own", chaos, Flaw::None, [](RecordedPlan &) {});
        row("a peer that strikes", chaos, Flaw::Unsupported, [](RecordedPlan &plan) {
            for (PlannedRun &run : plan.runs) {
                if (run.host == QLatin1String("chaos"))
                    run.host = QStringLiteral("node-a");
            }
        });
    }

    void aPlanIsTheProtocolsAndWasThereFirst() {
        using Change = std::function<void(RecordedPlan &)>;
        QFETCH(const Change, change);
        QFETCH(const QString, id);
        QFETCH(const Check::Flaw, flaw);
        Files files = observedCampaign(threeCycles());
        RecordedPlan plan = planOf(files);
        change(plan);
        const Judgement judgement = derive(plan, files, {smallProtocol()}, {}).judgement;
        const Check *check = checkWith(judgement, id);
        QVERIFY(check);
        QCOMPARE(check->flaw, flaw);
        compareWithRecord(described(judgement).filter(id));
    }

    void runsOfOneCampaignAreOfOneTime_data() {
        QTest::addColumn<qint64>("days");
        QTest::addColumn<Check::Flaw>("flaw");
        QTest::newRow("a month") << qint64(30) << Check::Flaw::None;
        QTest::newRow("longer") << qint64(31) << Check::Flaw::Unsupported;
    }
    void runsOfOneCampaignAreOfOneTime() {
        QFETCH(const qint64, days);
        QFETCH(const Check::Flaw, flaw);
        Files files = observedCampaign(threeCycles());
        QByteArray &probe = fileOf(files, QStringLiteral("observations/phase2-probe2-chaos.obs.jsonl")).bytes;
        const QByteArray day = "2027-01-15";
        QVERIFY(probe.contains(day));
        probe.replace(day, utcOfMilliseconds(1'800'000'000'000)
                               .addDays(days)
                               .toString(QStringLiteral("yyyy-MM-dd"))
                               .toLatin1());
        const Judgement judgement = derive(planOf(files), files, {smallProtocol()}, {}).judgement;
        QCOMPARE(checkWith(judgement, QStringLiteral("campaign.plan_time"))->flaw, flaw);
    }

    // A campaign that ran here by the field's scripts has a plan, and its cycles were followed.
    void claimsAreJudgedByTheirPlan() {
        Files files = goodEvidence();
        files.removeIf([](const EvidenceFile &file) { return file.name == QLatin1String("phase4.json"); });
        for (const QString &protocol : {kFieldProtocol, QStringLiteral("ship-gate")}) {
            JudgeContext context = contextOf(false);
            context.plan =
                PublishedPlan{protocol,
                              {{QStringLiteral("cycles"), QStringLiteral("700")},
                               {QStringLiteral("writes"), QStringLiteral("40")},
                               {QStringLiteral("convergence_min"), QStringLiteral("0.9")},
                               {QStringLiteral("delivery_min"), QStringLiteral("0.9")},
                               {QStringLiteral("faults"), QStringLiteral("kill_primary_mid_write")},
                               {QStringLiteral("memories"), QStringLiteral("1000")},
                               {QStringLiteral("mcp_min_tools"), QStringLiteral("30")},
                               {QStringLiteral("agents"), QStringLiteral("4")},
                               {QStringLiteral("writes_per_agent"), QStringLiteral("50")}},
                              {QStringLiteral("node-a"), QStringLiteral("node-b"), QStringLiteral("node-c")},
                              {1, 2, 3, 4}};
            compareWithRecord(described(judgeEvidence(files, context), files), protocol);
        }
    }

    void aPlanIsComparedWithTheClaim() {
        const auto claimOf = [](const char *name, const char *value) {
            GoodCampaignPlan plan = threeCycles();
            plan.parameters.insert(QString::fromLatin1(name), QString::fromLatin1(value));
            return judged(publishedCampaign(plan));
        };
        const Judgement weaker = claimOf("convergence_min", "0.2");
        QCOMPARE(weaker.verdict, Verdict::UnprovenPass);
        compareWithRecord(described(weaker));
        QCOMPARE(weaker.claim,
                 QStringLiteral("Weaker than the protocol's claim: convergence_min is 0.2, the claim asks "
                                "for at least 0.9."));
        const Check *check = checkWith(weaker, QStringLiteral("campaign.plan_claim"));
        QVERIFY(check);
        QCOMPARE(check->flaw, Check::Flaw::Unsupported);
        QCOMPARE(check->reason,
                 QStringLiteral("the plan asks for less than the protocol's claim: convergence_min is "
                                "0.2, the claim asks for at least 0.9"));
        QCOMPARE(
            checkWith(claimOf("convergence_min", "0.95"), QStringLiteral("campaign.plan_claim"))->outcome,
            Check::Outcome::Pass);
    }

    // A protocol that this version does not know claims nothing that it could vouch for.
    void aProtocolThatIsNotKnownProvesNothing() {
        const Files files = publishedCampaign();
        JudgeContext context = contextOf(true);
        const auto verdictWith = [&](const std::function<void(Protocol &)> &change) {
            Protocol protocol = smallProtocol();
            change(protocol);
            context.protocols = {protocol};
            const RecordedPlan plan = planOf(files);
            return derive(plan, files, context.protocols, {}).judgement;
        };
        QCOMPARE(verdictWith([](Protocol &) {}).verdict, Verdict::Proven);
        for (const auto &change : std::initializer_list<std::function<void(Protocol &)>>{
                 [](Protocol &protocol) { protocol.name += QLatin1Char('x'); },
                 [](Protocol &protocol) { protocol.version += QLatin1Char('x'); },
                 [](Protocol &protocol) { protocol.source += ' '; }}) {
            const Judgement judgement = verdictWith(change);
            QCOMPARE(judgement.verdict, Verdict::UnprovenPass);
            QCOMPARE(
                judgement.claim,
                QStringLiteral("The claim of protocol small-gate, version 1, is not known to this version."));
        }
    }

    void phasesThatWereNotAskedForAreMissing() {
        Files files = observedCampaign(threeCycles());
        RecordedPlan plan = planOf(files);
        plan.phases = {1, 2, 4};
        plan.runs.removeIf([](const PlannedRun &run) { return run.phase == 3; });
        files.removeIf([](const EvidenceFile &file) { return file.name.contains(QLatin1String("phase3")); });
        fileOf(files, kPlanFile).bytes = planBytes(plan);
        QCOMPARE(derive(plan, files, {smallProtocol()}, {}).judgement.verdict, Verdict::Incomplete);
        QCOMPARE(derive(plan, files, {}, {}).judgement.verdict,
                 Verdict::UnprovenPass); // no protocol requires it
    }

    void nothingObservedIsNoEvidence() {
        const Files files{{kPlanFile, fileBytes(m_folder, kPlanFile)}};
        QCOMPARE(judgeEvidence(files, contextOf(false)).verdict, Verdict::NoEvidence);
        QCOMPARE(judgeEvidence({}, contextOf(false)).verdict, Verdict::NoEvidence);
    }

    void reportsWithoutObservationsAreAClaim() {
        Files files = m_folder;
        files.removeIf([](const EvidenceFile &file) {
            return file.name == kPlanFile || file.name.startsWith(kObservationFolder) ||
                   file.name == kManifest;
        });
        JudgeContext context = contextOf(true);
        const RecordedPlan plan = planOf(m_folder);
        context.plan = PublishedPlan{plan.protocol, plan.parameters, plan.peers, plan.phases};
        const Judgement judgement = judgeEvidence(files, context);
        QVERIFY2(judgement.verdict == Verdict::UnprovenPass, qPrintable(judgement.reason));
        QCOMPARE(judgement.claim, QStringLiteral("The reports claim it; no observations support them."));
        QVERIFY(checkWith(judgement, QStringLiteral("campaign.observations")));
        QCOMPARE(judgement.phases.size(), 4);
        for (const PhaseJudgement &phase : judgement.phases)
            QCOMPARE(phase.verdict, Verdict::UnprovenPass);
        // Of a whole campaign too.
        Files whole = publishedCampaign();
        whole.removeIf([](const EvidenceFile &file) {
            return file.name == kPlanFile || file.name.startsWith(kObservationFolder) ||
                   file.name == kManifest;
        });
        context.plan->parameters.insert(QStringLiteral("cycles"), QStringLiteral("45"));
        QCOMPARE(judgeEvidence(whole, context).verdict, Verdict::UnprovenPass);
        // Observations whose plan was taken away are left out of the judgement, which is said.
        const EvidenceFile stream{kStream, fileBytes(m_folder, kStream)};
        for (const EvidenceFile &more : {stream, EvidenceFile{QStringLiteral("phase2-retry.json"), "{}"}}) {
            const Judgement other = judgeEvidence(files + Files{more}, context);
            QCOMPARE(other.verdict, Verdict::InvalidEvidence);
            QCOMPARE(other.reason,
                     QStringLiteral("%1 looks like evidence and is not part of it").arg(more.name));
        }
    }

private:
    Files m_folder;
};

QTEST_APPLESS_MAIN(DerivationTest)
#include "tst_derivation.moc"
