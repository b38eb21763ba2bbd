// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/evidence/judgementjson.h"
#include "models/evidence/manifest.h"
#include "tests/models/evidence/goodevidence.h"
#include "tests/models/evidence/record.h"

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

    void oneReportIsSomeEvidence() {
        auto files = goodEvidence();
        files.removeIf(
            [](const EvidenceFile &file) { return file.name != QLatin1String("phase1-node-a.json"); });
        QVERIFY(hasReports(files));
        QCOMPARE(judgeReports(files, goodExpectation()).verdict, Verdict::Incomplete);
    }

    // But a file's name stays as it is.
    void aReasonBeginsLikeASentence_data() {
        QTest::addColumn<QString>("reason");
        QTest::addColumn<QString>("sentence");
        QTest::newRow("words") << QStringLiteral("the file a.json is gone")
                               << QStringLiteral("The file a.json is gone");
        QTest::newRow("a file behind a word")
            << QStringLiteral("neither a.json nor b.json") << QStringLiteral("Neither a.json nor b.json");
        QTest::newRow("a file") << QStringLiteral("a.json is gone") << QStringLiteral("a.json is gone");
    }
    void aReasonBeginsLikeASentence() {
        QFETCH(const QString, reason);
        Check check;
        check.outcome = Check::Outcome::Fail;
        check.reason = reason;
        Judgement judgement;
        judgement.checks = {check};
        conclude(judgement, true);
        QTEST(judgement.reason, "sentence");
    }

    void reportsAreThoseOfTheirManifest() {
        EvidenceManifest manifest;
        manifest.campaign = QStringLiteral("r1");
        auto files = goodEvidence();
        for (const EvidenceFile &file : files)
            manifest.files.append({file.name, file.bytes.size(), sha256Of(file.bytes)});
        files.append({kManifest, manifestBytes(manifest)});
        QCOMPARE(judgeReports(files, goodExpectation()).verdict, Verdict::Proven);
        fileOf(files, QStringLiteral("phase3.json")).bytes += ' ';
        QCOMPARE(judgeReports(files, goodExpectation()).reason,
                 QStringLiteral("The file phase3.json is not what was published: its SHA-256 is another"));
    }

    void phasesAreJudgedInTheirOrder() {
        Expectation expectation = goodExpectation();
        expectation.requiredPhases = {3, 1};
        QList<int> phases;
        for (const PhaseJudgement &phase : judgeReports(goodEvidence(), expectation).phases)
            phases << phase.phase;
        QCOMPARE(phases, (QList<int>{1, 2, 3, 4}));
    }

    void aPhaseWithoutRulesIsNotProven() {
        Expectation expectation = goodExpectation();
        expectation.requiredPhases = {1, 2, 3, 4, 5};
        const Judgement judgement = judgeReports(goodEvidence(), expectation);
        QCOMPARE(judgement.verdict, Verdict::UnprovenPass);
        QCOMPARE(judgement.blamedPhase, 5);
        QVERIFY2(judgement.reason.contains(QStringLiteral("no rules for phase 5")),
                 qPrintable(judgement.reason));
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

    // As many digits as the claim has, up to six.
    void boundsAreReportedAsExactlyAsTheirClaim() {
        for (const double claim : {0.9, 0.99999, 0.9999999}) {
            Expectation expectation = goodExpectation();
            expectation.convergenceMin = claim;
            compareWithRecord(
                described(judgeReports(goodEvidence(), expectation)).filter(QStringLiteral(".bound.")),
                QString::number(claim, 'g', 8));
        }
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
        compareWithRecord(described(judgement, files), QStringLiteral("none may be"));
        compareWithRecord(described(judgeReports(files, one), files), QStringLiteral("one may be"));
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

    void timesOfCyclesThatContradictThemselvesAreInvalid_data() {
        using Change = std::function<void(QList<EvidenceFile> &)>;
        QTest::addColumn<Change>("change");
        QTest::addColumn<QString>("reason");
        const auto row = [](const char *name, const QString &reason, const Change &change) {
            QTest::newRow(name) << change << QStringLiteral("kill_primary_mid_write, cycle ") + reason;
        };
        const auto set = [](const QString &key, const QJsonValue &value) {
            return [=](QList<EvidenceFile> &files) {
                changeCycle(files, 8, [&](QJsonObject &cycle) { cycle.insert(key, value); });
            };
        };
        row("copies under other numbers", QStringLiteral("2: it began before the one before it had ended"),
            [](QList<EvidenceFile> &files) {
                EvidenceFile &file = fileOf(files, kCycles);
                const QByteArray first = file.bytes.left(file.bytes.indexOf('\n') + 1);
                file.bytes.clear();
                for (int number = 1; number <= GoodPlan().cycles; ++number)
                    file.bytes += QByteArray(first).replace("\"cycle\":1,",
                                                            "\"cycle\":" + QByteArray::number(number) + ',');
            });
        row("a copy at another time", QStringLiteral("8: it is a copy of another one"),
            [](QList<EvidenceFile> &files) {
                QJsonObject other;
                changeCycle(files, 5, [&](QJsonObject &cycle) { other = cycle; });
                changeCycle(files, 8, [&](QJsonObject &cycle) {
                    for (const char *key :
                         {"settle_ms", "latency_p50_us", "latency_p95_us", "latency_p99_us"})
                        cycle.insert(QLatin1String(key), other.value(QLatin1String(key)));
                });
            });
        row("it ends before it began", QStringLiteral("8: its fault lies outside of it"),
            set(QStringLiteral("ended_at"), QStringLiteral("2026-04-20T10:00:00.000Z")));
        row("it ends before it began, without a fault", QStringLiteral("8: it ended before it began"),
            [](QList<EvidenceFile> &files) {
                changeCycle(files, 8, [](QJsonObject &cycle) {
                    cycle.remove(QStringLiteral("fault_at"));
                    cycle.insert(QStringLiteral("ended_at"), QStringLiteral("2026-04-20T10:00:00.000Z"));
                });
            });
        row("its fault comes later", QStringLiteral("8: its fault lies outside of it"),
            set(QStringLiteral("fault_at"), QStringLiteral("2027-01-01T00:00:00.000Z")));
        row("the next one overlaps", QStringLiteral("9: it began before the one before it had ended"),
            set(QStringLiteral("ended_at"), QStringLiteral("2026-04-20T12:00:00.000Z")));
        row("it settled longer than it took", QStringLiteral("8: it settled for 1801 ms and took 1800 ms"),
            set(QStringLiteral("settle_ms"), 1801));
        row("latencies out of order", QStringLiteral("8: its latencies are not in order"),
            set(QStringLiteral("latency_p50_us"), 2025));
        row("the highest is not", QStringLiteral("8: its latencies are not in order"),
            set(QStringLiteral("latency_p99_us"), 2023));
        row("a latency longer than the cycle", QStringLiteral("8: a write took 1801001 µs"),
            set(QStringLiteral("latency_p99_us"), 1'801'001));
        row("the killed node counts", QStringLiteral("8: the node that was killed counts 32 rows"),
            set(QStringLiteral("count_node0"), QStringLiteral("32")));
        QTest::newRow("classes at the same time") << Change([](QList<EvidenceFile> &files) {
            EvidenceFile other{QStringLiteral("cycles-other.jsonl"), fileOf(files, kCycles).bytes};
            other.bytes.replace("kill_primary_mid_write", "other");
            other.bytes.replace("\"settle_ms\":", "\"settle_ms\":1");
            files.append(other);
        }) << QStringLiteral("the cycles of kill_primary_mid_write and of other overlap in time");
    }

    void timesOfCyclesThatContradictThemselvesAreInvalid() {
        using Change = std::function<void(QList<EvidenceFile> &)>;
        QFETCH(const Change, change);
        QFETCH(const QString, reason);
        auto files = goodEvidence();
        QCOMPARE(judgeReports(files, goodExpectation()).verdict, Verdict::Proven);
        change(files);
        const Judgement judgement = judgeReports(files, goodExpectation());
        QCOMPARE(judgement.verdict, Verdict::InvalidEvidence);
        const auto times =
            std::find_if(judgement.checks.begin(), judgement.checks.end(),
                         [](const Check &each) { return each.id == QLatin1String("phase4.times"); });
        QVERIFY(times != judgement.checks.end());
        QVERIFY2(times->reason.startsWith(reason), qPrintable(times->reason));
    }

    void numbersThatAreNotCountsAreInvalid_data() {
        QTest::addColumn<QString>("key");
        QTest::addColumn<QJsonValue>("value");
        for (const char *key : {"ok", "total_writes", "acked", "quorum_not_met", "fail"}) {
            const QString name = QLatin1String(key);
            const auto row = [&](const char *what, const QJsonValue &value) {
                QTest::addRow("%s: %s", key, what) << name << value;
            };
            row("2^53", 9007199254740992.0);
            row("a half", 200.5);
            row("in hexadecimal", QStringLiteral("0x0c8"));
            row("an exponent in a text", QStringLiteral("2e2"));
        }
    }

    void numbersThatAreNotCountsAreInvalid() {
        QFETCH(const QString, key);
        QFETCH(const QJsonValue, value);
        auto files = goodEvidence();
        changeJson(files, QStringLiteral("phase2.json"),
                   [&](QJsonObject &report) { report.insert(key, value); });
        QCOMPARE(judgeReports(files, goodExpectation()).verdict, Verdict::InvalidEvidence);
    }

    // 2^53 + 1 reads as 2^53, so that a sum of them seems to fit.
    void sumsBeyondExactNumbersAreInvalid() {
        auto files = goodEvidence();
        changeJson(files, QStringLiteral("phase2.json"), [](QJsonObject &report) {
            report.insert(QStringLiteral("total_writes"), 9007199254740992.0);
            report.insert(QStringLiteral("ok"), 9007199254740992.0);
            report.insert(QStringLiteral("acked"), 9007199254740992.0);
            report.insert(QStringLiteral("quorum_not_met"), 1);
            const QJsonObject all{{QStringLiteral("a"), 9007199254740992.0},
                                  {QStringLiteral("b"), 9007199254740992.0},
                                  {QStringLiteral("c"), 9007199254740992.0}};
            report.insert(QStringLiteral("counts"), all);
            report.insert(QStringLiteral("acked_held"), all);
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
        const bool described =
            std::any_of(judgement.checks.begin(), judgement.checks.end(), [](const Check &check) {
                return check.actual == QLatin1String("1 of 50 cycles began");
            });
        QVERIFY(described);
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
