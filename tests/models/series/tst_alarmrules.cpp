// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/core/instant.h"
#include "models/series/alarm.h"
#include "models/series/controlcharts.h"
#include "models/series/seriesjudgement.h"
#include "models/series/seriestable.h"
#include "tests/support/testpaths.h"

#include <QFile>
#include <QTest>

using namespace slipway;

namespace {

const QDateTime kBegin = instantOf(QStringLiteral("2026-04-20T20:00:00Z"));

// Sound runs, one in each slot of four hours, 500 s long but for a ripple that keeps the sigma at 10 s or so.
QList<SeriesRun> soundRuns(int count) {
    static constexpr std::array<int, 5> kRipple{0, 12, -9, 7, -10};
    QList<SeriesRun> runs;
    for (int i = 0; i < count; ++i) {
        SeriesRun run;
        run.ordinal = i + 1;
        run.slot = kBegin.addSecs(qint64(i) * 4 * 3600);
        run.completedAt = run.slot.addSecs(1200);
        run.claimedPass = true;
        run.verdict = Verdict::UnprovenPass;
        run.hasEvidence = true;
        run.seconds.insert(kWholeRun, 500 + kRipple.at(static_cast<size_t>(i) % kRipple.size()));
        run.cost = 1.25;
        runs << run;
    }
    return runs;
}

// "loss 7", in order of time.
QStringList alarmed(const QList<SeriesRun> &runs,
                    const std::function<void(SeriesDefinition &)> &change = {}) {
    SeriesDefinition definition = inferDefinition(QStringLiteral("soak"), runs);
    if (change)
        change(definition);
    const SlotTable table = placeRuns(definition.slotTimes(kBegin.addDays(100)), definition.graceSeconds,
                                      runs, kBegin.addDays(100), {});
    QStringList told;
    for (const AlarmSignal &signal : alarmSignals(runs, table, definition))
        told << QStringLiteral("%1 %2").arg(signal.signature()).arg(signal.run);
    return told;
}

void dropEvidence(SeriesRun &run) {
    run.hasEvidence = false;
    run.verdict = Verdict::NoEvidence;
    run.seconds.clear();
}

} // namespace

class AlarmRulesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aSoundSeriesIsSilent() { QCOMPARE(alarmed(soundRuns(200)), QStringList()); }

    void thePublishedSoakAlarmsTheFirstNight() {
        QFile file(testPaths::source("tests/models/series/soak-v0.6.0.csv"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const auto table = readSeriesTable(file.readAll(), QStringLiteral("soak"));
        QVERIFY2(table.ok(), table ? "" : qPrintable(table.error().text));
        QCOMPARE(alarmed(table->runs).mid(0, 2),
                 QStringList({QStringLiteral("evidence-claim 2"), QStringLiteral("evidence-claim 17")}));
        const QDateTime now = instantOf(QStringLiteral("2026-11-30T00:00:00Z"));
        const SeriesDefinition definition = inferDefinition(QStringLiteral("soak-v0.6.0"), table->runs);
        const SeriesJudgement judged = judgeSeries(definition, table->runs, {}, now);
        QMap<QString, int> first;
        for (const Alarm &alarm : judged.alarms)
            first.insert(alarm.first.signature(), alarm.first.run);
        // One alarm a rule, and none of the rules whose matter was in order: r60 alone took too long.
        QCOMPARE(first, (QMap<QString, int>{{QStringLiteral("evidence-claim"), 2},
                                            {QStringLiteral("evidence-cusum"), 21},
                                            {QStringLiteral("evidence-rolling"), 21},
                                            {QStringLiteral("duration-individuals"), 60}}));
        QCOMPARE(judged.alarms.constFirst().first.at, instantOf(QStringLiteral("2026-04-21T01:04:18Z")));
        QCOMPARE(judged.counts.slotsInAll, qsizetype(84));
        QCOMPARE(judged.counts.missed + judged.counts.doubled, qsizetype(0));
        QCOMPARE(judged.counts.claimedPass, qsizetype(84));
        QCOMPARE(verdictName(judged.verdict.verdict), QStringLiteral("NO EVIDENCE"));
        QCOMPARE(judged.verdict.head, QStringLiteral("26 of 84 slots hold no evidence"));
        QCOMPARE(definition.schedule.text(), QStringLiteral("13 */4 * * *"));
        // The CUSUM came back below its limit in between, and the alarm of run 21 recurred.
        for (const Alarm &alarm : judged.alarms) {
            if (alarm.first.rule == QLatin1String("evidence-cusum"))
                QCOMPARE(alarm.signalList.constLast().run, 67);
        }
    }

    void eachRuleHasItsFault_data() {
        QTest::addColumn<QString>("fault");
        QTest::addColumn<QStringList>("expected");
        QTest::newRow("a claim without evidence")
            << "claim" << QStringList{QStringLiteral("evidence-claim 30")};
        QTest::newRow("no evidence, and none claimed") << "silent" << QStringList();
        QTest::newRow("two of six are not three")
            << "two"
            << QStringList{QStringLiteral("evidence-claim 30"), QStringLiteral("evidence-claim 32"),
                           QStringLiteral("evidence-cusum 33")};
        QTest::newRow("a lost write") << "write" << QStringList{QStringLiteral("loss 30")};
        QTest::newRow("a lost share") << "share" << QStringList{QStringLiteral("loss 30")};
        QTest::newRow("a red run") << "red" << QStringList{QStringLiteral("loss 30")};
        QTest::newRow("one slow run") << "slow" << QStringList{QStringLiteral("duration-individuals 30")};
        QTest::newRow("a slow run of the baseline")
            << "early" << QStringList{QStringLiteral("duration-individuals 5")};
        QTest::newRow("a hole") << "hole" << QStringList{QStringLiteral("schedule-missed 30")};
        QTest::newRow("a double") << "double" << QStringList{QStringLiteral("schedule-doubled 31")};
        QTest::newRow("a jump in cost") << "cost" << QStringList{QStringLiteral("cost 30")};
        QTest::newRow("a jump while the price is learnt") << "soon" << QStringList{QStringLiteral("cost 8")};
    }
    void eachRuleHasItsFault() {
        QFETCH(QString, fault);
        QFETCH(QStringList, expected);
        QList<SeriesRun> runs = soundRuns(60);
        SeriesRun &run = runs[29];
        if (fault == QLatin1String("claim"))
            dropEvidence(run);
        if (fault == QLatin1String("silent")) {
            dropEvidence(run);
            run.claimedPass.reset();
        }
        if (fault == QLatin1String("two")) {
            for (const int i : {29, 31, 32})
                dropEvidence(runs[i]);
            expected.insert(2, QStringLiteral("evidence-rolling 33"));
        }
        if (fault == QLatin1String("write"))
            run.lost = 1;
        if (fault == QLatin1String("share"))
            run.lostShares.insert(QStringLiteral("kill_primary_mid_write"), 0.0002);
        if (fault == QLatin1String("red"))
            run.verdict = Verdict::Fail;
        if (fault == QLatin1String("slow"))
            run.seconds[kWholeRun] = 545;
        if (fault == QLatin1String("early"))
            runs[4].seconds[kWholeRun] = 700;
        if (fault == QLatin1String("hole"))
            runs.removeAt(29);
        if (fault == QLatin1String("double"))
            runs[30].slot = runs[29].slot;
        if (fault == QLatin1String("double"))
            expected << QStringLiteral("schedule-missed 31");
        if (fault == QLatin1String("cost"))
            run.cost = 2.6;
        if (fault == QLatin1String("soon")) {
            for (int i = 7; i < 60; ++i)
                runs[i].cost = 2.6;
        }
        QStringList told = alarmed(runs);
        std::sort(told.begin(), told.end());
        std::sort(expected.begin(), expected.end());
        QCOMPARE(told, expected);
    }

    void aShiftIsFoundByTheSumsBeforeOneRunIsBeyondItsLimits() {
        QList<SeriesRun> runs = soundRuns(60);
        for (int i = 30; i < 60; ++i)
            runs[i].seconds[kWholeRun] += 17;
        QStringList rules;
        for (const QString &told : alarmed(runs))
            rules << told.section(QLatin1Char(' '), 0, 0);
        QVERIFY2(rules.contains(QStringLiteral("duration-cusum")) &&
                     rules.contains(QStringLiteral("duration-ewma")),
                 qPrintable(rules.join(QLatin1Char(' '))));
        QVERIFY(!rules.contains(QStringLiteral("duration-individuals")));
    }

    void theBudgetOfCostHasAnAlarmOfItsOwn() {
        QCOMPARE(alarmed(soundRuns(60), [](SeriesDefinition &definition) { definition.budgets.cost = 50; }),
                 QStringList{QStringLiteral("cost/budget 41")});
    }

    // The work grew at run 41 and stays so, which is known; run 80 is slow for what it is now.
    void alarmsFollowTheNamedBaseline_data() {
        QTest::addColumn<int>("first");
        QTest::addColumn<int>("last");
        QTest::addColumn<QString>("about41"); // whether run 41 begins to be out
        QTest::addColumn<QString>("about80");
        QTest::newRow("the first runs") << 0 << 0 << "duration-individuals 41"
                                        << "";
        QTest::newRow("a range") << 41 << 60 << "duration-individuals 1"
                                 << "duration-individuals 80";
        QTest::newRow("from a run on") << 41 << 0 << "duration-individuals 1"
                                       << "duration-individuals 80";
        QTest::newRow("a range with too few runs") << 95 << 110 << ""
                                                   << "";
    }
    void alarmsFollowTheNamedBaseline() {
        QFETCH(int, first);
        QFETCH(int, last);
        QFETCH(QString, about41);
        QFETCH(QString, about80);
        QList<SeriesRun> runs = soundRuns(100);
        for (int i = 40; i < 100; ++i)
            runs[i].seconds[kWholeRun] += 60;
        runs[79].seconds[kWholeRun] = 610;
        const QStringList told = alarmed(runs, [&](SeriesDefinition &definition) {
            if (first > 0)
                definition.baseline = BaselineRange{first, last};
        });
        QStringList expected{about41, about80};
        expected.removeAll(QString());
        QCOMPARE(told.filter(QStringLiteral("duration-individuals")), expected);
        // The sums begin after the baseline: those of a range do not see the growth that is in it.
        QCOMPARE(told.filter(QStringLiteral("duration-ewma")).isEmpty(), first > 0);
        QCOMPARE(told.filter(QStringLiteral("duration-cusum")).isEmpty(), first > 0);
    }

    void chartsAreThoseOfTheBook() {
        // Montgomery, 7th edition, example 9.1: CUSUM of 30 values, mean 10, sigma 1; out of control at 29.
        const QList<double> values{9.45, 7.99,  9.29,  11.66, 12.16, 10.18, 8.04,  11.46, 9.2,   10.34,
                                   9.03, 11.47, 10.51, 9.4,   10.08, 9.37,  10.62, 10.31, 8.52,  10.84,
                                   10.9, 9.33,  12.29, 11.5,  10.6,  11.08, 10.38, 11.62, 11.31, 10.52};
        TabularCusum cusum({10, 1});
        int first = 0;
        for (qsizetype i = 0; i < values.size(); ++i) {
            if (cusum.add(values.at(i)) && first == 0)
                first = static_cast<int>(i) + 1;
        }
        QCOMPARE(first, 29);
        BernoulliCusum sum(0.05, 0.25, 3);
        QVERIFY(!sum.add(true));
        QVERIFY(qAbs(sum.sum() - std::log(5.0)) < 1e-12);
        QVERIFY(sum.add(true)); // two in a row are 3.2
    }

    void aPersonsWordStandsUntilItRecurs() {
        const auto signal = [](int run, qint64 hours) {
            return AlarmSignal{QStringLiteral("loss"), {}, run, kBegin.addSecs(hours * 3600), {}};
        };
        const auto acted = [](AlarmState state, qint64 hours, qint64 untilHours = 0) {
            return AlarmAction{QStringLiteral("loss"),
                               state,
                               kBegin.addSecs(hours * 3600),
                               untilHours > 0 ? kBegin.addSecs(untilHours * 3600) : QDateTime(),
                               QStringLiteral("Ada"),
                               QStringLiteral("why")};
        };
        const auto stateOf = [](const QList<AlarmSignal> &signalList, const QList<AlarmAction> &actions,
                                qint64 nowHours) {
            const QList<Alarm> alarms = alarmsOf(signalList, actions, kBegin.addSecs(nowHours * 3600));
            return alarms.size() == 1 ? QStringLiteral("%1 %2")
                                            .arg(alarmStateName(alarms.constFirst().state))
                                            .arg(alarms.constFirst().first.run)
                                      : QStringLiteral("%1 alarms").arg(alarms.size());
        };
        const QList<AlarmSignal> twice{signal(2, 4), signal(9, 40)};
        QCOMPARE(stateOf(twice, {}, 50), QStringLiteral("open 2"));
        QCOMPARE(stateOf(twice, {acted(AlarmState::Acknowledged, 10)}, 50), QStringLiteral("acknowledged 2"));
        QCOMPARE(stateOf(twice, {acted(AlarmState::Resolved, 10)}, 50), QStringLiteral("open 9"));
        QCOMPARE(stateOf(twice, {acted(AlarmState::Resolved, 45)}, 50), QStringLiteral("resolved 2"));
        QCOMPARE(stateOf(twice, {acted(AlarmState::Resolved, 10), acted(AlarmState::Resolved, 45)}, 50),
                 QStringLiteral("resolved 9"));
        QCOMPARE(stateOf(twice, {acted(AlarmState::Snoozed, 10, 60)}, 50), QStringLiteral("snoozed 2"));
        QCOMPARE(stateOf(twice, {acted(AlarmState::Snoozed, 10, 45)}, 50), QStringLiteral("open 2"));
    }
};

QTEST_APPLESS_MAIN(AlarmRulesTest)
#include "tst_alarmrules.moc"
