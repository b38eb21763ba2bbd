// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/evidence/judgementjson.h"
#include "tests/models/evidence/goodevidence.h"

#include <QJsonArray>
#include <QTest>

#include <algorithm>

using namespace slipway;
using namespace slipway::test;

class JudgeTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void nothingIsNoEvidenceWhateverIsClaimed() {
        const Judgement judgement =
            judgeReports({{QStringLiteral("campaign-summary.json"), R"({"overall_pass":true,"phases":[]})"}},
                         Expectation::published());
        QCOMPARE(judgement.verdict, Verdict::NoEvidence);
        QCOMPARE(judgement.claimedPass, true);
    }

    void missingPhaseIsIncomplete() {
        auto files = goodEvidence();
        files.removeIf([](const EvidenceFile &file) { return file.name == QLatin1String("phase3.json"); });
        QCOMPARE(judgeReports(files, goodExpectation()).verdict, Verdict::Incomplete);
    }

    void smallSampleIsUnproven() {
        Expectation few = goodExpectation();
        few.convergenceMin = 0.9999;
        const Judgement judgement = judgeReports(goodEvidence(), few);
        QCOMPARE(judgement.verdict, Verdict::UnprovenPass);
        // 0.9999 needs 34276 clean cycles when it is watched.
        QCOMPARE(
            judgement.reason,
            QStringLiteral(
                "Phase 4: kill_primary_mid_write: 700 of 700 cycles lost nothing, which supports 0.9951; "
                "33576 more such cycles are needed to support 0.9999"));
    }

    // One kill is one throw of the dice, however many writes it was.
    void oneCycleOfAThousandWritesIsUnproven() {
        Expectation one = goodExpectation();
        one.cycles = 1;
        one.writesPerCycle = 1'000;
        const Judgement judgement = judgeReports(goodEvidence({1, 1'000, 900}), one);
        QCOMPARE(judgement.verdict, Verdict::UnprovenPass);
        QVERIFY2(judgement.reason.contains(
                     QStringLiteral("1 of 1 cycles lost nothing, which supports 0.0416; 683 more")),
                 qPrintable(judgement.reason));
    }

    // 64 of 22400 writes would support 0.995 if writes were lost independently of each other. They were not.
    void twoCyclesThatLostAllAreUnproven() {
        auto files = goodEvidence();
        const auto lose = [](QJsonObject &cycle) {
            cycle.insert(QStringLiteral("converged"), 0);
            cycle.insert(QStringLiteral("durable"), 0);
        };
        changeCycle(files, 8, lose);
        changeCycle(files, 308, lose);
        changeJson(files, QStringLiteral("phase4.json"), [](QJsonObject &report) {
            const QJsonObject kept{{QStringLiteral("kill_primary_mid_write"), 22'400 - 64}};
            report.insert(QStringLiteral("durable_by_fault"), kept);
            report.insert(QStringLiteral("converged_by_fault"), kept);
        });
        const Judgement judgement = judgeReports(files, goodExpectation());
        QVERIFY2(judgement.verdict == Verdict::UnprovenPass, qPrintable(judgement.reason));
        const auto bound =
            std::find_if(judgement.checks.begin(), judgement.checks.end(), [](const Check &each) {
                return each.id == QLatin1String("phase4.bound.kill_primary_mid_write");
            });
        QVERIFY(bound != judgement.checks.end());
        QVERIFY(bound->bound.value_or(1) < 0.995);
        QCOMPARE(bound->n, 700);
        // Each figure is named by what it assumes.
        QVERIFY2(bound->actual.contains(QStringLiteral("22400 independent writes: 0.9964")),
                 qPrintable(bound->actual));
        QVERIFY2(bound->actual.contains(QStringLiteral("a fixed number of independent cycles: 0.9910")),
                 qPrintable(bound->actual));
    }

    // Where no loss at all is allowed, one write decides, whatever the share.
    void oneLostWriteFailsWhereNoneMayBe() {
        auto files = goodEvidence();
        changeCycle(files, 8, [](QJsonObject &cycle) {
            cycle.insert(QStringLiteral("converged"), 31);
            cycle.insert(QStringLiteral("lost"), QJsonArray{QStringLiteral("p4-run-8-a-3")});
        });
        changeJson(files, QStringLiteral("phase4.json"), [](QJsonObject &report) {
            report.insert(QStringLiteral("converged_by_fault"),
                          QJsonObject{{QStringLiteral("kill_primary_mid_write"), 22'399}});
        });
        QCOMPARE(judgeReports(files, goodExpectation()).verdict, Verdict::Proven);
        Expectation one = goodExpectation();
        one.lossesMax = 1;
        QCOMPARE(judgeReports(files, one).verdict, Verdict::Proven);
        Expectation none = goodExpectation();
        none.lossesMax = 0;
        changeJson(files, QStringLiteral("phase4.json"), [](QJsonObject &report) {
            report.insert(QStringLiteral("pass"), false);
            report.insert(QStringLiteral("reasons"), QJsonArray{QStringLiteral("a write was lost")});
        });
        const Judgement judgement = judgeReports(files, none);
        QCOMPARE(judgement.verdict, Verdict::Fail);
        QCOMPARE(judgement.reason,
                 QStringLiteral(
                     "Phase 4: kill_primary_mid_write: 1 acknowledged writes were lost, at most 0 may be: "
                     "p4-run-8-a-3 of cycle 8"));
        QCOMPARE(judgeReports(goodEvidence(), none).verdict, Verdict::Proven);
        // The reason names writes also where so many are lost that the share fails too.
        Expectation strict = none;
        strict.convergenceMin = 0.99999;
        const Judgement both = judgeReports(files, strict);
        QCOMPARE(both.verdict, Verdict::Fail);
        QVERIFY2(both.reason.contains(QStringLiteral("p4-run-8-a-3")), qPrintable(both.reason));
    }

    void aCycleNamesNoMoreLostWritesThanItLost() {
        auto files = goodEvidence();
        changeCycle(files, 8, [](QJsonObject &cycle) {
            cycle.insert(QStringLiteral("lost"), QJsonArray{QStringLiteral("p4-run-8-a-3")});
        });
        QCOMPARE(judgeReports(files, goodExpectation()).verdict, Verdict::InvalidEvidence);
    }

    // What the fault did not strike, or what acknowledged nothing, proves nothing.
    void onlyCyclesThatWereStruckCount() {
        const auto verdictWith = [](const std::function<void(QJsonObject &)> &change) {
            auto files = goodEvidence();
            for (int number = 1; number <= 17; ++number) // 683 are left
                changeCycle(files, number, change);
            return judgeReports(files, goodExpectation()).verdict;
        };
        QCOMPARE(verdictWith([](QJsonObject &) {}), Verdict::Proven);
        QCOMPARE(verdictWith([](QJsonObject &cycle) { cycle.insert(QStringLiteral("in_flight"), 0); }),
                 Verdict::UnprovenPass);
        QCOMPARE(
            verdictWith([](QJsonObject &cycle) { cycle.insert(QStringLiteral("fault_injected"), false); }),
            Verdict::UnprovenPass);
        QCOMPARE(verdictWith([](QJsonObject &cycle) { cycle.remove(QStringLiteral("fault_injected")); }),
                 Verdict::UnprovenPass);
    }

    void failureStaysWhenLaterPhasesWereNotReached() {
        auto files = goodEvidence();
        changeJson(files, QStringLiteral("phase2.json"), [](QJsonObject &object) {
            object.insert(QStringLiteral("acked_held"), QJsonObject{{QStringLiteral("a"), 200},
                                                                    {QStringLiteral("b"), 166},
                                                                    {QStringLiteral("c"), 164}});
            object.insert(QStringLiteral("pass"), false);
        });
        files.removeIf([](const EvidenceFile &file) { return file.name == kCycles; });
        fileOf(files, QStringLiteral("phase3.json")).bytes.clear();
        fileOf(files, QStringLiteral("phase4.json")).bytes.clear();
        const Judgement judgement = judgeReports(files, goodExpectation());
        QCOMPARE(judgement.verdict, Verdict::Fail);
        QCOMPARE(judgement.blamedPhase, 2);
        QVERIFY2(judgement.reason.contains(QStringLiteral("node-b holds 166 of 200")),
                 qPrintable(judgement.reason));
    }

    // The campaign was stopped in its last cycle, in which 20 writes had been acknowledged.
    void aCycleThatWasCutOffCountsForNothing() {
        auto files = goodEvidence();
        files.removeIf([](const EvidenceFile &file) { return file.name == QLatin1String("phase4.json"); });
        changeCycle(files, GoodPlan().cycles, [](QJsonObject &cycle) {
            cycle = {{QStringLiteral("cycle"), GoodPlan().cycles},
                     {QStringLiteral("fault"), QStringLiteral("kill_primary_mid_write")},
                     {QStringLiteral("writes"), 20},
                     {QStringLiteral("ok"), 20},
                     {QStringLiteral("quorum_not_met"), 0},
                     {QStringLiteral("fail"), 0},
                     {QStringLiteral("started_at"), QStringLiteral("2026-04-20T17:48:00.000Z")}};
        });
        const auto cycles = [&] {
            const Judgement judgement = judgeReports(files, goodExpectation());
            const auto check =
                std::find_if(judgement.checks.begin(), judgement.checks.end(), [](const Check &each) {
                    return each.id == QLatin1String("phase4.cycles.kill_primary_mid_write");
                });
            return check == judgement.checks.end() ? QString() : check->reason;
        };
        QCOMPARE(judgeReports(files, goodExpectation()).verdict, Verdict::Incomplete);
        QCOMPARE(cycles(),
                 QStringLiteral("kill_primary_mid_write: cycle 700 began and did not end: 699 of 700 "
                                "cycles ran"));
        // What was lost before that stays lost.
        for (int number = 3; number <= 6; ++number)
            changeCycle(files, number, [](QJsonObject &cycle) {
                cycle.insert(QStringLiteral("converged"), 2);
                cycle.insert(QStringLiteral("durable"), 2);
            });
        QCOMPARE(judgeReports(files, goodExpectation()).verdict, Verdict::Fail);
        // One that has others after it was not cut off by the end: it is not to be explained away.
        files = goodEvidence();
        changeCycle(files, 5, [](QJsonObject &cycle) {
            cycle.remove(QStringLiteral("converged"));
            cycle.insert(QStringLiteral("started_at"), QStringLiteral("2026-04-20T17:48:00.000Z"));
        });
        QCOMPARE(judgeReports(files, goodExpectation()).verdict, Verdict::InvalidEvidence);
    }

    void roundCountThatMatchesIsNotSaturated() {
        auto files = goodEvidence();
        changeJson(files, QStringLiteral("phase2.json"), [](QJsonObject &object) {
            object.insert(QStringLiteral("counts"), QJsonObject{{QStringLiteral("a"), 200},
                                                                {QStringLiteral("b"), 200},
                                                                {QStringLiteral("c"), 200}});
        });
        QCOMPARE(judgeReports(files, goodExpectation()).verdict, Verdict::Proven);
    }

    void theFieldsSaturatedBoundIsInvalid() {
        Expectation expectation = Expectation::published();
        expectation.faults << QStringLiteral("partition_minority");
        auto files = goodEvidence();
        files.removeIf([](const EvidenceFile &file) { return file.name == kCycles; });
        fileOf(files, QStringLiteral("phase4.json")).bytes =
            R"({"phase":4,"pass":false,"cycles_per_fault":50,"writes_per_cycle":100,"convergence_by_fault":{"kill_primary_mid_write":1.0,"partition_minority":0.2}})";
        const Judgement judgement = judgeReports(files, expectation);
        QCOMPARE(judgement.verdict, Verdict::InvalidEvidence);
        QVERIFY2(judgement.reason.contains(QStringLiteral("exactly 20 of 100")),
                 qPrintable(judgement.reason));
    }

    void sourcesPointAtTheBytes() {
        const auto files = goodEvidence();
        int looked = 0;
        for (const Check &check : judgeReports(files, goodExpectation()).checks) {
            if (check.id != QLatin1String("phase2.probe1"))
                continue;
            auto copy = files;
            const QByteArray bytes =
                fileOf(copy, check.source.file).bytes.mid(check.source.offset, check.source.length);
            QCOMPARE(bytes, QByteArray("\"probe1_single_peer_down\": \"201\""));
            ++looked;
        }
        QCOMPARE(looked, 1);
    }

    void contradictionsBetweenFilesAreInvalid_data() {
        QTest::addColumn<QByteArray>("summary");
        QTest::addColumn<QString>("reason");
        QTest::newRow("another campaign's host")
            << QByteArray(R"({"campaign_id":"r2"})") << QStringLiteral("a host of another campaign");
        QTest::newRow("a report that was changed") << QByteArray(R"({"phases":[{"phase":2,"ok":199}]})")
                                                   << QStringLiteral("not the report that the summary");
        QTest::newRow("a fail that nothing shows")
            << QByteArray(R"({"overall_pass":false})") << QStringLiteral("claims a fail");
        QTest::newRow("a key twice") << QByteArray(R"({"overall_pass":true,"overall_pass":false})")
                                     << QStringLiteral("twice");
    }

    void contradictionsBetweenFilesAreInvalid() {
        QFETCH(QByteArray, summary);
        QFETCH(QString, reason);
        auto files = goodEvidence();
        fileOf(files, QStringLiteral("campaign-summary.json")).bytes = summary;
        changeJson(files, QStringLiteral("phase1-node-a.json"), [](QJsonObject &report) {
            report.insert(QStringLiteral("host"), QStringLiteral("aim-r1-node-a"));
        });
        const Judgement judgement = judgeReports(files, goodExpectation());
        QCOMPARE(judgement.verdict, Verdict::InvalidEvidence);
        QVERIFY2(judgement.reason.contains(reason), qPrintable(judgement.reason));
    }

    void aLogInTheReportsPlaceIsReadAndNotBelieved() {
        auto files = goodEvidence();
        files.removeIf([](const EvidenceFile &file) { return file.name == kCycles; });
        fileOf(files, QStringLiteral("phase4.json")).bytes =
            "[chaos] chaos campaign: fault=kill_primary_mid_write cycles=50 writes/cycle=100\n"
            "[chaos] cycle 1: nodes ready (pids 1 2 3)\n";
        const Judgement judgement = judgeReports(files, goodExpectation());
        QCOMPARE(judgement.verdict, Verdict::InvalidEvidence);
        const bool told =
            std::any_of(judgement.checks.begin(), judgement.checks.end(), [](const Check &check) {
                return check.actual == QLatin1String("1 of 50 cycles began");
            });
        QVERIFY(told);
    }

    void judgementsRoundTrip() {
        const Judgement judgement = judgeReports(goodEvidence(), goodExpectation());
        const auto read = judgementFromJson(judgementToJson(judgement));
        QVERIFY(read.ok());
        QCOMPARE(judgementToJson(*read), judgementToJson(judgement));
    }

    void exitCodes() {
        QCOMPARE(verdictExitCode(Verdict::Proven), 0);
        QCOMPARE(verdictExitCode(Verdict::Fail), 1);
        QCOMPARE(verdictExitCode(Verdict::UnprovenPass), 3);
        for (const Verdict verdict : {Verdict::InvalidEvidence, Verdict::Incomplete, Verdict::NoEvidence})
            QCOMPARE(verdictExitCode(verdict), 4);
    }
};

QTEST_APPLESS_MAIN(JudgeTest)
#include "tst_judge.moc"
