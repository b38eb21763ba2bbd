// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/models/evidence/rulerows.h"

#include <QTest>

using namespace slipway;
using namespace slipway::test;

// What is asked of the cycles and the report of phase 4, a change at a time.
class ChaosRulesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void cyclesThatContradictThemselves_data() {
        ruleColumns();
        const auto flaw = [](const char *name, const Change &change, const QByteArray &why) {
            row(name, change, "phase4.cycles.*", "invalid", "20 cycles", ("*, " + why).constData());
        };
        const auto sound = [](const char *name, const Change &change) {
            row(name, change, "phase4.cycles.*", "pass", "20 cycles");
        };
        const auto seven = [](const QByteArray &key, const QByteArray &value) {
            return inCycle(7, key, value);
        };
        sound("as measured", all({}));
        flaw("of another class", seven("fault", "\"x\""), "cycle 7: it is of x");
        for (const char *key : {"writes", "ok", "quorum_not_met", "fail"})
            flaw(key, seven(key, ""), "cycle 7: the outcomes of its writes are not there");
        flaw("a sum too long", seven("fail", "9"), "cycle 7: the outcomes of its writes do not add up to 40");
        flaw("refused writes do not add up", seven("quorum_not_met", "1"),
             "cycle 7: the outcomes of its writes do not add up to 40");
        flaw("more writes than were planned", all({seven("writes", "41"), seven("fail", "9")}),
             "cycle 7: the outcomes of its writes do not add up to 40");
        sound("refused writes", all({seven("quorum_not_met", "1"), seven("fail", "7")}));
        for (const char *key : {"count_node1", "count_node2"}) {
            flaw(key, seven(key, "\"ERR\""), "cycle 7: a survivor could not be counted");
            flaw((QByteArray(key) + " over").constData(), seven(key, "41"),
                 "cycle 7: a survivor holds more rows than were written");
            sound((QByteArray(key) + " all").constData(), seven(key, "40"));
            flaw((QByteArray(key) + " under").constData(), seven(key, "31"),
                 "cycle 7: a survivor holds fewer rows than acknowledged writes were found on it");
            sound((QByteArray(key) + " just").constData(), seven(key, "32"));
        }
        sound("the primary's rows are not asked for", seven("count_node0", "\"ERR\""));
        flaw("more in flight than were made", seven("in_flight", "41"),
             "cycle 7: more writes were in flight than were made");
        sound("all in flight", seven("in_flight", "40"));
        sound("none told in flight", seven("in_flight", ""));
        const auto times = [=](const char *start, const char *fault, const char *end) {
            const auto at = [](const char *time) {
                return "\"2026-01-02T10:00:0" + QByteArray(time) + "Z\"";
            };
            return all({seven("started_at", *start ? at(start) : ""), seven("fault_at", at(fault)),
                        seven("ended_at", *end ? at(end) : "")});
        };
        sound("a fault within", times("1", "2", "3"));
        sound("a fault at the beginning", times("1", "1", "3"));
        sound("a fault at the end", times("1", "3", "3"));
        flaw("a fault before", times("2", "1", "3"), "cycle 7: its fault lies outside of it");
        flaw("a fault after", times("1", "4", "3"), "cycle 7: its fault lies outside of it");
        flaw("a fault after, without a beginning", times("", "4", "3"),
             "cycle 7: its fault lies outside of it");
        flaw("a fault before, without an end", times("2", "1", ""), "cycle 7: its fault lies outside of it");
        for (const char *key : {"durable", "converged"})
            flaw(key, seven(key, ""), "cycle 7: the survivors were not asked which writes they hold");
        flaw("converged more than durable", seven("durable", "31"),
             "cycle 7: more writes were found than were acknowledged");
        flaw("durable more than acknowledged", all({seven("durable", "33"), seven("count_node1", "34")}),
             "cycle 7: more writes were found than were acknowledged");
        flaw("more lost than were", seven("lost", "[\"w\"]"),
             "cycle 7: more writes are named as lost than were");
        sound("as many lost as were", all({seven("lost", "[\"w\"]"), seven("converged", "31")}));
        flaw("a number twice", seven("cycle", "8"), "cycle 8 is there twice");
        flaw("a number missing", seven("cycle", "99"), "cycle 7 is not there, later ones are");
        flaw("the last number too high", inCycle(20, "cycle", "21"), "cycle 20 is not there, later ones are");
        const Change noise = [](Files &files) { fileOf(files, kCycles).bytes.prepend("hello\n"); };
        flaw("noise", noise, "cycles-*.jsonl, byte 0: a cycle's line is no JSON object: hello");
        flaw(
            "not read", [](Files &files) { fileOf(files, kCycles).problem = QStringLiteral("too large"); },
            "too large");

