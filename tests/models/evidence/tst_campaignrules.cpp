// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/evidence/rules.h"
#include "tests/models/evidence/rulerows.h"

#include <QTest>

#include <algorithm>
#include <limits>

using namespace slipway;
using namespace slipway::test;

namespace {

const char *const kSummaryFile = "campaign-summary.json";

// The lines of a judgement for a person.
QString described(const Judgement &judgement) {
    return verdictName(judgement.verdict) + QStringLiteral(", ") + QString::number(judgement.blamedPhase) +
           QStringLiteral(": ") + judgement.reason;
}

QStringList headlines(const Change &change) {
    Files files = goodEvidence(kFewCycles);
    change(files);
    QStringList lines;
    for (const PhaseJudgement &phase : judgeReports(files, ruleExpectation()).phases)
        lines << phase.headline;
    return lines;
}

} // namespace

// What holds between the files of a campaign, and which of all checks decides.
class CampaignRulesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void filesThatAgree_data() {
        ruleColumns();
        const char *invalid = "invalid";
        row("a summary", all({}), "campaign.summary", "pass", "29 bytes");
        row("no summary", without(kSummaryFile), "campaign.summary", "absent");
        row("an empty summary", bytes(kSummaryFile, " "), "campaign.summary", invalid, "empty",
            "campaign-summary.json is empty");
        row("a summary that is a log", bytes(kSummaryFile, "hello"), "campaign.summary", invalid, "5 bytes",
            "campaign-summary.json is not a JSON object: it begins with \"hello\"");
        row(
            "a file twice", [](Files &files) { files.append(fileOf(files, QStringLiteral("phase3.json"))); },
            "campaign.files", invalid, "phase3.json", "phase3.json is there twice");
        row(
            "a file three times", // which is said once
            [](Files &files) {
                for (int i = 0; i < 2; ++i)
                    files.append(fileOf(files, QStringLiteral("phase3.json")));
            },
            "campaign.files", invalid, "phase3.json", "phase3.json is there twice");
        row("files once", all({}), "campaign.files", "absent");

        // The summary repeats the reports.
        const auto copies = [](const QByteArray &list) {
            return set(kSummaryFile, "phases", '[' + list + ']');
        };
        row("no copies", all({}), "campaign.copies", "absent");
        row("no copy", copies(""), "campaign.copies", "absent");
        row(
            "a copy",
            [=](Files &files) {
                copies(fileOf(files, QStringLiteral("phase1-node-b.json")).bytes + ',' +
                       fileOf(files, QStringLiteral("phase2.json")).bytes)(files);
            },
            "campaign.copies", "pass", "equal");
        row("a copy that differs", copies("{\"phase\":1,\"host\":\"node-b\"}"), "campaign.copies", invalid,
            "not equal", "phase1-node-b.json is not the report that the summary repeats");
        row("a copy of a phase without hosts", copies("{\"phase\":3}"), "campaign.copies", invalid,
            "not equal", "phase3.json is not the report that the summary repeats");
        row("the phase of one and the host of none", copies("{\"phase\":1,\"host\":\"node-z\"}"),
            "campaign.copies", "pass", "equal");
        row("the host of one and the phase of none", copies("{\"phase\":9,\"host\":\"node-b\"}"),
            "campaign.copies", "pass", "equal");
        row(
            "a copy behind an equal one",
            [=](Files &files) {
                copies(fileOf(files, QStringLiteral("phase2.json")).bytes + ",{\"phase\":3}")(files);
            },
            "campaign.copies", invalid, "not equal",
            "phase3.json is not the report that the summary repeats");

        // The field's hosts are named after their campaign.
        const auto named = [](const QByteArray &id, const QByteArray &host) {
            return all({set(kSummaryFile, "campaign_id", '"' + id + '"'),
                        set("phase1-node-a.json", "host", '"' + host + '"')});
        };
        row("its own host", named("r1", "aim-r1-node-a"), "campaign.hosts", "absent");
        row("another's host", named("r1", "aim-r2-node-a"), "campaign.hosts", invalid, "aim-r2-node-a",
            "phase1-node-a.json is from aim-r2-node-a, a host of another campaign");
        row("dots and slashes", named("v0.6/r1", "aim-v0-6-r1-node-a"), "campaign.hosts", "absent");
        row("no id", named("", "aim-r2-node-a"), "campaign.hosts", "absent");
        row("hosts of no such name", named("r1", "r2-node-a"), "campaign.hosts", "absent");

