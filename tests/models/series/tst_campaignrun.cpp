// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/cycles/cyclebuilder.h"
#include "models/series/campaignrun.h"
#include "models/series/pooledbound.h"
#include "tests/models/evidence/goodcampaign.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace slipway;

namespace {

CampaignRecord record(const test::GoodCampaignPlan &plan) {
    CampaignRecord one;
    one.summary.id = QStringLiteral("good-r3");
    one.summary.source = kImported;
    one.summary.state = RunState::Passed;
    one.summary.protocol = QStringLiteral("ship-gate");
    one.files = test::publishedCampaign(plan);
    one.judgement = test::judged(one.files);
    for (const EvidenceFile &file : test::observedCampaign(plan)) {
        if (file.name.contains(QLatin1String("phase4")))
            one.cycles += cyclesFromStream(file);
    }
    return one;
}

} // namespace

class CampaignRunTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void observedCyclesArePooledThoughTheyAreFew() {
        const CampaignRecord one = record(test::threeCycles());
        QCOMPARE(verdictName(one.judgement->verdict), QStringLiteral("UNPROVEN PASS"));
        const SeriesRun run = seriesRunOf(one);
        QCOMPARE(run.ordinal, 3);
        QVERIFY(run.hasEvidence);
        QCOMPARE(run.lost, std::optional<qint64>(0));
        QCOMPARE(run.cycles.size(), qsizetype(1));
        QCOMPARE(run.cycles.constFirst().clean, qint64(3));
        QVERIFY(run.pool.endsWith(QLatin1String(" ship-gate")));
        QCOMPARE(run.facts.value(QStringLiteral("server")).size(), qsizetype(64));
        QCOMPARE(poolRuns({run, run}).constFirst().cycles(), qint64(6));
    }

    // By which a copy of it is known, also one that says that it ran at another time.
    void whatItsCyclesTookIsKept() {
        CampaignRecord one = record(test::threeCycles());
        for (Cycle &cycle : one.cycles) {
            cycle.settleMs = 100 + cycle.number;
            cycle.latencyUs = {1500, 2500, 3500};
            QVERIFY(cycle.faultAt.isValid());
        }
        const SeriesRun run = seriesRunOf(one);
        QCOMPARE(run.courses.size(), qsizetype(3));
        QVERIFY(run.courses.at(0) != run.courses.at(1));
        for (Cycle &cycle : one.cycles) {
            for (QDateTime *at : {&cycle.startedAt, &cycle.faultAt, &cycle.endedAt})
                *at = at->addDays(3);
        }
        QCOMPARE(seriesRunOf(one).courses, run.courses);
        one.cycles[1].settleMs.reset();
        QCOMPARE(seriesRunOf(one).courses.size(), qsizetype(2)); // not measured
    }

    void latencyAndSettlingAreTheMedianOfItsCycles() {
        CampaignRecord one = record(test::threeCycles());
        QCOMPARE(one.cycles.size(), qsizetype(3));
        const std::array<qint64, 3> settled{900, 100, 200};
        for (size_t i = 0; i < settled.size(); ++i) {
            Cycle &cycle = one.cycles[static_cast<qsizetype>(i)];
            cycle.settleMs = settled.at(i);
            cycle.latencyUs = {1500, 2500, std::nullopt};
        }
        one.cycles[0].latencyUs = {};
        const SeriesRun run = seriesRunOf(one);
        QCOMPARE(run.measures, (QMap<QString, double>{{kSettleTime, 0.2}, {kLatencyP50, 1.5}}));
        one.cycles.clear();
        QVERIFY(seriesRunOf(one).measures.isEmpty()); // not measured, and not 0
    }

    void whatItRanWithIsAFact() {
        CampaignRecord one = record(test::threeCycles());
        const SeriesRun before = seriesRunOf(one);
        QCOMPARE(before.facts.value(QStringLiteral("plan cycles")), QStringLiteral("3"));
        QCOMPARE(before.facts.value(QStringLiteral("harness")).size(), qsizetype(64));
        for (EvidenceFile &file : one.files) {
            if (file.name != QLatin1String("plan.json"))
                continue;
            QJsonObject plan = QJsonDocument::fromJson(file.bytes).object();
            QJsonObject parameters = plan.value(QLatin1String("parameters")).toObject();
            parameters.insert(QStringLiteral("postgres_url"), QStringLiteral("postgres://ada:secret@db/x"));
            QJsonObject programs = plan.value(QLatin1String("programs")).toObject();
            programs.insert(QStringLiteral("phase1.sh"), QStringLiteral("another"));
            plan.insert(QStringLiteral("parameters"), parameters);
            plan.insert(QStringLiteral("programs"), programs);
            file.bytes = QJsonDocument(plan).toJson();
        }
        const SeriesRun after = seriesRunOf(one);
        QVERIFY(after.facts.value(QStringLiteral("harness")) !=
                before.facts.value(QStringLiteral("harness")));
        QVERIFY(!after.facts.values().join(QLatin1Char(' ')).contains(QLatin1String("secret")));
    }

    void whatIsOnlyReportedIsNotPooled() {
        CampaignRecord one = record(test::threeCycles());
        one.files.removeIf(
            [](const EvidenceFile &file) { return file.name.startsWith(QLatin1String("observations/")); });
        one.judgement = test::judged(one.files);
        const SeriesRun run = seriesRunOf(one);
        QVERIFY(run.hasEvidence);
        QVERIFY(run.pool.isEmpty() && run.cycles.isEmpty());
    }

    void whatAnotherHandChangedIsNotPooled() {
        CampaignRecord one = record(test::threeCycles());
        one.findings << Finding{QStringLiteral("archive"), QStringLiteral("another program changed it")};
        QVERIFY(seriesRunOf(one).pool.isEmpty());
    }

    void anEmptyReportIsNoEvidence() {
        CampaignRecord one;
        one.summary.id = QStringLiteral("soak-r2");
        one.summary.source = kImported;
        one.summary.state = RunState::Passed;
        one.summary.claimedPass = true;
        one.summary.verdict = Verdict::InvalidEvidence;
        one.files << EvidenceFile{QStringLiteral("phase2.json"), " \n"};
        QVERIFY(!seriesRunOf(one).hasEvidence);
        one.files << EvidenceFile{QStringLiteral("phase3.json"), "{"};
        QVERIFY(seriesRunOf(one).hasEvidence); // of whatever worth: its verdict says that
    }
};

QTEST_APPLESS_MAIN(CampaignRunTest)
#include "tst_campaignrun.moc"
