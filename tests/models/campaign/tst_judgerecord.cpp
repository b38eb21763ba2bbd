// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/campaign/judgerecord.h"

#include "models/campaign/publishedchecks.h"
#include "models/campaign/publishedsummary.h"
#include "tests/models/evidence/goodcampaign.h"
#include "tests/models/evidence/goodevidence.h"

#include <QTest>
#include <QTimeZone>

using namespace slipway;
using namespace slipway::test;

namespace {

CampaignRecord recordOf(const QList<EvidenceFile> &files, bool imported) {
    CampaignRecord record;
    record.summary.id = kGoodId;
    record.summary.source = imported ? kImported : QStringLiteral("run");
    record.files = files;
    return record;
}

} // namespace

class JudgeRecordTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void anImportedFolderIsJudgedAsPublished() {
        const CampaignRecord record = recordOf(publishedCampaign(threeCycles()), true);
        QCOMPARE(judgeRecord(record, {smallProtocol()}).verdict, Verdict::UnprovenPass);
        // It needs its manifest, and is that campaign.
        CampaignRecord without = record;
        without.files.removeIf([](const EvidenceFile &file) { return file.name == kManifest; });
        QCOMPARE(judgeRecord(without, {smallProtocol()}).verdict, Verdict::InvalidEvidence);
        CampaignRecord other = record;
        other.summary.id = QStringLiteral("other-r1");
        QCOMPARE(judgeRecord(other, {smallProtocol()}).verdict, Verdict::InvalidEvidence);
    }

    void aCampaignThatWasRunHereIsJudgedByItsObservations() {
        QList<EvidenceFile> files = observedCampaign(threeCycles());
        CampaignRecord record = recordOf({files.takeFirst()}, false); // the plan
        QCOMPARE(judgeRecord(record, {smallProtocol()}).verdict, Verdict::NoEvidence);
        record.observations = files;
        QCOMPARE(judgeRecord(record, {smallProtocol()}).verdict, Verdict::UnprovenPass);
        record.summary.id = QStringLiteral("other-r1"); // it is not a folder with a name
        QCOMPARE(judgeRecord(record, {smallProtocol()}).verdict, Verdict::UnprovenPass);
    }

    void aCampaignWithoutAPlanIsJudgedByWhatItWasAskedFor() {
        CampaignRecord record = recordOf(goodEvidence(), false);
        record.peers = {QStringLiteral("node-a"), QStringLiteral("node-b"), QStringLiteral("node-c")};
        record.requiredPhases = {1, 2, 3, 4};
        record.summary.protocol = QStringLiteral("ship-gate");
        QVERIFY(judgeRecord(record, {}).verdict == Verdict::InvalidEvidence); // it asked for nothing
        record.parameters = {{QStringLiteral("faults"), QStringLiteral("kill_primary_mid_write")},
                             {QStringLiteral("cycles"), QStringLiteral("700")},
                             {QStringLiteral("writes"), QStringLiteral("40")},
                             {QStringLiteral("agents"), QStringLiteral("4")},
                             {QStringLiteral("writes_per_agent"), QStringLiteral("50")},
                             {QStringLiteral("delivery_min"), QStringLiteral("0.95")},
                             {QStringLiteral("convergence_min"), QStringLiteral("0.995")},
                             {QStringLiteral("mcp_min_tools"), QStringLiteral("30")},
                             {QStringLiteral("memories"), QStringLiteral("1000")}};
        const Judgement judgement = judgeRecord(record, {});
        QVERIFY2(judgement.verdict == Verdict::UnprovenPass, qPrintable(judgement.reason));
        record.parameters.insert(QStringLiteral("memories"), QStringLiteral("1001"));
        QVERIFY(judgeRecord(record, {}).verdict != Verdict::UnprovenPass);
    }

    void aRecordTakesItsJudgement() {
        CampaignRecord record;
        Judgement judgement;
        judgement.verdict = Verdict::Fail;
        judgement.claimedPass = true;
        judgement.reason = QStringLiteral("why");
        setJudgement(record, judgement);
        QVERIFY(record.judgement);
        QCOMPARE(record.judgement->verdict, Verdict::Fail);
        QCOMPARE(record.summary.verdict, Verdict::Fail);
        QCOMPARE(record.summary.claimedPass, true);
        QCOMPARE(record.summary.reason, QStringLiteral("why"));
    }

    void thePlanOfARecord() {
        CampaignRecord record = recordOf({}, false);
        record.summary.protocol = QStringLiteral("p");
        record.parameters = {{QStringLiteral("a"), QStringLiteral("b")}};
        record.peers = {QStringLiteral("x")};
        record.requiredPhases = {2};
        const auto plan = planOf(record);
        QVERIFY(plan);
        QCOMPARE(plan->protocol, QStringLiteral("p"));
        QCOMPARE(plan->parameters, record.parameters);
        QCOMPARE(plan->peers, record.peers);
        QCOMPARE(plan->phases, record.requiredPhases);
        record.summary.source = kImported;
        QVERIFY(!planOf(record)); // what it was asked for stands in its folder, or nowhere
        record.files = {{kChecks, "{\"plan\":{\"protocol\":\"q\"}}"}};
        QCOMPARE(planOf(record)->protocol, QStringLiteral("q"));
    }

    void phasesSpanTheirRuns() {
        const auto at = [](int seconds) {
            return QDateTime(QDate(2026, 1, 2), QTime(3, 4, seconds), QTimeZone::utc()).toUTC();
        };
        const auto run = [&](int phase, int from, int to) {
            PhaseRun one;
            one.phase = phase;
            one.startedAt = from < 0 ? QDateTime() : at(from);
            one.finishedAt = to < 0 ? QDateTime() : at(to);
            return one;
        };
        QCOMPARE(
            spansOf({run(2, 5, 9), run(1, 2, 4), run(1, 1, 3), run(2, 7, 8), run(3, 1, -1), run(4, -1, 1)}),
            (QList<PhaseSpan>{{1, at(1), at(4)}, {2, at(5), at(9)}}));
    }

    void aSummarySaysWhatTheCampaignIs() {
        const auto read = [](const QByteArray &json) {
            return readPublishedSummary({{QStringLiteral("campaign-summary.json"), json}});
        };
        const PublishedSummary summary =
            read(R"({"campaign_id":" r7 ","ai_memory_git_ref":"v1","completed_at":"2026-01-02T03:04:05Z"})");
        QCOMPARE(summary.campaignId, QStringLiteral("r7"));
        QCOMPARE(summary.ref, QStringLiteral("v1"));
        QCOMPARE(summary.completedAt, QDateTime(QDate(2026, 1, 2), QTime(3, 4, 5), QTimeZone::utc()).toUTC());
        QVERIFY(!summary.isUtcAssumed);
        QVERIFY(read(R"({"completed_at":"2026-01-02T03:04:05"})").isUtcAssumed);
        QCOMPARE(read("{\"campaign_id\":\"" + QByteArray(300, 'x') + "\"}").campaignId.size(), 200);
        QCOMPARE(readPublishedSummary({}).campaignId, QString());
        const QByteArray large = "{\"campaign_id\":\"r7\"}" + QByteArray(16 * 1024 * 1024 - 20, ' ');
        QCOMPARE(read(large).campaignId, QStringLiteral("r7"));
        QCOMPARE(read(large + ' ').campaignId, QString());
    }
};

QTEST_APPLESS_MAIN(JudgeRecordTest)
#include "tst_judgerecord.moc"