        row("a pass", all({}), "campaign.claim", "pass", "overall_pass: true");
        row("no claim", set(kSummaryFile, "overall_pass", ""), "campaign.claim", "absent");
        row("a fail that nothing shows", set(kSummaryFile, "overall_pass", "false"), "campaign.claim",
            invalid, "overall_pass: false", "the summary claims a fail, every report says otherwise");
        row("a fail of too small a sample",
            all({inCycles("in_flight", "0"), inCycle(3, "in_flight", "1"),
                 set(kSummaryFile, "overall_pass", "false")}),
            "campaign.claim", invalid, "overall_pass: false",
            "the summary claims a fail, every report says otherwise");
        row("a pass that nothing carries",
            all({set("phase3.json", "src_count", "999"), set("phase3.json", "pass", "false")}),
            "campaign.claim", "fail", "overall_pass: true",
            "the summary claims a pass, the evidence says FAIL");
        row("a fail as the evidence says",
            all({set("phase3.json", "src_count", "999"), set("phase3.json", "pass", "false"),
                 set(kSummaryFile, "overall_pass", "false")}),
            "campaign.claim", "pass", "overall_pass: false");
    }
    void filesThatAgree() { judgeRow(ruleExpectation()); }

    void aPlanMustAskForSomething_data() {
        QTest::addColumn<std::function<void(Expectation &)>>("change");
        QTest::addColumn<QString>("wish"); // empty: it does
        const auto row = [](const char *name, const std::function<void(Expectation &)> &change,
                            const char *wish) { QTest::newRow(name) << change << QString::fromLatin1(wish); };
        using E = Expectation;
        row(
            "all", [](E &) {}, "");
        row(
            "no phase", [](E &e) { e.requiredPhases.clear(); }, "no phase is required");
        row(
            "no peer", [](E &e) { e.peers.clear(); }, "no peer is named");
        row(
            "no class", [](E &e) { e.faults.clear(); }, "no fault class is named");
        row(
            "no cycle", [](E &e) { e.cycles = 0; }, "0 cycles are asked for");
        row(
            "no write of a cycle", [](E &e) { e.writesPerCycle = 0; }, "0 writes of a cycle are asked for");
        row(
            "no write", [](E &e) { e.federationWrites = 0; }, "0 writes of phase 2 are asked for");
        row(
            "no memory", [](E &e) { e.memories = 0; }, "0 memories are asked for");
        row(
            "no tool", [](E &e) { e.mcpMinTools = 0; }, "0 MCP tools are asked for");
        row(
            "one tool", [](E &e) { e.mcpMinTools = 1; }, "");
        row(
            "no delivery", [](E &e) { e.deliveryMin = 0; }, "the share that must arrive is not above 0");
        row(
            "delivery that is not a number",
            [](E &e) { e.deliveryMin = std::numeric_limits<double>::quiet_NaN(); },
            "the share that must arrive is not above 0");
        row(
            "more than all delivered", [](E &e) { e.deliveryMin = 1.01; },
            "the share that must arrive is not above 0");
        row(
            "all delivered", [](E &e) { e.deliveryMin = 1; }, "");
        row(
            "no convergence", [](E &e) { e.convergenceMin = 0; },
            "the share that must converge is not above 0");
        row(
            "little convergence", [](E &e) { e.convergenceMin = 0.001; }, "");
    }

    void aPlanMustAskForSomething() {
        QFETCH(const std::function<void(Expectation &)>, change);
        QFETCH(const QString, wish);
        Expectation expectation = ruleExpectation();
        change(expectation);
        const Judgement judgement = judgeReports(goodEvidence(kFewCycles), expectation);
        const Check *check = checkWith(judgement, QStringLiteral("campaign.plan"));
        QVERIFY(check);
        QCOMPARE(check->phase, 0);
        if (wish.isEmpty()) {
            QCOMPARE(worthOf(check), QStringLiteral("pass"));
            QCOMPARE(check->actual, QStringLiteral("4 phases, 3 peers, 1 fault classes"));
            return;
        }
        QCOMPARE(worthOf(check), QStringLiteral("invalid"));
        QCOMPARE(check->reason, QStringLiteral("the plan proves nothing: ") + wish);
        QCOMPARE(judgement.verdict, Verdict::InvalidEvidence);
    }

    void theWorstCheckDecides_data() {
        QTest::addColumn<Change>("change");
        QTest::addColumn<QString>("lines");
        const auto row = [](const char *name, const QList<Change> &changes, const char *lines) {
            QTest::newRow(name) << all(changes) << QString::fromUtf8(lines);
        };
        const Change failed =
            all({set("phase2.json", "probe2_both_peers_down", "201"), set("phase2.json", "pass", "false")});
        const char *failure = "FAIL, 2: Phase 2: probe2_both_peers_down answered 201, not 503";
        const Change unsupported = all({inCycles("in_flight", "0"), inCycle(3, "in_flight", "1")});
        row("nothing", {}, "PROVEN, 0: All N checks hold, and the sample supports the claim at 95 %");
        row("unsupported", {unsupported},
            "UNPROVEN PASS, 4: Phase 4: kill_primary_mid_write: 1 of 1 cycles lost nothing, which supports "
            "0.0416; 15 more such cycles are needed to support 0.8");
        row("unsupported twice: the later phase",
            {unsupported, set("phase1-node-a.json", "snapshot_hash_matches", "")},
            "UNPROVEN PASS, 4: Phase 4: kill_primary_mid_write: 1 of 1 cycles lost nothing, which supports "
            "0.0416; 15 more such cycles are needed to support 0.8");
        row("unsupported in phase 1", {set("phase1-node-a.json", "snapshot_hash_matches", "")},
            "UNPROVEN PASS, 1: Phase 1: node-a: the snapshot was counted, not compared with its manifest");
        row("missing before unsupported", {unsupported, without("phase3.json")},
            "INCOMPLETE, 3: Phase 3: phase3.json is not there");
        row("failed before missing", {failed, without("phase3.json")}, failure);
        row("invalid before missing", {set("phase3.json", "phase", "1"), without("phase2.json")},
            "INVALID EVIDENCE, 3: Phase 3: phase3.json is the report of phase 1");
        row("invalid before failed", {failed, set("phase1-node-a.json", "phase", "3")},
            "INVALID EVIDENCE, 1: Phase 1: phase1-node-a.json is the report of phase 3");
        row("invalid after failed", {failed, set("phase3.json", "phase", "1")},
            "INVALID EVIDENCE, 3: Phase 3: phase3.json is the report of phase 1");
        // A later phase that left an empty report was not reached.
        row("failed, then not reached", {failed, bytes("phase3.json", "")}, failure);
        row("failed, then something wrong", {failed, bytes("phase3.json", "x")},
            "INVALID EVIDENCE, 3: Phase 3: phase3.json is not a JSON object: it begins with \"x\"");
        row("failed, an earlier one empty", {failed, bytes("phase1-node-a.json", "")},
            "INVALID EVIDENCE, 1: Phase 1: phase1-node-a.json is empty");
        row("of the campaign", {bytes(kSummaryFile, "")},
            "INVALID EVIDENCE, 0: campaign-summary.json is empty");
        row("a claim against all", {set(kSummaryFile, "overall_pass", "false")},
            "INVALID EVIDENCE, 0: The summary claims a fail, every report says otherwise");
        row("a claim of more", {failed, set(kSummaryFile, "overall_pass", "true")}, failure);
    }

    void theWorstCheckDecides() {
        QFETCH(const Change, change);
        QFETCH(const QString, lines);
        Files files = goodEvidence(kFewCycles);
        change(files);
        const Judgement judgement = judgeReports(files, ruleExpectation());
        // The summary's own claim is looked at when all else is known.
        const QString count = QString::number(judgement.checks.size() - 1);
        QCOMPARE(described(judgement),
                 QString(lines).replace(QStringLiteral("All N"), QStringLiteral("All ") + count));
        QCOMPARE(judgement.rulesVersion, kRulesVersion);
    }

    void withoutReportsThereIsNoEvidence() {
        Files files{{QString::fromLatin1(kSummaryFile), "{\"overall_pass\":true}"}};
        QCOMPARE(
            described(judgeReports(files, ruleExpectation())),
            QStringLiteral("NO EVIDENCE, 0: No phase left a report; the summary claims a pass all the same"));
        files[0].bytes = "{\"overall_pass\":false}";
        QCOMPARE(described(judgeReports(files, ruleExpectation())),
                 QStringLiteral("NO EVIDENCE, 0: No phase left a report"));
        QCOMPARE(described(judgeReports({}, ruleExpectation())),
                 QStringLiteral("NO EVIDENCE, 0: No phase left a report"));
    }

    void aPhaseSaysHowItStands() {
        QCOMPARE(headlines(all({})),
                 (QStringList{QStringLiteral("3 / 3 nodes"), QStringLiteral("200 / 200"),
                              QStringLiteral("1000 = 1000"), QStringLiteral("640 of 640")}));
        QCOMPARE(headlines(set("phase1-node-b.json", "recall_count", "0")).at(0),
                 QStringLiteral("2 / 3 nodes"));
        QCOMPARE(headlines(set("phase1-node-b.json", "snapshot_hash_matches", "")).at(0),
                 QStringLiteral("3 / 3 nodes"));
        QCOMPARE(headlines(all({set("phase2.json", "acked_held.b", "166"),
                                set("phase2.json", "acked_held.c", "164")}))
                     .at(1),
                 QStringLiteral("164 / 200"));
        QCOMPARE(headlines(set("phase2.json", "acked_held.b", "\"ERR\"")).at(1), QStringLiteral("? / 200"));
        QCOMPARE(headlines(bytes("phase2.json", "x")).at(1), QStringLiteral("?"));
        QCOMPARE(headlines(set("phase3.json", "dst_count", "")).at(2), QStringLiteral("1000 = not there"));
        QCOMPARE(headlines(without("phase3.json")).at(2), QStringLiteral("no evidence"));
        QCOMPARE(headlines(bytes("phase3.json", "x")).at(2), QStringLiteral("? = ?"));
        const Change two =
            all({without(kCycles.toLatin1()), set("phase4.json", "convergence_by_fault.other", "0.1")});
        QCOMPARE(headlines(two).at(3), QStringLiteral("1 of 2 classes"));
        QCOMPARE(headlines(all({without(kCycles.toLatin1()), bytes("phase4.json", "x")})).at(3),
                 QStringLiteral("?"));
    }

    void aPhaseHasItsOwnVerdict() {
        Files files = goodEvidence(kFewCycles);
        set("phase2.json", "probe2_both_peers_down", "201")(files);
        set("phase2.json", "pass", "false")(files);
        without("phase3.json")(files);
        const Judgement judgement = judgeReports(files, ruleExpectation());
        const auto holding = [&](int phase) {
            return std::count_if(judgement.checks.begin(), judgement.checks.end(), [=](const Check &check) {
                return check.phase == phase && check.outcome == Check::Outcome::Pass;
            });
        };
        QStringList lines;
        for (const PhaseJudgement &phase : judgement.phases)
            lines
                << QStringLiteral("%1 %2: %3").arg(phase.phase).arg(verdictName(phase.verdict), phase.detail);
        QCOMPARE(lines, (QStringList{QStringLiteral("1 PROVEN: %1 checks hold").arg(holding(1)),
                                     QStringLiteral("2 FAIL: probe2_both_peers_down answered 201, not 503"),
                                     QStringLiteral("3 NO EVIDENCE: phase3.json is not there"),
                                     QStringLiteral("4 PROVEN: %1 checks hold").arg(holding(4))}));
    }

    void phasesThatNobodyAskedForAreJudgedToo() {
        Expectation expectation = ruleExpectation();
        expectation.requiredPhases = {1};
        Files files = goodEvidence(kFewCycles);
        QCOMPARE(judgeReports(files, expectation).phases.size(), 4);
        QCOMPARE(judgeReports(files, expectation).phases.constLast().phase, 4);
        set("phase3.json", "src_count", "1")(files);
        QVERIFY(judgeReports(files, expectation).verdict != Verdict::Proven);
        without("phase3.json")(files);
        QCOMPARE(judgeReports(files, expectation).verdict,
                 Verdict::Proven); // it was not asked for, and is not there
    }

    void filesBelongToPhases() {
        const auto phase = [](const char *name) { return phaseOf({QString::fromLatin1(name), {}}); };
        QCOMPARE(phase("phase1-node-a.json"), 1);
        QCOMPARE(phase("phase4.json"), 4);
        QCOMPARE(phase("cycles-f.jsonl"), 4);
        for (const char *name :
             {"phase5.json", "phase0.json", "xphase1.json", "phase1.jsonl", "cycles-.jsonl", "cycles.jsonl"})
            QCOMPARE(phase(name), 0);
        QVERIFY(hasReports({{QStringLiteral("x"), {}}, {QStringLiteral("phase2.json"), {}}}));
        QVERIFY(!hasReports({{QStringLiteral("x"), {}}}));
    }

    void textFromOutsideIsCutToALine() {
        QCOMPARE(rules::clipped(QStringLiteral(" a \n b ")), QStringLiteral("a b"));
        QCOMPARE(rules::clipped(QString(120, QLatin1Char('x'))), QString(120, QLatin1Char('x')));
        QCOMPARE(rules::clipped(QString(121, QLatin1Char('x'))),
                 QString(120, QLatin1Char('x')) + QChar(u'…'));
    }
};

QTEST_APPLESS_MAIN(CampaignRulesTest)
#include "tst_campaignrules.moc"
