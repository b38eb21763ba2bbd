// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/core/instant.h"
#include "models/series/seriescharts.h"
#include "models/series/seriescriteria.h"
#include "models/series/seriescsv.h"
#include "models/series/seriesrecord.h"
#include "tests/support/testpaths.h"

#include <QFile>
#include <QTest>

using namespace slipway;

namespace {

const QDateTime kNow = instantOf(QStringLiteral("2026-11-30T00:00:00Z"));

SeriesJudgement fieldSeries() {
    QFile file(testPaths::source("tests/models/series/soak-v0.6.0.csv"));
    SeriesRecord record;
    record.name = QStringLiteral("soak-v0.6.0");
    record.table = file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    const auto judged = judgeRecord(record, {}, kNow);
    return judged ? *judged : SeriesJudgement();
}

QString stateOf(const SeriesJudgement &judged, const QString &name) {
    for (const SeriesCriterion &criterion : criteriaOf(judged)) {
        if (criterion.name.startsWith(name))
            return criterionStateName(criterion.state) + QStringLiteral(": ") + criterion.came;
    }
    return {};
}

} // namespace

// What a report and the window show of a judgement.
class SeriesReportTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void criteriaSayWhatCame() {
        const SeriesJudgement judged = fieldSeries();
        QCOMPARE(stateOf(judged, QStringLiteral("Slots without")), QStringLiteral("broken: 26 of 84"));
        QCOMPARE(stateOf(judged, QStringLiteral("Runs that FAIL")), QStringLiteral("holds: 0 of 84"));
        QCOMPARE(stateOf(judged, QStringLiteral("Lower bound")),
                 QStringLiteral("not measured: no observed cycle to pool"));
        QCOMPARE(stateOf(judged, QStringLiteral("Cost")), QStringLiteral("not measured: not recorded"));
    }

    void holesHaveTimes() {
        const SeriesJudgement judged = fieldSeries();
        const QList<SeriesHole> holes = holesOf(judged);
        QCOMPARE(holes.size(), qsizetype(8)); // runs 2, 17, 19, 21, 25, 31, 41, and 66 to 84
        QCOMPARE(judged.table.slotList.at(holes.constLast().first).number, 66);
        QCOMPARE(holes.constLast().last - holes.constLast().first + 1, qsizetype(19));
        QCOMPARE(slotTimeText(judged.table.slotList.at(holes.constLast().first).at),
                 QStringLiteral("1 May 2026 16:13"));
        QVERIFY(storyOf(judged).forEngineers.contains(QStringLiteral("19 slots in a row")));
    }

    void chartsShareTheTimeOfTheSlots() {
        const SeriesJudgement judged = fieldSeries();
        const QList<SeriesChart> charts = chartsOf(judged);
        QCOMPARE(charts.size(), qsizetype(4));
        for (const SeriesChart &chart : charts) {
            QCOMPARE(chart.points.size(), qsizetype(84));
            QCOMPARE(chart.points.constFirst().at, judged.table.slotList.constFirst().at);
        }
        QVERIFY(!charts.at(0).isMeasured()); // no cycle was published: nothing is drawn as a value
        QCOMPARE(charts.at(0).answer, QStringLiteral("none yet"));
        // The sum is first above its limit at run 21, as the rule's alarm is.
        qsizetype first = -1;
        for (const SeriesChart::Point &point : charts.at(1).points) {
            if (point.isOut && first < 0)
                first = judged.runs.at(point.run).ordinal;
        }
        QCOMPARE(first, qsizetype(21));
        // What was not measured is no value.
        QVERIFY(!charts.at(2).points.at(1).value);
        QVERIFY(charts.at(2).points.at(0).value);
    }

    void daysHaveTheirSlots() {
        const QList<SlotDay> days = slotDays(fieldSeries().table);
        QCOMPARE(days.size(), qsizetype(15));
        QCOMPARE(days.constFirst().slotList.size(), qsizetype(1));
        QCOMPARE(days.at(1).slotList.size(), qsizetype(6));
    }

    void aTextOfACsvIsNoFormula() {
        SeriesJudgement judged = fieldSeries();
        judged.runs[0].id = QStringLiteral("=HYPERLINK(\"x\")");
        const QByteArray csv = runsCsv(judged);
        QCOMPARE(csv.count("\r\n"), 85);
        QVERIFY(csv.contains("\"'=HYPERLINK(\"\"x\"\")\""));
        QCOMPARE(slotsCsv(judged).count("\r\n"), 85);
        QVERIFY(alarmsCsv(judged).contains("evidence-claim,open,2,"));
    }

    void aTableAddsWhatACampaignHasNot() {
        SeriesRecord record;
        record.name = QStringLiteral("soak");
        record.table = "run,slot,completed_at,claimed_pass,reports_with_content,cost\n"
                       "1,2026-04-20T20:00Z,2026-04-20T20:10Z,true,6,2\n"
                       "2,2026-04-21T00:00Z,2026-04-21T00:10Z,true,6,2\n";
        SeriesRun campaign;
        campaign.id = QStringLiteral("soak-r1");
        campaign.ordinal = 1;
        campaign.verdict = Verdict::Fail;
        const auto runs = runsOfRecord(record, {campaign});
        QVERIFY(runs.ok());
        QCOMPARE(runs->size(), qsizetype(2));
        QCOMPARE(runs->at(0).verdict, std::optional(Verdict::Fail)); // its own evidence comes first
        QCOMPARE(runs->at(0).cost, std::optional(2.0));
        QCOMPARE(judgeRecord({QStringLiteral("none"), {}, {}, {}, {}, {}}, {}, kNow).error().code,
                 ErrorCode::NotFound);
    }

    void limitsSayWhichRunsTheyAreFrom() {
        SeriesJudgement judged = fieldSeries();
        const auto noteOf = [&](qsizetype chart) { return chartsOf(judged).at(chart).note; };
        QVERIFY(noteOf(2).contains(QStringLiteral("limits from the first 20 runs with evidence")));
        judged.definition.baseline = BaselineRange{42, 65};
        QVERIFY(noteOf(2).contains(QStringLiteral("limits from runs 42 to 65")));
        QVERIFY(noteOf(3).contains(QStringLiteral("Limits from runs 42 to 65")));
        judged.definition.baseline = BaselineRange{66, 84}; // none of them holds evidence
        QCOMPARE(chartsOf(judged).at(2).answer, QStringLiteral("no limits yet"));
        QVERIFY(noteOf(2).contains(QStringLiteral("too few of runs 66 to 84 are measured")));
    }

    void whatWasMeasuredHasAChart() {
        SeriesJudgement judged = fieldSeries();
        const auto idsOf = [&] {
            QStringList ids;
            for (const SeriesChart &chart : chartsOf(judged).mid(4))
                ids << chart.id;
            return ids;
        };
        QCOMPARE(idsOf(), QStringList()); // the field's runs hold none of it
        for (SeriesRun &run : judged.runs) {
            run.measures.insert(kLatencyP50, 4.2);
            run.cost = run.ordinal == 60 ? 9 : 1.25;
        }
        judged.runs[3].measures.clear();
        judged.counts.hasCost = true;
        judged.counts.cost = 112.75;
        QCOMPARE(idsOf(), QStringList({QStringLiteral("latency-p50"), QStringLiteral("cost")}));
        const SeriesChart latency = chartsOf(judged).at(4);
        QVERIFY(latency.note.startsWith(QStringLiteral("No rule: shown only.")));
        QCOMPARE(latency.answer, QStringLiteral("4.2 ms"));
        QVERIFY(!latency.points.at(3).value); // not measured, and not 0
        const SeriesChart cost = chartsOf(judged).at(5);
        QVERIFY(cost.note.startsWith(QStringLiteral("Rule cost")));
        QCOMPARE(std::count_if(cost.points.begin(), cost.points.end(),
                               [](const SeriesChart::Point &point) { return point.isOut; }),
                 qsizetype(1));
        QVERIFY(cost.points.at(59).isOut);
    }

    void whatIsSaidFitsTheCounts() {
        SeriesJudgement judged = fieldSeries();
        judged.verdict.verdict = Verdict::UnprovenPass;
        QVERIFY(storyOf(judged).forDecisions.startsWith(QStringLiteral("Nothing failed")));
        judged.counts.reds = 1;
        QVERIFY(
            storyOf(judged).forDecisions.startsWith(QStringLiteral("No more runs failed than is allowed")));
        QVERIFY(storyOf(judged).forEverybody.contains(
            QStringLiteral("84 runs claimed a success. 26 of them left")));
        judged.runs.last().claimedPass = false; // it left nothing, and claims nothing
        QVERIFY(storyOf(judged).forEverybody.contains(QStringLiteral("25 of them left")));
    }

    void aRunWithoutATimeIsNotDrawn() {
        SeriesJudgement judged = fieldSeries();
        SeriesRun &run = judged.runs[3];
        run.slot = run.startedAt = run.completedAt = {};
        for (SeriesSlot &slot : judged.table.slotList)
            slot.runs.removeAll(3);
        for (const SeriesChart &chart : chartsOf(judged))
            QCOMPARE(chart.points.size(), qsizetype(83));
    }

    void aKindOfLogLineIsNewOnce() {
        SeriesJudgement judged = fieldSeries();
        judged.runs[1].logKinds = {1, 2};
        judged.runs[2].logKinds = {2};
        judged.runs[4].logKinds = {2, 3, 4};
        judged.runs[5].logKinds = {1, 4, 5};
        const SeriesChart kinds = chartsOf(judged).at(4);
        QCOMPARE(kinds.id, QStringLiteral("log-kinds"));
        const QList<std::optional<double>> expected{std::nullopt, std::nullopt, 0, std::nullopt, 2, 1};
        for (qsizetype i = 0; i < expected.size(); ++i)
            QCOMPARE(kinds.points.at(i).value, expected.at(i));
        QCOMPARE(kinds.answer, QStringLiteral("1"));
    }
};

QTEST_GUILESS_MAIN(SeriesReportTest)
#include "tst_seriesreport.moc"
