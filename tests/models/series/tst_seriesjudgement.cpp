// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/core/instant.h"
#include "models/series/notedalarms.h"
#include "models/series/seriesjson.h"
#include "models/series/seriesjudgement.h"
#include "models/series/seriestable.h"

#include <QJsonArray>
#include <QTest>

using namespace slipway;

namespace {

const QDateTime kBegin = instantOf(QStringLiteral("2026-04-20T20:00:00Z"));
const QString kFault = QStringLiteral("kill_primary_mid_write");

SeriesDefinition definition(int count) {
    SeriesDefinition series;
    series.name = QStringLiteral("soak");
    series.schedule.cron = *CronSchedule::parse(QStringLiteral("0 */4 * * *"));
    series.begin = kBegin;
    series.slotCount = count;
    return series;
}

SeriesRun run(int ordinal, qint64 clean, const QString &pool = QStringLiteral("7c1e ship-gate")) {
    SeriesRun one;
    one.ordinal = ordinal;
    one.slot = kBegin.addSecs(qint64(ordinal - 1) * 4 * 3600);
    one.completedAt = one.slot.addSecs(600);
    one.claimedPass = true;
    one.verdict = Verdict::UnprovenPass;
    one.hasEvidence = true;
    one.pool = pool;
    if (clean > 0)
        one.cycles << RunCycles{kFault, clean, {}};
    return one;
}

QList<SeriesRun> runs(int count, qint64 clean) {
    QList<SeriesRun> all;
    for (int i = 1; i <= count; ++i)
        all << run(i, clean);
    return all;
}

QString told(const SeriesDefinition &series, const QList<SeriesRun> &all, qint64 hours = 1000) {
    const SeriesJudgement judged = judgeSeries(series, all, {}, kBegin.addSecs(hours * 3600));
    return verdictName(judged.verdict.verdict) + QStringLiteral(": ") + judged.verdict.head;
}

} // namespace

class SeriesJudgementTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    // A run that is published again under another name adds nothing, whenever it says that it ran.
    void aCopyOfARunIsNotCounted() {
        QList<SeriesRun> all = runs(14, 50);
        for (SeriesRun &one : all) {
            for (quint64 i = 0; i < 50; ++i)
                one.courses << quint64(one.ordinal) * 1000 + i;
        }
        QCOMPARE(told(definition(14), all),
                 QStringLiteral("PROVEN: the pooled bound is 0.995116, of 0.995 claimed"));
        all[6].courses = all.at(2).courses;
        const SeriesJudgement judged = judgeSeries(definition(14), all, {}, kBegin.addSecs(3'600'000));
        QCOMPARE(judged.verdict.verdict, Verdict::InvalidEvidence);
        QCOMPARE(judged.verdict.head, QStringLiteral("1 of 14 runs hold invalid evidence"));
        QCOMPARE(judged.pools.constLast().cycles(), 13 * 50);
        QCOMPARE(
            judged.notes.constFirst(),
            QStringLiteral("Run 7 has 50 cycles of run 3: each of their times is the same. Its cycles are "
                           "not pooled, and its evidence is invalid."));
    }

    // Half a copy is one too; one cycle of fifty that took the same may be chance, and proves nothing.
    void cyclesOfAnotherRunAreNotPooled() {
        QList<SeriesRun> all = runs(14, 50);
        all[0].courses = {1, 2, 3, 4};
        all[1].courses = {5, 6, 7, 1};
        all[2].courses = {8, 2};
        all[3].courses = {9, 5, 6, 10, 11, 12, 13};
        const SeriesJudgement judged = judgeSeries(definition(14), all, {}, kBegin.addSecs(3'600'000));
        QCOMPARE(judged.runs.at(1).verdict, Verdict::UnprovenPass);
        QCOMPARE(judged.runs.at(2).verdict, Verdict::InvalidEvidence);
        QCOMPARE(judged.runs.at(3).verdict, Verdict::InvalidEvidence);
        QCOMPARE(judged.pools.constLast().cycles(), 11 * 50);
        QCOMPARE(judged.notes.size(), 3);
    }

    // What failed stays failed.
    void aCopyThatFailedStaysAFail() {
        QList<SeriesRun> all = runs(2, 50);
        all[0].courses = all[1].courses = {1, 2};
        all[1].verdict = Verdict::Fail;
        QCOMPARE(judgeSeries(definition(2), all, {}, kBegin.addSecs(3'600'000)).runs.at(1).verdict,
                 Verdict::Fail);
    }

    void theVerdictIsOneOfSix() {
        QCOMPARE(told(definition(14), runs(14, 50)),
                 QStringLiteral("PROVEN: the pooled bound is 0.995116, of 0.995 claimed"));
        QCOMPARE(told(definition(13), runs(13, 50)).section(QLatin1Char(':'), 0, 0),
                 QStringLiteral("UNPROVEN PASS"));
        QCOMPARE(told(definition(20), runs(14, 50), 14 * 4), QStringLiteral("INCOMPLETE: 6 slots to come"));
        QCOMPARE(told(definition(3), {}, -10), QStringLiteral("INCOMPLETE: no run holds evidence"));

        QList<SeriesRun> all = runs(14, 50);
        all[3].hasEvidence = false;
        all[3].verdict = Verdict::NoEvidence;
        QCOMPARE(told(definition(14), all), QStringLiteral("NO EVIDENCE: 1 of 14 slots hold no evidence"));
        SeriesDefinition lenient = definition(14);
        lenient.budgets.withoutEvidence = 1;
        QCOMPARE(told(lenient, all).section(QLatin1Char(':'), 0, 0), QStringLiteral("PROVEN"));

        all = runs(14, 50);
        all.removeAt(5);
        QCOMPARE(told(definition(14), all), QStringLiteral("NO EVIDENCE: 1 of 14 slots hold no evidence"));

        all = runs(14, 50);
        all[5].verdict = Verdict::InvalidEvidence;
        QCOMPARE(told(definition(14), all),
                 QStringLiteral("INVALID EVIDENCE: 1 of 14 runs hold invalid evidence"));
        all[6].verdict = Verdict::Incomplete;
        all[5].verdict = Verdict::UnprovenPass;
        QCOMPARE(told(definition(14), all),
                 QStringLiteral("INCOMPLETE: the evidence of 1 of 14 runs is incomplete"));
        all[5].verdict = Verdict::Fail;
        QCOMPARE(told(definition(14), all), QStringLiteral("FAIL: 1 of 14 runs failed"));
        SeriesDefinition oneRed = definition(14);
        oneRed.budgets.reds = 1;
        QCOMPARE(told(oneRed, all).section(QLatin1Char(':'), 0, 0), QStringLiteral("INCOMPLETE"));

        all = runs(14, 50);
        for (SeriesRun &one : all)
            one.cycles[0].lossy.append({0, 100});
        QCOMPARE(told(definition(14), all),
                 QStringLiteral("FAIL: the pooled bound excludes the claim of 0.995"));
    }

    void anotherServerBeginsAnotherPool() {
        QList<SeriesRun> all = runs(14, 50);
        for (int i = 10; i < 14; ++i)
            all[i].pool = QStringLiteral("a907 ship-gate");
        const QList<BoundPool> pools = poolRuns(all);
        QCOMPARE(pools.size(), qsizetype(2));
        QCOMPARE(pools.at(0).cycles(), qint64(500));
        QCOMPARE(pools.at(1).cycles(), qint64(200));
        QCOMPARE(pools.at(1).firstRun, qsizetype(10));
        QCOMPARE(told(definition(14), all).section(QLatin1Char(':'), 0, 0), QStringLiteral("UNPROVEN PASS"));
        all[12].pool.clear(); // what was not observed adds nothing
        QCOMPARE(poolRuns(all).at(1).cycles(), qint64(150));
    }

    void everyFaultClassMustSupportTheClaim() {
        QList<SeriesRun> all = runs(14, 50);
        all[0].cycles << RunCycles{QStringLiteral("partition"), 10, {}};
        const QList<BoundPool> pools = poolRuns(all);
        QVERIFY(!pools.constFirst().supports(0.995));
        QCOMPARE(pools.constFirst().classes.value(kFault).lower() >= 0.995, true);
        QVERIFY(*pools.constFirst().lower() < 0.9);
        const auto more = pools.constFirst().moreCleanCycles(0.995);
        QCOMPARE(more, std::optional<qint64>(674)); // 684 in all, 10 are there
        QCOMPARE(pools.constFirst().text(0.995),
                 QStringLiteral("%1 so far; 674 more clean cycles, about 14 runs, to 0.995")
                     .arg(*pools.constFirst().lower()));
    }

    void jsonHasTheFieldsThatScriptsRead() {
        QList<SeriesRun> all = runs(14, 0);
        all.removeAt(5);
        all[2].slot = all[1].slot;
        const QJsonObject json = seriesToJson(judgeSeries(definition(14), all, {}, kBegin.addDays(30)));
        QCOMPARE(json.value(QLatin1String("slots")).toInt(), 14);
        QCOMPARE(json.value(QLatin1String("runs")).toInt(), 13);
        QCOMPARE(json.value(QLatin1String("missed")).toInt(), 2);
        QCOMPARE(json.value(QLatin1String("doubled")).toInt(), 1);
        QCOMPARE(json.value(QLatin1String("claimed_pass")).toInt(), 13);
        QCOMPARE(json.value(QLatin1String("evidence_missing")).toInt(), 0);
        QCOMPARE(json.value(QLatin1String("verdict")).toString(), QStringLiteral("NO EVIDENCE"));
        QVERIFY(json.value(QLatin1String("bound")).isNull());
        const QJsonArray alarms = json.value(QLatin1String("alarms")).toArray();
        QCOMPARE(alarms.size(), 2);
        QCOMPARE(alarms.at(0).toObject().keys(),
                 QStringList({QStringLiteral("at"), QStringLiteral("rule"), QStringLiteral("run"),
                              QStringLiteral("state")}));
        QCOMPARE(alarms.at(0).toObject().value(QLatin1String("rule")).toString(),
                 QStringLiteral("schedule-doubled"));
        QCOMPARE(alarms.at(1).toObject().value(QLatin1String("at")).toString(),
                 QStringLiteral("2026-04-21T05:15:00Z")); // 04:00 and 75 minutes
    }

    void aChangeIsFoundWithWhatChangedThere() {
        QList<SeriesRun> all = runs(60, 0);
        for (int i = 0; i < 60; ++i) {
            all[i].seconds.insert(kWholeRun, (i < 34 ? 500 : 530) + (i * 7) % 11);
            all[i].facts.insert(QStringLiteral("image"),
                                i < 34 ? QStringLiteral("24.04.2") : QStringLiteral("24.04.3"));
            all[i].facts.insert(QStringLiteral("region"), QStringLiteral("nyc3"));
        }
        const QList<SeriesChange> changes = changesOf(all);
        QCOMPARE(changes.size(), qsizetype(1));
        QCOMPARE(changes.constFirst().run, qsizetype(34));
        QVERIFY(qAbs(changes.constFirst().point.after - changes.constFirst().point.before - 30) < 2);
        QCOMPARE(changes.constFirst().suspects, QStringList{QStringLiteral("image: 24.04.2 → 24.04.3")});
        QCOMPARE(changesOf(all).constFirst().point.pValue,
                 changes.constFirst().point.pValue); // the same again
        for (int i = 34; i < 60; ++i)
            all[i].seconds[kWholeRun] -= 30;
        QVERIFY(changesOf(all).isEmpty());
    }

    void eachBudgetBurnsByWindow() {
        SeriesDefinition series = definition(24); // four days
        series.budgets = {2, 3, 120.0};
        QList<SeriesRun> all = runs(24, 0);
        for (SeriesRun &one : all)
            one.cost = 5;
        all[1].verdict = Verdict::Fail;
        all[21].cost = 20;
        all[22].hasEvidence = false;
        all.removeLast(); // missed
        const QList<BurnRate> burn = judgeSeries(series, all, {}, kBegin.addDays(30)).burn;
        QStringList texts;
        for (const BurnRate &rate : burn)
            texts << rate.text();
        QCOMPARE(texts,
                 QStringList(
                     {QStringLiteral("last 24 hours: 2 of 6 slots without evidence, 2.7 times the "
                                     "allowed rate"),
                      QStringLiteral("last 3 days: 2 of 18 slots without evidence, 0.9 times the "
                                     "allowed rate"),
                      QStringLiteral("whole series: 2 of 24 slots without evidence, 0.7 times the "
                                     "allowed rate"),
                      QStringLiteral("last 24 hours: 0 of 6 slots with a FAIL, 0.0 times the allowed rate"),
                      QStringLiteral("last 3 days: 0 of 18 slots with a FAIL, 0.0 times the allowed rate"),
                      QStringLiteral("whole series: 1 of 24 slots with a FAIL, 0.5 times the allowed rate"),
                      QStringLiteral("last 24 hours: cost 40.00 in 6 slots, 1.3 times the allowed rate"),
                      QStringLiteral("last 3 days: cost 100.00 in 18 slots, 1.1 times the allowed rate"),
                      QStringLiteral("whole series: cost 130.00 in 24 slots, 1.1 times the allowed rate")}));
        series.budgets = {};
        const QList<BurnRate> none = judgeSeries(series, all, {}, kBegin.addDays(30)).burn;
        QCOMPARE(none.size(), qsizetype(6));
        QVERIFY(!none.constFirst().rate);
    }

    void flipsAreOfTheLastTwentyRuns() {
        QList<SeriesRun> all = runs(30, 0);
        for (int i = 0; i < 30; ++i) {
            all[i].checks.insert(QStringLiteral("phase1.recall"), i % 2 == 0);
            all[i].checks.insert(QStringLiteral("phase2.delivery"), i < 9); // before the last twenty
            all[i].checks.insert(QStringLiteral("phase3.count"), i != 20);
        }
        all[29].checks.remove(QStringLiteral("phase1.recall"));
        QStringList texts;
        for (const CheckFlips &flips : judgeSeries(definition(30), all, {}, kBegin.addDays(30)).flips)
            texts << QStringLiteral("%1 %2 of %3").arg(flips.check).arg(flips.flips).arg(flips.runs);
        QCOMPARE(texts, QStringList({QStringLiteral("phase1.recall 18 of 19"),
                                     QStringLiteral("phase3.count 2 of 20")}));
    }

    void removedRunsAreNamed() {
        SeriesNotes notes;
        for (int i = 1; i <= 12; ++i)
            notes.removed << QStringLiteral("soak-r%1").arg(i);
        const SeriesJudgement judged =
            judgeSeries(definition(14), runs(14, 50).mid(12), notes, kBegin.addDays(30));
        QVERIFY2(judged.notes.join(QLatin1Char('\n'))
                     .contains(
                         QLatin1String("12 runs were removed from the archive; neither counts nor bound rest "
                                       "on what they held: soak-r1, soak-r2")),
                 qPrintable(judged.notes.join(QLatin1Char('\n'))));
        QVERIFY(judged.notes.join(QLatin1Char('\n')).contains(QLatin1String("soak-r10 and 2 more")));
        QCOMPARE(seriesDetailsToJson(judged).value(QLatin1String("removed")).toArray().size(), 12);
        QVERIFY(judgeSeries(definition(14), runs(14, 50), {}, kBegin.addDays(30)).notes.isEmpty());
    }

    void alarmsOfNewerJudgementsAreNewOnes() {
        QList<SeriesRun> all = runs(14, 50);
        all[3].verdict = Verdict::Fail;
        const QDateTime now = all.at(9).completedAt;
        const auto judge = [&] { return judgeSeries(definition(14), all, {}, now).alarms; };
        const NotedAlarms noted = noteOf(judge(), now);
        QCOMPARE(noted.keys,
                 QStringList{QStringLiteral("loss@") + all.at(3).completedAt.toString(Qt::ISODate)});
        QVERIFY(newSince(noted, judge()).isEmpty());
        all[5].hasEvidence = false; // as newer rules read it
        QCOMPARE(newSince(noted, judge()).size(), qsizetype(1));
        QCOMPARE(newSince(noted, judge()).constFirst().first.rule, QStringLiteral("evidence-claim"));
        NotedAlarms earlier = noted;
        earlier.at = all.at(4).completedAt; // it came later then
        QVERIFY(newSince(earlier, judge()).isEmpty());
        const auto back = notedFromJson(notedToJson(noted));
        QVERIFY2(back.ok(), back ? "" : qPrintable(back.error().text));
        QCOMPARE(notedToJson(*back), notedToJson(noted));
        QVERIFY(!notedFromJson({{QStringLiteral("at"), QStringLiteral("noon")}}).ok());
    }

    void aTableIsTakenAsFarAsItCanBeBelieved() {
        const auto table = readSeriesTable(
            "run,slot,completed_at,claimed_pass,reports_with_content,cost,acked,converged,verdict,region\n"
            "nightly-r1,2026-04-20T20:13:00Z,2026-04-20T20:43:05Z,true,6,1.5,100,100,PROVEN,nyc3\n"
            "nightly-r2,2026-04-21T00:13:00Z,2026-04-21T00:43:05Z,true,3,,100,99,,nyc3\n"
            "nightly-r3,2026-04-21T04:13:00Z,,,,,,,,\n"
            "nightly-r4,2026-04-21T08:13:00Z,2026-04-21T08:43:05Z,false,6,,,,,ams3\n"
            "nightly-r5,2026-04-21T12:13:00Z,2026-04-21T12:43:05Z,true,0,,,,,ams3\n",
            QStringLiteral("t.csv"));
        QVERIFY2(table.ok(), table ? "" : qPrintable(table.error().text));
        QCOMPARE(table->name, QStringLiteral("nightly"));
        QStringList verdicts;
        for (const SeriesRun &one : table->runs)
            verdicts << QStringLiteral("%1 %2").arg(one.ordinal).arg(verdictName(*one.verdict));
        QCOMPARE(verdicts, QStringList({QStringLiteral("1 UNPROVEN PASS"), QStringLiteral("2 INCOMPLETE"),
                                        QStringLiteral("4 FAIL"), QStringLiteral("5 NO EVIDENCE")}));
        QCOMPARE(table->runs.at(1).lost, std::optional<qint64>(1));
        QCOMPARE(table->runs.at(0).cost, std::optional<double>(1.5));
        QCOMPARE(table->runs.at(2).facts.value(QStringLiteral("region")), QStringLiteral("ams3"));
        QVERIFY(!table->runs.at(3).hasEvidence);
    }

    void aTableThatIsWrongNamesTheLine_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("names");
        QTest::newRow("no title") << QByteArray("1,2\n3,4\n") << "first row";
        QTest::newRow("a time") << QByteArray("run,slot\n1,2026-04-20T20:13:00Z\n2,noon\n")
                                << "line 3: \"noon\" is not a valid slot";
        QTest::newRow("a count") << QByteArray("run,slot,lost\n1,2026-04-20T20:13:00Z,-1\n")
                                 << "line 2: \"-1\" is not a valid lost";
        QTest::newRow("a cost") << QByteArray("run,slot,cost\n1,2026-04-20T20:13:00Z,nan\n")
                                << "is not a valid cost";
        QTest::newRow("a cell too many") << QByteArray("run,slot\n1,2026-04-20T20:13:00Z,x\n") << "3 cells";
        QTest::newRow("nothing below") << QByteArray("run,slot\n") << "0 rows";
    }
    void aTableThatIsWrongNamesTheLine() {
        QFETCH(QByteArray, text);
        QFETCH(QString, names);
        const auto table = readSeriesTable(text, QStringLiteral("t.csv"));
        QVERIFY(!table.ok());
        QVERIFY2(table.error().text.contains(names), qPrintable(table.error().text));
    }

    void aDefinitionComesBackAsItWasKept() {
        SeriesDefinition series = definition(84);
        series.budgets = {1, 4, 120.5};
        series.plan = {QStringLiteral("gate"),
                       QStringLiteral("v0.6.0"),
                       {},
                       {QStringLiteral("cycles=50")},
                       QStringLiteral("/opt/ai-memory")};
        series.notices.webhook = QStringLiteral("https://example.org/hook");
        series.baseline = BaselineRange{40, 60};
        const auto back = definitionFromJson(definitionToJson(series));
        QVERIFY2(back.ok(), back ? "" : qPrintable(back.error().text));
        QCOMPARE(definitionToJson(*back), definitionToJson(series));
        QCOMPARE(back->baseline, series.baseline);
        series.baseline = BaselineRange{40, 48}; // nine runs
        QVERIFY(!checkDefinition(series).ok());
        series.baseline = BaselineRange{40, 0};
        QVERIFY(checkDefinition(series).ok());
        series.notices.webhook = QStringLiteral("https://ada:secret@example.org/hook");
        QVERIFY(!checkDefinition(series).ok());
        series.notices.webhook.clear();
        series.name = QStringLiteral("../x");
        QVERIFY(!checkDefinition(series).ok());
    }
};

QTEST_APPLESS_MAIN(SeriesJudgementTest)
#include "tst_seriesjudgement.moc"