        const Change shorter = [](Files &files) {
            QByteArray &lines = fileOf(files, kCycles).bytes;
            lines.truncate(lines.lastIndexOf('\n', -2) + 1);
        };
        row("a cycle less", shorter, "phase4.cycles.*", "missing", "19 cycles", "*: 19 of 20 cycles ran");
        row("fewer than the report plans", set("phase4.json", "cycles_per_fault", "21"), "phase4.cycles.*",
            "missing", "20 cycles", "*: 20 of 21 cycles ran");
        row("the last one cut off", inCycle(20, "started_at", "\"2026-01-02T10:00:00Z\""), "phase4.cycles.*",
            "missing", "19 cycles", "*: cycle 20 began and did not end: 19 of 20 cycles ran");
        row(
            "the only one cut off",
            [](Files &files) {
                fileOf(files, kCycles).bytes = "{\"cycle\":1,\"fault\":\"kill_primary_mid_write\",\"started_"
                                               "at\":\"2026-01-02T10:00:00Z\"}\n";
            },
            "phase4.bound.*", "absent");
    }
    void cyclesThatContradictThemselves() { judgeRow(ruleExpectation()); }

    void chaosReports_data() {
        ruleColumns();
        const char *file = "phase4.json";
        row("gone", without(file), "phase4.report", "missing", "no file", "phase4.json is not there");
        row("of another phase", set(file, "phase", "3"), "phase4.phase", "invalid", "3",
            "phase4.json is the report of phase 3");

        row("counts that vary", all({}), "phase4.saturation.*", "absent");
        for (const char *key : {"count_node1", "count_node2"})
            row(key, inCycles(key, "20"), "phase4.saturation.*", "invalid", "20",
                "* sits at 20 in all 20 cycles: a ceiling, not a measurement");
        row("found at a page", inCycles("converged", "20"), "phase4.saturation.*", "invalid", "20",
            "* sits at 20 in all 20 cycles: a ceiling, not a measurement");
        row("the same loss in each", inCycles("converged", "31"), "phase4.saturation.*", "absent");
        row("one that differs", all({inCycles("count_node1", "20"), inCycle(9, "count_node1", "21")}),
            "phase4.saturation.*", "absent");

        const char *share = "convergence_by_fault.kill_primary_mid_write";
        row("a share as by its cycles", all({}), "phase4.convergence_by_fault.*", "pass", "1");
        row("a share that is floored", set(file, share, "0.999"), "phase4.convergence_by_fault.*", "pass",
            "0.999");
        row("another share", set(file, share, "0.998"), "phase4.convergence_by_fault.*", "invalid", "0.998",
            "convergence_by_fault of * is 0.998 in the report and 1 by its cycles");
        row("no share", set(file, share, ""), "phase4.convergence_by_fault.*", "invalid", "not there",
            "convergence_by_fault of * is not there in the report and 1 by its cycles");
        // 657 rows of 640 acknowledged writes; the field does not cut it at 1.
        row("a share over 1", set(file, share, "1.026"), "phase4.convergence_by_fault.*", "pass", "1.026");
        row("another share over 1", set(file, share, "1.5"), "phase4.convergence_by_fault.*", "invalid",
            "1.5", "convergence_by_fault of * is 1.5 in the report and 1.0265625 by its cycles");
        row("a share below what the cycles say", inCycles("count_node1", "36"),
            "phase4.convergence_by_fault.*", "pass", "1");
        row("a share above it", all({inCycles("count_node1", "16"), inCycle(1, "count_node1", "17")}),
            "phase4.convergence_by_fault.*", "invalid", "1",
            "convergence_by_fault of * is 1 in the report and 0.5015625 by its cycles");
        for (const char *key : {"acked_by_fault", "durable_by_fault", "converged_by_fault"}) {
            const QByteArray path = QByteArray(key) + ".kill_primary_mid_write";
            const QByteArray id = "phase4." + QByteArray(key) + ".*";
            row((path + " one less").constData(), set(file, path, "639"), id.constData(), "invalid", "639",
                (key + QByteArray(" of * is 639 in the report and 640 by its cycles")).constData());
            row((path + " one more").constData(), set(file, path, "641"), id.constData(), "invalid", "641",
                (key + QByteArray(" of * is 641 in the report and 640 by its cycles")).constData());
            row(path.constData(), all({}), id.constData(), "pass", "640");
        }
        row("lost in one cycle, found by the report",
            all({inCycle(3, "converged", "30"), inCycle(3, "durable", "31")}), "phase4.converged_by_fault.*",
            "invalid", "640", "converged_by_fault of * is 640 in the report and 638 by its cycles");
        row("not durable in one cycle", all({inCycle(3, "converged", "30"), inCycle(3, "durable", "31")}),
            "phase4.durable_by_fault.*", "invalid", "640",
            "durable_by_fault of * is 640 in the report and 639 by its cycles");

        row("converged", all({}), "phase4.convergence.*", "pass", "640 of 640");
        QList<Change> lost{inCycles("converged", "26")};
        for (int number = 1; number <= 4; ++number)
            lost.append(inCycle(number, "converged", "24"));
        row("just converged", all(lost), "phase4.convergence.*", "pass", "512 of 640");
        lost.append(inCycle(5, "converged", "25"));
        row("not converged", all(lost), "phase4.convergence.*", "fail", "511 of 640",
            "*: 511 acknowledged writes reached every survivor, at least 512 of 640 must");
        row("none acknowledged",
            all({inCycles("ok", "0"), inCycles("fail", "40"), inCycles("durable", "0"),
                 inCycles("converged", "0")}),
            "phase4.convergence.*", "invalid", "0 of 0",
            "*: no write was acknowledged, so nothing was tested");

        row("bound", all({}), "phase4.bound.*", "pass",
            "0.8435 over 20 cycles (a fixed number of independent cycles: 0.8608; 640 independent writes: "
            "0.9953)");
        row("never struck", inCycles("in_flight", "0"), "phase4.bound.*", "unsupported", "no sample",
            "* never overlapped a write that was in flight, so it tested nothing");
        // What is not known to be there counts as lost, and a cycle without outcomes not at all.
        row("not asked once", inCycle(3, "converged", ""), "phase4.bound.*", "unsupported",
            "0.7250 over 20 cycles (a fixed number of independent cycles: 0.7838; 640 independent writes: "
            "0.9334)",
            "*: 19 of 20 cycles lost nothing, which supports 0.7250; 9 more such cycles are needed to "
            "support 0.8");
        row("one without outcomes", inCycle(3, "ok", ""), "phase4.bound.*", "pass",
            "0.8360 over 19 cycles (a fixed number of independent cycles: 0.8541; 608 independent writes: "
            "0.0000)");
        row("struck once in flight", inCycles("in_flight", "1"), "phase4.bound.*", "pass",
            "0.8435 over 20 cycles (a fixed number of independent cycles: 0.8608; 640 independent writes: "
            "0.9953)");

        row("planned", all({}), "phase4.cycles_per_fault", "pass", "20");
        row("planned fewer", set(file, "cycles_per_fault", "19"), "phase4.cycles_per_fault", "missing", "19",
            "19 of 20 cycles were asked for");
        row("planned unknown", set(file, "cycles_per_fault", ""), "phase4.cycles_per_fault", "missing",
            "not there", "not there of 20 cycles were asked for");
        row("planned more", set(file, "cycles_per_fault", "21"), "phase4.cycles_per_fault", "pass", "21");
        row("claim", set(file, "pass", "false"), "phase4.claim", "invalid", "pass: false",
            "phase4.json claims a fail, its numbers say otherwise");
        row(
            "another class's cycles",
            [](Files &files) {
                files.append({QStringLiteral("cycles-clock_skew_peer.jsonl"), fileOf(files, kCycles).bytes});
            },
            "phase4.cycles.clock_skew_peer", "invalid", "20 cycles", "clock_skew_peer, cycle 1: it is of *");
    }
    void chaosReports() { judgeRow(ruleExpectation()); }

    // A report without its cycles gives a share, and no counts.
    void sharesWithoutCycles_data() {
        ruleColumns();
        const char *file = "phase4.json";
        const char *share = "convergence_by_fault.kill_primary_mid_write";
        const Change bare = without(kCycles.toLatin1());
        row("whole", bare, "phase4.convergence.*", "pass", "1");
        row("no counts", bare, "phase4.bound.*", "missing", "no raw counts",
            "*: the report gives a share and no counts, so it supports no bound");
        row("just enough", all({bare, set(file, share, "0.8")}), "phase4.convergence.*", "pass", "0.8");
        row("too little", all({bare, set(file, share, "0.79")}), "phase4.convergence.*", "fail", "0.79",
            "*: 0.79 < 0.8");
        row("not there", all({bare, set(file, share, "")}), "phase4.convergence.*", "missing", "not there",
            "the fault class * was not exercised");
        row("nor its counts", all({bare, set(file, share, "")}), "phase4.bound.*", "absent");
        row("not a number", all({bare, set(file, share, "\"ERR\"")}), "phase4.convergence.*", "invalid",
            "ERR", "*: \"ERR\" is no share");
        row("more than all", all({bare, set(file, share, "1.001")}), "phase4.convergence.*", "invalid",
            "1.001", "*: \"1.001\" is no share");
        row("a page", all({bare, set(file, share, "0.5")}), "phase4.convergence.*", "invalid", "0.5",
            "* is exactly 20 of 40 rows: a page's size, not a measurement");
        row("a page of what was planned",
            all({bare, set(file, share, "0.5"), set(file, "writes_per_cycle", "")}), "phase4.convergence.*",
            "invalid", "0.5", "* is exactly 20 of 40 rows: a page's size, not a measurement");
        row("a page of the report's own",
            all({bare, set(file, share, "0.4"), set(file, "writes_per_cycle", "50")}), "phase4.convergence.*",
            "invalid", "0.4", "* is exactly 20 of 50 rows: a page's size, not a measurement");
        row("all of a page's size", all({bare, set(file, "writes_per_cycle", "20")}), "phase4.convergence.*",
            "pass", "1");
        row("another class", all({bare, set(file, "convergence_by_fault.other", "0.1")}),
            "phase4.convergence.other", "fail", "0.1", "other: 0.1 < 0.8");
        const auto classes = [](int count) {
            return [=](Files &files) {
                changeJson(files, QStringLiteral("phase4.json"), [=](QJsonObject &report) {
                    QJsonObject shares = report.value(QStringLiteral("convergence_by_fault")).toObject();
                    for (int i = 1; i < count; ++i)
                        shares.insert(QStringLiteral("f%1").arg(i), 1);
                    report.insert(QStringLiteral("convergence_by_fault"), shares);
                });
            };
        };
        row("as many classes as are judged", all({bare, classes(64)}), "phase4.faults", "absent");
        row("more classes than are judged", all({bare, classes(65)}), "phase4.faults", "invalid", "> 64",
            "the evidence names more than 64 fault classes");
    }
    void sharesWithoutCycles() { judgeRow(ruleExpectation()); }

    // The field's lines count rows.
    void cyclesOfTheField_data() {
        ruleColumns();
        const Change field = all({inCycles("durable", ""), inCycles("converged", "")});
        row("rows counted", field, "phase4.convergence.*", "pass", "657 of 640");
        row("rows support nothing", field, "phase4.bound.*", "unsupported", "rows counted",
            "*: rows were counted, acknowledged writes were not looked for; taken for independent writes, "
            "640 of 640 "
            "would support 0.9953");
        row("rows are not compared by identity", field, "phase4.acked_by_fault.*", "absent");
        row("a standstill", all({field, inCycles("count_node1", "30")}), "phase4.saturation.*", "invalid",
            "30", "* sits at 30 in all 20 cycles: a ceiling, not a measurement");
        row("a standstill at what was acknowledged", all({field, inCycles("count_node1", "32")}),
            "phase4.saturation.*", "absent");
        row("a standstill below any page", all({field, inCycles("count_node1", "9")}), "phase4.saturation.*",
            "absent");
        row("a standstill at the smallest page", all({field, inCycles("count_node1", "10")}),
            "phase4.saturation.*", "invalid", "10",
            "* sits at 10 in all 20 cycles: a ceiling, not a measurement");
        row("rows lost", all({field, inCycles("count_node2", "20"), inCycle(1, "count_node2", "19")}),
            "phase4.convergence.*", "fail", "399 of 640",
            "*: 399 acknowledged writes reached every survivor, at least 512 of 640 must");
        for (const char *key : {"durable", "converged"})
            row(key, all({field, inCycle(3, key, "32")}), "phase4.cycles.*", "invalid", "20 cycles",
                "*, cycle 1: the survivors were not asked which writes they hold");
        row("no counts of a bare share", without(kCycles.toLatin1()), "phase4.bound.*", "unsupported",
            "no raw counts", "*: the report gives a share and no counts, so it supports no bound");
        row("no report beside whole cycles", without("phase4.json"), "phase4.report", "unsupported",
            "no file", "phase4.json is not there");
        row("an empty report beside whole cycles", bytes("phase4.json", ""), "phase4.report", "unsupported",
            "empty", "phase4.json is empty");
        row("no report, a cycle cut off",
            all({without("phase4.json"), inCycle(20, "started_at", "\"2026-01-02T10:00:00Z\"")}),
            "phase4.report", "missing", "no file", "phase4.json is not there");
        row("no report and no cycles", all({without("phase4.json"), without(kCycles.toLatin1())}),
            "phase4.report", "missing", "no file", "phase4.json is not there");
    }
    void cyclesOfTheField() {
        Expectation expectation = ruleExpectation();
        expectation.judgeAsField();
        judgeRow(expectation);
    }
};

QTEST_APPLESS_MAIN(ChaosRulesTest)
#include "tst_chaosrules.moc"
