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
        sound("none reported in flight", seven("in_flight", ""));
        for (const char *key : {"durable", "converged"})
            flaw(key, seven(key, ""), "cycle 7: the survivors were not asked which writes they hold");
        flaw("converged more than durable", seven("durable", "31"),
             "cycle 7: more writes were found than were acknowledged");
        flaw("durable more than acknowledged", all({seven("durable", "33"), seven("count_node1", "34")}),
             "cycle 7: more writes were found than were acknowledged");
        flaw("more lost than were", seven("lost", "[\"w\"]"),
             "cycle 7: more writes are named as lost than were");
        sound("as many lost as were", all({seven("lost", "[\"w\"]"), seven("converged", "31")}));
        flaw("a number twice", seven("cycle", "6"), "cycle 6 is there twice, or after a later one");
        flaw("a later number", seven("cycle", "8"), "cycle 7 is not there, later ones are");
        flaw("something was wrong", seven("trouble", "\"node-1 (pid 7): it ended\""),
             "cycle 7: node-1 (pid 7): it ended");
        for (const char *key : {"changed", "not_own"}) {
            flaw(key, seven(key, "1"),
                 "cycle 7: more writes came back changed, or from another node, than are missing");
            sound((QByteArray(key) + " of one that is missing").constData(),
                  all({seven(key, "2"), seven("converged", "31")}));
        }
        flaw("changed and not its own",
             all({seven("changed", "2"), seven("not_own", "1"), seven("converged", "31")}),
             "cycle 7: more writes came back changed, or from another node, than are missing");
        flaw("a number missing", seven("cycle", "99"), "cycle 7 is not there, later ones are");
        flaw("the last number too high", inCycle(20, "cycle", "21"), "cycle 20 is not there, later ones are");
        const Change noise = [](Files &files) { fileOf(files, kCycles).bytes.prepend("hello\n"); };
        flaw("noise", noise, "cycles-*.jsonl, byte 0: a cycle's line is not a JSON object: hello");
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
        row("the last one cut off", inCycle(20, "ended_at", ""), "phase4.cycles.*", "missing", "19 cycles",
            "*: cycle 20 began and did not end: 19 of 20 cycles ran");
        row(
            "the only one cut off",
            [](Files &files) {
                fileOf(files, kCycles).bytes = "{\"cycle\":1,\"fault\":\"kill_primary_mid_write\",\"started_"
                                               "at\":\"2026-01-02T10:00:00Z\"}\n";
            },
            "phase4.bound.*", "absent");
    }
    void cyclesThatContradictThemselves() { judgeRow(ruleExpectation()); }

    // 20 of 30 cycles ran, where a class may end early.
    void classesThatEndedEarly_data() {
        ruleColumns();
        const Change planned = set("phase4.json", "cycles_per_fault", "30");
        row("decided", planned, "phase4.cycles.*", "pass", "20 of 30 cycles, which decide");
        row("none struck", all({planned, inCycles("in_flight", "0")}), "phase4.cycles.*", "missing",
            "20 cycles", "*: 20 of 30 cycles ran");
        row("one loses all", all({planned, inCycle(3, "converged", "0")}), "phase4.cycles.*", "missing",
            "20 cycles", "*: 20 of 30 cycles ran");
        row("ruled out", all({planned, inCycles("converged", "3"), inCycles("durable", "3")}),
            "phase4.cycles.*", "pass", "20 of 30 cycles, which decide");
        row("ruled out is a fail", all({planned, inCycles("converged", "3"), inCycles("durable", "3")}),
            "phase4.convergence.*", "fail", "60 of 640",
            "*: 60 acknowledged writes reached every survivor, at least 512 of 640 must");
        row("the last one cut off", all({planned, inCycle(20, "ended_at", "")}), "phase4.cycles.*", "missing",
            "19 cycles", "*: cycle 20 began and did not end: 19 of 30 cycles ran");
        row("a flaw", all({planned, inCycle(7, "fail", "9")}), "phase4.cycles.*", "invalid", "20 cycles",
            "*, cycle 7: the outcomes of its writes do not add up to 40");
    }
    void aClassThatRanToItsEndDidNotEndEarly() {
        Expectation expectation = ruleExpectation();
        expectation.stopEarly = true;
        const Judgement judgement = judgeReports(goodEvidence(kFewCycles), expectation);
        QCOMPARE(checkWith(judgement, QStringLiteral("phase4.cycles.kill_primary_mid_write"))->actual,
                 QStringLiteral("20 cycles"));
    }

    void classesThatEndedEarly() {
        Expectation expectation = ruleExpectation();
        expectation.cycles = 30;
        expectation.stopEarly = true;
        judgeRow(expectation);
    }

    // Cycle n begins 2 n seconds after 10:13:20, is struck 0.3 s later and takes 1.8 s.
    void timesOfCycles_data() {
        ruleColumns();
        const auto at = [](const char *time) { return "\"2026-04-20T10:13:" + QByteArray(time) + "Z\""; };
        const auto seven = [](const QByteArray &key, const QByteArray &value) {
            return inCycle(7, key, value);
        };
        const auto flaw = [](const char *name, const Change &change, const char *why, int cycle = 7) {
            const QByteArray reason = "*, cycle " + QByteArray::number(cycle) + ": " + why;
            row(name, change, "phase4.times", "invalid", "a contradiction", reason.constData());
        };
        const auto sound = [](const char *name, const Change &change,
                              const char *actual = "20 cycles in order") {
            row(name, change, "phase4.times", "pass", actual);
        };
        sound("as measured", all({}));
        sound("a fault at the beginning", seven("fault_at", at("34")));
        sound("a fault at the end", seven("fault_at", at("35.8")));
        flaw("a fault before", seven("fault_at", at("33.999")), "its fault lies outside of it");
        flaw("a fault after", seven("fault_at", at("35.801")), "its fault lies outside of it");
        flaw("a fault after, without a beginning",
             all({seven("started_at", ""), seven("fault_at", at("35.801"))}), "its fault lies outside of it");
        flaw("a fault before, without an end", all({seven("ended_at", ""), seven("fault_at", at("33.999"))}),
             "its fault lies outside of it");
        sound("no fault", seven("fault_at", ""));
        const Change no = seven("fault_at", "");
        flaw("ended before it began", all({no, seven("ended_at", at("33.999"))}), "it ended before it began");
        flaw("took no time, settled for some", all({no, seven("ended_at", at("34"))}),
             "it settled for 317 ms and took 0 ms in all");
        sound("settled all the time", seven("settle_ms", "1800"));
        flaw("settled for longer", seven("settle_ms", "1801"),
             "it settled for 1801 ms and took 1800 ms in all");
        sound("began when the one before ended", seven("started_at", at("33.8")));
        flaw("began before the one before ended", seven("started_at", at("33.799")),
             "it began before the one before it had ended: cycles of one host overlap in time");
        flaw("began before the last that had times",
             all({inCycle(6, "started_at", ""), seven("started_at", at("33.799"))}),
             "it began before the one before it had ended: cycles of one host overlap in time");
        flaw("began before one that has no end",
             all({inCycle(6, "ended_at", ""), seven("started_at", at("31.999"))}),
             "it began before the one before it had ended: cycles of one host overlap in time");
        sound("equal latencies", all({seven("latency_p50_us", "9"), seven("latency_p95_us", "9"),
                                      seven("latency_p99_us", "9")}));
        for (const char *key : {"latency_p50_us", "latency_p95_us"})
            flaw(key, seven(key, "6000"), "its latencies are not in order");
        flaw("the middle one is not there",
             all({seven("latency_p95_us", ""), seven("latency_p50_us", "6000")}),
             "its latencies are not in order");
        sound("a latency as long as the cycle", seven("latency_p99_us", "1801000"));
        flaw("a latency longer than the cycle", seven("latency_p99_us", "1801001"),
             "a write took 1801001 µs, all of the cycle 1800 ms");
        flaw("the killed node counts", seven("count_node0", "\"0\""),
             "the node that was killed counts 0 rows");
        sound("a node counts that was not killed",
              all({seven("count_node0", "\"0\""), seven("fault_injected", "false")}));
        const auto copy = [&](const char *but) {
            QList<Change> changes;
            const QList<std::pair<QByteArray, QByteArray>> six{{"settle_ms", "286"},
                                                               {"latency_p50_us", "1006"},
                                                               {"latency_p95_us", "2018"},
                                                               {"latency_p99_us", "5042"}};
            for (const auto &[key, value] : six) {
                if (key != but)
                    changes.append(seven(key, value));
            }
            return all(changes);
        };
        flaw("a copy at another time", copy(""),
             "it is a copy of another one: each of its times is the same");
        for (const char *key : {"settle_ms", "latency_p50_us", "latency_p95_us", "latency_p99_us"})
            sound((QByteArray("the same but for ") + key).constData(), copy(key));
        sound("the same but for its end", all({copy(""), seven("ended_at", at("35.799"))}));
        sound("the same but for its fault", all({copy(""), seven("fault_at", at("34.301"))}));
        for (const char *key : {"started_at", "fault_at", "ended_at", "settle_ms"})
            sound((QByteArray("the same, without ") + key).constData(),
                  all({copy(""), inCycle(6, key, ""), seven(key, "")}));
        QList<Change> silent;
        for (const char *key : {"started_at", "fault_at", "ended_at"})
            silent.append(inCycles(key, ""));
        row("the field has no times", all(silent), "phase4.times", "absent");
        silent.append(seven("latency_p50_us", "6000"));
        flaw("without times, latencies out of order", all(silent), "its latencies are not in order");
        sound("one that has no times", all({seven("started_at", ""), no, seven("ended_at", "")}),
              "19 cycles in order");
        const auto otherClass = [](int seconds) {
            return [=](Files &files) {
                QByteArray lines = fileOf(files, kCycles).bytes;
                lines.replace("kill_primary_mid_write", "other");
                lines.replace("\"settle_ms\":", "\"settle_ms\":1"); // no copies
                for (const char *minute : {"13", "14"})
                    lines.replace(QByteArray("T10:") + minute,
                                  "T10:" + QByteArray::number(atoi(minute) + seconds / 60));
                files.append({QStringLiteral("cycles-other.jsonl"), lines});
            };
        };
        sound("another class later", otherClass(600), "40 cycles in order");
        row("another class at the same time", otherClass(0), "phase4.times", "invalid", "a contradiction",
            "the cycles of * and of other overlap in time");
    }
    void timesOfCycles() { judgeRow(ruleExpectation()); }

    void chaosReports_data() {
        ruleColumns();
        const char *file = "phase4.json";
        row("gone", without(file), "phase4.report", "missing", "no file", "phase4.json is not there");
        row("of another phase", set(file, "phase", "3"), "phase4.phase", "invalid", "3",
            "phase4.json is the report of phase 3");

        row("counts that vary", all({}), "phase4.saturation.*", "absent");
        for (const char *key : {"count_node1", "count_node2"})
            row(key, inCycles(key, "20"), "phase4.saturation.*", "invalid", "20",
                "* counts exactly 20 in 20 of 20 cycles, and never more: a ceiling, not a measurement");
        row("found at a page", inCycles("converged", "20"), "phase4.saturation.*", "invalid", "20",
            "* counts exactly 20 in 20 of 20 cycles, and never more: a ceiling, not a measurement");
        row("the same loss in each", inCycles("converged", "31"), "phase4.saturation.*", "absent");
        row("one that is higher", all({inCycles("count_node1", "20"), inCycle(9, "count_node1", "21")}),
            "phase4.saturation.*", "absent");
        row("one that is lower", all({inCycles("count_node1", "20"), inCycle(9, "count_node1", "12")}),
            "phase4.saturation.*", "invalid", "20",
            "* counts exactly 20 in 19 of 20 cycles, and never more: a ceiling, not a measurement");

        const char *share = "convergence_by_fault.kill_primary_mid_write";
        row("a share that has no end",
            all({inCycles("count_node2", "20"), inCycle(7, "ok", "31"), inCycle(7, "fail", "9")}),
            "phase4.convergence_by_fault.*", "invalid", "1",
            "convergence_by_fault of * is 1 in the report and 0.625978090766823 by its cycles");
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
        row("nothing", all({bare, set(file, share, "0")}), "phase4.convergence.*", "invalid", "0",
            "*: a share of 0 and no cycle: nothing was tested");
        row("hardly anything", all({bare, set(file, share, "0.001")}), "phase4.convergence.*", "fail",
            "0.001", "*: 0.001 < 0.8");
        row("less than nothing", all({bare, set(file, share, "-0.1")}), "phase4.convergence.*", "invalid",
            "-0.1", "*: \"-0.1\" is not a share");
        row("not there", all({bare, set(file, share, "")}), "phase4.convergence.*", "missing", "not there",
            "the fault class * was not exercised");
        row("nor its counts", all({bare, set(file, share, "")}), "phase4.bound.*", "absent");
        row("not a number", all({bare, set(file, share, "\"ERR\"")}), "phase4.convergence.*", "invalid",
            "ERR", "*: \"ERR\" is not a share");
        row("more than all", all({bare, set(file, share, "1.001")}), "phase4.convergence.*", "invalid",
            "1.001", "*: \"1.001\" is not a share");
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
            "30", "* counts exactly 30 in 20 of 20 cycles, and never more: a ceiling, not a measurement");
        row("a standstill at what was acknowledged", all({field, inCycles("count_node1", "32")}),
            "phase4.saturation.*", "absent");
        row("a standstill below any page", all({field, inCycles("count_node1", "9")}), "phase4.saturation.*",
            "absent");
        row("a standstill at the smallest page", all({field, inCycles("count_node1", "10")}),
            "phase4.saturation.*", "invalid", "10",
            "* counts exactly 10 in 20 of 20 cycles, and never more: a ceiling, not a measurement");
        row("rows lost",
            all({field, inCycles("count_node2", "20"), inCycle(1, "count_node2", "19"),
                 inCycle(2, "count_node2", "18"), inCycle(3, "count_node2", "17")}),
            "phase4.convergence.*", "fail", "394 of 640",
            "*: 394 acknowledged writes reached every survivor, at least 512 of 640 must");
        for (const char *key : {"durable", "converged"})
            row(key, all({field, inCycle(3, key, "32")}), "phase4.cycles.*", "invalid", "20 cycles",
                "*, cycle 1: the survivors were not asked which writes they hold");
        row("a cycle is not there", all({field, inCycle(3, "cycle", "9")}), "phase4.cycles.*", "invalid",
            "20 cycles", "*, cycle 3 is not there, later ones are");
        row("a bare share, and no cycle was seen", without(kCycles.toLatin1()), "phase4.convergence.*",
            "missing", "no evidence",
            "*: no evidence: the report gives a share of 1, and no line of a cycle was ever there: nothing "
            "was "
            "tested");
        // Lines with nothing of ours, as the field writes them.
        QList<Change> bare{field};
        for (const char *key : {"in_flight", "fault_injected", "settle_ms", "started_at", "fault_at",
                                "ended_at", "latency_p50_us", "latency_p95_us", "latency_p99_us"})
            bare << inCycles(key, "");
        const Change plain = all(bare);
        const char *unseen =
            "*: no evidence: none of 20 cycles shows that its fault took effect with a write in flight";
        row("a primary that cannot be counted any more", plain, "phase4.convergence.*", "pass", "657 of 640");
        row("a primary that still answers", all({plain, inCycles("count_node0", "\"32\"")}),
            "phase4.convergence.*", "missing", "no evidence", unseen);
        row("a primary that still answers supports nothing", all({plain, inCycles("count_node0", "\"32\"")}),
            "phase4.bound.*", "unsupported", "no sample", "*: no cycle shows that its fault took effect");
        row("no write failed",
            all({plain, inCycles("writes", "32"), inCycles("fail", "0"),
                 set("phase4.json", "writes_per_cycle", "32")}),
            "phase4.convergence.*", "missing", "no evidence", unseen);
        row("one cycle that shows it",
            all({plain, inCycles("count_node0", "\"32\""), inCycle(3, "count_node0", "\"ERR\"")}),
            "phase4.convergence.*", "pass", "657 of 640");
        row("the cycle that shows it lost",
            all({plain, inCycles("count_node0", "\"32\""), inCycle(3, "count_node0", "\"ERR\""),
                 inCycle(3, "count_node1", "\"11\"")}),
            "phase4.convergence.*", "fail", "11 of 32",
            "*: 11 acknowledged writes of cycles that were struck reached every survivor, at least 26 of 32 "
            "must");
        row("no report with whole cycles", without("phase4.json"), "phase4.report", "unsupported", "no file",
            "phase4.json is not there");
        row("an empty report with whole cycles", bytes("phase4.json", ""), "phase4.report", "unsupported",
            "empty", "phase4.json is empty");
        row("a log in the report's place",
            all({without(kCycles.toLatin1()),
                 bytes("phase4.json", "[chaos] chaos campaign: fault=kill cycles=50 writes/cycle=10\n"
                                      "[chaos] cycle 1: nodes ready (pids 1 2 3)\n"
                                      "{\n  \"total_writes\": 10,\n  \"total_ok\": 8\n}\n")}),
            "phase4.salvage.kill", "invalid", "1 of 50 cycles began, 8 of 10 writes were acknowledged",
            "phase4.json holds the harness's log: kill, 1 of 50 cycles began, 8 of 10 writes were "
            "acknowledged");
        row("a log with whole cycles", bytes("phase4.json", "[chaos] cycle 1: nodes ready (pids 1 2 3)\n"),
            "phase4.salvage.chaos", "absent");
        row("no report, a cycle cut off", all({without("phase4.json"), inCycle(20, "ended_at", "")}),
            "phase4.report", "missing", "no file", "phase4.json is not there");
        row("no report and no cycles", all({without("phase4.json"), without(kCycles.toLatin1())}),
            "phase4.report", "missing", "no file", "phase4.json is not there");
    }
    void cyclesOfTheField() {
        Expectation expectation = ruleExpectation();
        expectation.judgeAsField();
        judgeRow(expectation);
    }

    // The lines of a printed no-op, or of a filter that the host refused, read as if all was well.
    void aClassWhoseEffectNothingShowsIsNoEvidence_data() {
        QTest::addColumn<QByteArray>("share"); // that phase4.json claims; empty for no lines of cycles either
        QTest::addColumn<QByteArray>("line");
        QTest::addColumn<Verdict>("verdict");
        const QByteArray whole = R"({"cycle":N,"fault":"F","writes":15,"ok":15,"quorum_not_met":0,"fail":0,)"
                                 R"("count_node0":"15","count_node1":"15","count_node2":"15"})";
        QByteArray refused = whole;
        refused.replace(R"("ok":15,"quorum_not_met":0)", R"("ok":12,"quorum_not_met":3)");
        QByteArray unreachable = whole;
        unreachable.replace(R"("count_node0":"15")", R"("count_node0":"ERR")");
        QByteArray lost = whole;
        lost.replace(R"("count_node2":"15")", R"("count_node2":"9")");
        QTest::newRow("all as written") << QByteArray("1") << whole << Verdict::NoEvidence;
        QTest::newRow("some refused") << QByteArray("1") << refused << Verdict::NoEvidence;
        QTest::newRow("the first node does not answer")
            << QByteArray("1") << unreachable << Verdict::NoEvidence;
        QTest::newRow("no lines") << QByteArray("1") << QByteArray() << Verdict::NoEvidence;
        QTest::newRow("no lines, and a share that fails")
            << QByteArray("0.5") << QByteArray() << Verdict::NoEvidence;
        QTest::newRow("a loss is one all the same") << QByteArray("0.6") << lost << Verdict::Fail;
    }
    void aClassWhoseEffectNothingShowsIsNoEvidence() {
        QFETCH(const QByteArray, share);
        QFETCH(const QByteArray, line);
        QFETCH(const Verdict, verdict);
        Expectation expectation;
        expectation.requiredPhases = {4};
        expectation.faults = {QStringLiteral("clock_skew_peer"), QStringLiteral("partition_minority")};
        expectation.cycles = 3;
        expectation.writesPerCycle = 15;
        expectation.judgeAsField();
        Files files;
        QByteArrayList shares;
        for (const QString &fault : expectation.faults) {
            QByteArray lines;
            for (int cycle = 1; cycle <= 3 && !line.isEmpty(); ++cycle) {
                QByteArray one = line;
                one.replace("\"F\"", '"' + fault.toLatin1() + '"');
                lines += one.replace("\"cycle\":N", "\"cycle\":" + QByteArray::number(cycle)) + '\n';
            }
            if (!lines.isEmpty())
                files.append({QStringLiteral("cycles-%1.jsonl").arg(fault), lines});
            shares << '"' + fault.toLatin1() + "\":" + share;
        }
        files.append({QStringLiteral("phase4.json"),
                      QByteArray(R"({"phase":4,"pass":)") + (share == "1" ? "true" : "false") +
                          R"(,"cycles_per_fault":3,"writes_per_cycle":15,"convergence_by_fault":{)" +
                          shares.join(',') + R"(},"reasons":[]})"});
        const Judgement judgement = judgeReports(files, expectation);
        const QString described = verdictName(judgement.verdict) + QStringLiteral(": ") + judgement.reason;
        QCOMPARE(judgement.phases.constFirst().verdict, verdict);
        QVERIFY2(judgement.verdict == verdict, qPrintable(described));
        const Check *check = checkWith(judgement, QStringLiteral("phase4.convergence.clock_skew_peer"));
        QVERIFY(check && check->outcome != Check::Outcome::Pass);
    }

    // A share that a report gives shows no effect. Where nobody asked for the class it changes nothing else.
    void aShareOfAClassThatShowsNothingIsNotAPass() {
        Expectation expectation = Expectation::published();
        Files files = goodEvidence(kFewCycles);
        files.removeIf([](const EvidenceFile &file) { return file.name == kCycles; });
        fileOf(files, QStringLiteral("phase4.json")).bytes =
            R"({"phase":4,"pass":true,"cycles_per_fault":50,"writes_per_cycle":100,"convergence_by_fault":{"kill_primary_mid_write":1.0,"clock_skew_peer":1.0},"reasons":[]})";
        const QString id = QStringLiteral("phase4.convergence.clock_skew_peer");
        QCOMPARE(worthOf(checkWith(judgeReports(files, expectation), id)), QStringLiteral("unsupported"));
        expectation.faults << QStringLiteral("clock_skew_peer");
        QCOMPARE(worthOf(checkWith(judgeReports(files, expectation), id)), QStringLiteral("missing"));
    }

    // Which writes are lost is not to be seen in counts.
    void lossesOfTheField_data() {
        ruleColumns();
        const Change field = all({inCycles("durable", ""), inCycles("converged", "")});
        row("rows counted", field, "phase4.losses.*", "unsupported", "rows counted",
            "*: rows were counted, which writes are lost is not known");
    }
    void lossesOfTheField() {
        Expectation expectation = ruleExpectation();
        expectation.judgeAsField();
        expectation.lossesMax = 0;
        judgeRow(expectation);
    }
};

QTEST_APPLESS_MAIN(ChaosRulesTest)
#include "tst_chaosrules.moc"
