// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/models/evidence/rulerows.h"

#include <QTest>

using namespace slipway;
using namespace slipway::test;

// What is asked of the reports of phases 1 and 3, a change at a time.
class ReportRulesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void functionalReports_data() {
        ruleColumns();
        const char *file = "phase1-node-b.json";
        const auto is = [=](const QByteArray &text) { return bytes(file, text); };
        row("gone", without(file), "phase1.report.node-b", "missing", "no file",
            "phase1-node-b.json is not there");
        row("empty", is(" \n"), "phase1.report.node-b", "invalid", "empty", "phase1-node-b.json is empty");
        row("a log", is("hello\nyou"), "phase1.report.node-b", "invalid", "9 bytes",
            "phase1-node-b.json is not a JSON object: it begins with \"hello you\"");
        row("an array", is("[1]"), "phase1.report.node-b", "invalid", "3 bytes",
            "phase1-node-b.json is not a JSON object: it begins with \"[1]\"");
        row("a long log", is(QByteArray(50, 'x')), "phase1.report.node-b", "invalid", "50 bytes",
            "phase1-node-b.json is not a JSON object: it begins with "
            "\"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\"");
        row("a key twice", is("{\"a\":1,\"a\":2}"), "phase1.report.node-b", "invalid", "13 bytes",
            "phase1-node-b.json says \"a\" twice in one place, so it says neither");
        row(
            "not read",
            [=](Files &files) {
                fileOf(files, QString::fromLatin1(file)).problem = QStringLiteral("too large");
            },
            "phase1.report.node-b", "invalid", "417 bytes", "phase1-node-b.json cannot be read: too large");
        row("too large", is("{}" + QByteArray(16 * 1024 * 1024 - 1, ' ')), "phase1.report.node-b", "invalid",
            "16777217 bytes", "phase1-node-b.json is larger than the 16 MiB that a report may have");
        row("too large, whatever it holds", is(QByteArray(16 * 1024 * 1024 + 1, 'x')), "phase1.report.node-b",
            "invalid", "16777217 bytes",
            "phase1-node-b.json is larger than the 16 MiB that a report may have");
        row("just not too large", is("{}" + QByteArray(16 * 1024 * 1024 - 2, ' ')), "phase1.report.node-b",
            "pass", "16777216 bytes");

        row("another phase", set(file, "phase", "2"), "phase1.phase.node-b", "invalid", "2",
            "phase1-node-b.json is the report of phase 2");
        row("half a phase", set(file, "phase", "1.5"), "phase1.phase.node-b", "invalid", "1.5",
            "phase1-node-b.json is the report of phase 1.5");
        row("no phase", set(file, "phase", ""), "phase1.phase.node-b", "unsupported", "not there",
            "phase1-node-b.json does not say which phase it is of");
        row("a null phase", set(file, "phase", "null"), "phase1.phase.node-b", "unsupported", "not there",
            "phase1-node-b.json does not say which phase it is of");
        row("pieced together", set(file, "_reconstructed_from", "\"the log\""), "phase1.original.node-b",
            "unsupported", "pieced together afterwards",
            "phase1-node-b.json was pieced together afterwards from the log");
        row("as written", all({}), "phase1.original.node-b", "absent");

        row("another host", set(file, "host", "\"node-c\""), "phase1.host.node-b", "invalid", "node-c",
            "phase1-node-b.json is the report of \"node-c\"");
        row("the field's host", set(file, "host", "\"aim-r1-node-b\""), "phase1.host.node-b", "pass",
            "aim-r1-node-b");
        row("a host that ends likewise", set(file, "host", "\"xnode-b\""), "phase1.host.node-b", "invalid",
            "xnode-b", "phase1-node-b.json is the report of \"xnode-b\"");

        row("recall of none", set(file, "recall_count", "0"), "phase1.recall.node-b", "fail", "0",
            "node-b: recall_count is 0, at least 1 is needed");
        row("recall of two", set(file, "recall_count", "2"), "phase1.recall.node-b", "pass", "2");
        row("recall as text", set(file, "recall_count", "\"1\""), "phase1.recall.node-b", "pass", "1");
        row("no recall", set(file, "recall_count", ""), "phase1.recall.node-b", "invalid", "not there",
            "the report does not say recall_count");
        row("half a recall", set(file, "recall_count", "3.5"), "phase1.recall.node-b", "invalid", "3.5",
            "recall_count is not a count: 3.5");
        row("recall below nothing", set(file, "recall_count", "-1"), "phase1.recall.node-b", "invalid", "-1",
            "recall_count is not a count: -1");
        row("recall as far as numbers are exact", set(file, "recall_count", "9007199254740991"),
            "phase1.recall.node-b", "pass", "9.00719925474099e+15");
        row("recall beyond exact numbers", set(file, "recall_count", "9007199254740994"),
            "phase1.recall.node-b", "invalid", "9.00719925474099e+15",
            "recall_count is not a count: 9.00719925474099e+15");
        row("recall that is true", set(file, "recall_count", "true"), "phase1.recall.node-b", "invalid",
            "true", "recall_count is not a count: true");
        row("recall that is not a number", set(file, "recall_count", "\"nan\""), "phase1.recall.node-b",
            "invalid", "nan", "recall_count is not a count: nan");
        row("stats of none", set(file, "stats.total", "0"), "phase1.stats.node-b", "fail", "0",
            "node-b: stats.total is 0, at least 1 is needed");
        row("two snapshots", set(file, "snapshot_count", "2"), "phase1.snapshot.node-b", "fail", "2",
            "node-b: snapshot_count is 2, not 1");
        row("no manifest", set(file, "manifest_count", "0"), "phase1.manifest.node-b", "fail", "0",
            "node-b: manifest_count is 0, not 1");
        row("a tool too few", set(file, "mcp_tool_count", "29"), "phase1.mcp.node-b", "fail", "29",
            "node-b: mcp_tool_count is 29, at least 30 is needed");
        row("just enough tools", set(file, "mcp_tool_count", "30"), "phase1.mcp.node-b", "pass", "30");

        row("a curator with an error",
            set(file, "curator.errors", "[\"locked\",\"no LLM client configured\"]"), "phase1.curator.node-b",
            "fail", "1", "node-b: the curator reports 1 errors");
        row("a curator with an error and its missing model",
            set(file, "curator.errors", "[\"index corrupt; no LLM client configured\"]"),
            "phase1.curator.node-b", "fail", "1", "node-b: the curator reports 1 errors");
        row("a curator that names itself",
            set(file, "curator.errors", "[\"curator: no LLM client configured\"]"), "phase1.curator.node-b",
            "pass", "0");
        row("a curator with none", set(file, "curator.errors", "[]"), "phase1.curator.node-b", "pass", "0");
        row("a curator without a model", all({}), "phase1.curator.node-b", "pass", "0");
        row("a curator that says nothing", set(file, "curator", ""), "phase1.curator.node-b", "invalid",
            "not there", "node-b: the curator's errors are not there");
        row("errors that are not lists", set(file, "curator.errors", "0"), "phase1.curator.node-b", "invalid",
            "not there", "node-b: the curator's errors are not there");
        row("a curator that does not say what it scanned", all({}), "phase1.curator_scanned.node-b",
            "absent");
        row("a curator that scanned nothing", set(file, "curator.memories_scanned", "0"),
            "phase1.curator_scanned.node-b", "fail", "0", "node-b: the curator looked at 0 memories");
        row("a curator that scanned one", set(file, "curator.memories_scanned", "1"),
            "phase1.curator_scanned.node-b", "pass", "1");

        row("another snapshot", set(file, "snapshot_hash_matches", "false"), "phase1.snapshot_hash.node-b",
            "fail", "false", "node-b: the snapshot's SHA-256 is not the manifest's");
        row("a snapshot that was only counted", set(file, "snapshot_hash_matches", ""),
            "phase1.snapshot_hash.node-b", "unsupported", "not there",
            "node-b: the snapshot was counted, not compared with its manifest");
        row("no tiers", all({}), "phase1.tiers.node-b", "absent");
        row("tiers that add up",
            all({set(file, "stats.total", "3"), set(file, "stats.by_tier", "[{\"count\":1},{\"count\":2}]")}),
            "phase1.tiers.node-b", "pass", "3");
        row("tiers that are not counts",
            all({set(file, "stats.total", "1"),
                 set(file, "stats.by_tier", "[{\"count\":-5},{\"count\":5.5},{\"count\":0.5}]")}),
            "phase1.tiers.node-b", "invalid", "-5", "node-b: the tiers hold -5, the total is 1");
        row("tiers that do not", set(file, "stats.by_tier", "[{\"count\":1},{\"count\":2}]"),
            "phase1.tiers.node-b", "invalid", "3", "node-b: the tiers hold 3, the total is 1");
        row("tiers of many",
            all({set(file, "stats.total", "123456789012345"),
                 set(file, "stats.by_tier", "[{\"count\":123456789012345}]")}),
            "phase1.tiers.node-b", "pass", "123456789012345");
        row("tiers of no total",
            all({set(file, "stats.total", "\"ERR\""), set(file, "stats.by_tier", "[{\"count\":1}]")}),
            "phase1.tiers.node-b", "absent");

        row("another server", set(file, "version", "\"server 2\""), "phase1.one_server", "invalid", "several",
            "the nodes do not run the same server");
        row("another binary", set(file, "server_sha256", "\"abd\""), "phase1.one_server", "invalid",
            "several", "the nodes do not run the same server");
        const auto everywhere = [](const char *key) {
            return all({set("phase1-node-a.json", key, ""), set("phase1-node-b.json", key, ""),
                        set("phase1-node-c.json", key, "")});
        };
        row("no version", everywhere("version"), "phase1.one_server", "pass", "abc");
        row("no hash", everywhere("server_sha256"), "phase1.one_server", "pass", "server 1");
        row("no server", all({everywhere("version"), everywhere("server_sha256")}), "phase1.one_server",
            "unsupported", "not there", "no node says which server it runs");
        row("no report at all",
            all({without("phase1-node-a.json"), without("phase1-node-b.json"),
                 without("phase1-node-c.json")}),
            "phase1.one_server", "absent");
        row(
            "a node that nobody asked for",
            [](Files &files) {
                files.append({QStringLiteral("phase1-node-x.json"),
                              fileOf(files, QStringLiteral("phase1-node-a.json")).bytes});
            },
            "phase1.host.node-x", "invalid", "node-a", "phase1-node-x.json is the report of \"node-a\"");

        row("a fail that nothing shows", set(file, "pass", "false"), "phase1.claim.node-b", "invalid",
            "pass: false", "phase1-node-b.json claims a fail, its numbers say otherwise");
        row("a fail with a reason",
            all({set(file, "pass", "false"), set(file, "reasons", "[\"\",\"it was slow\"]")}),
            "phase1.claim.node-b", "invalid", "pass: false",
            "phase1-node-b.json claims a fail, its numbers say otherwise: it was slow");
        row("a pass with a reason against it", set(file, "reasons", "[\"it was slow\"]"),
            "phase1.claim.node-b", "invalid", "pass: true",
            "phase1-node-b.json claims a pass and gives a reason against it: it was slow");
        row("a pass against its numbers", set(file, "recall_count", "0"), "phase1.claim.node-b", "invalid",
            "pass: true",
            "phase1-node-b.json claims a pass, but node-b: recall_count is 0, at least 1 is needed");
        row("a fail as its numbers say", all({set(file, "recall_count", "0"), set(file, "pass", "false")}),
            "phase1.claim.node-b", "pass", "pass: false");
        row("a pass though something cannot be supported", set(file, "snapshot_hash_matches", ""),
            "phase1.claim.node-b", "pass", "pass: true");
        row("no claim", set(file, "pass", ""), "phase1.claim.node-b", "invalid", "no claim",
            "phase1-node-b.json does not say whether it passed");
        row("a claim as text", set(file, "pass", "\"true\""), "phase1.claim.node-b", "invalid", "no claim",
            "phase1-node-b.json does not say whether it passed");
    }
    void functionalReports() { judgeRow(ruleExpectation()); }

    void migrationReports_data() {
        ruleColumns();
        const char *file = "phase3.json";
        row("gone", without("phase3.json"), "phase3.report", "missing", "no file",
            "phase3.json is not there");
        row("of another phase", set(file, "phase", "2"), "phase3.phase", "invalid", "2",
            "phase3.json is the report of phase 2");
        row("read too few", set(file, "report_forward.memories_read", "999"), "phase3.forward.read", "fail",
            "999", "report_forward.memories_read is 999, not 1000");
        row("written too many", set(file, "report_idempotent.memories_written", "1001"),
            "phase3.idempotent.written", "fail", "1001",
            "report_idempotent.memories_written is 1001, not 1000");
        row("written none", set(file, "report_reverse.memories_written", "0"), "phase3.reverse.written",
            "fail", "0", "report_reverse.memories_written is 0, not 1000");
        row("no errors", all({}), "phase3.reverse.errors", "pass", "0");
        row("two errors", set(file, "report_reverse.errors", "[\"a\",\"b\"]"), "phase3.reverse.errors",
            "fail", "2", "report_reverse reports 2 errors");
        row("errors not reported", set(file, "report_reverse.errors", ""), "phase3.reverse.errors", "invalid",
            "not there", "report_reverse does not list its errors");
        row("it did not run", set(file, "error_forward", "\"it ended with 1: boom\""), "phase3.forward.ran",
            "invalid", "no report", "SQLite to PostgreSQL left no report: it ended with 1: boom");
        row("it ran", all({}), "phase3.forward.ran", "absent");
        row("a rehearsal", set(file, "report_forward.dry_run", "true"), "phase3.forward.real", "invalid",
            "true", "report_forward was a dry run, so nothing was migrated");
        row("no rehearsal", set(file, "report_forward.dry_run", "false"), "phase3.forward.real", "pass",
            "false");
        row("not reported whether", all({}), "phase3.forward.real", "absent");
        const auto went = [=](const QByteArray &report, const char *from, const char *to) {
            return all({set(file, report + ".from_url", from), set(file, report + ".to_url", to)});
        };
        row("there", went("report_forward", "\"sqlite://a\"", "\"postgres://b\""), "phase3.forward.direction",
            "pass", "sqlite to postgres");
        row("there again", went("report_idempotent", "\"sqlite:///a\"", "\"postgresql://b\""),
            "phase3.idempotent.direction", "pass", "sqlite to postgresql");
        row("the wrong way there", went("report_forward", "\"postgres://b\"", "\"sqlite://a\""),
            "phase3.forward.direction", "invalid", "postgres to sqlite",
            "report_forward went from postgres to sqlite, not from sqlite to postgres");
        row("back", went("report_reverse", "\"postgres://b\"", "\"sqlite://a\""), "phase3.reverse.direction",
            "pass", "postgres to sqlite");
        row("the wrong way back", went("report_reverse", "\"sqlite://a\"", "\"postgres://b\""),
            "phase3.reverse.direction", "invalid", "sqlite to postgres",
            "report_reverse went from sqlite to postgres, not from postgres to sqlite");
        row("from itself to itself", went("report_forward", "\"sqlite://a\"", "\"sqlite://b\""),
            "phase3.forward.direction", "invalid", "sqlite to sqlite",
            "report_forward went from sqlite to sqlite, not from sqlite to postgres");
        row("to nowhere", set(file, "report_forward.from_url", "\"sqlite://a\""), "phase3.forward.direction",
            "invalid", "sqlite to ", "report_forward went from sqlite to , not from sqlite to postgres");
        row("from nowhere", set(file, "report_forward.to_url", "\"postgres://a\""),
            "phase3.forward.direction", "invalid", " to postgres",
            "report_forward went from  to postgres, not from sqlite to postgres");
        row("no way reported", all({}), "phase3.forward.direction", "absent");
        row("source", set(file, "src_count", "999"), "phase3.source", "fail", "999",
            "src_count is 999, not 1000");
        row("destination", set(file, "dst_count", "999"), "phase3.destination", "fail", "999",
            "dst_count is 999, not 1000");
        row("equal", set(file, "roundtrip_equal", "999"), "phase3.equal", "fail", "999",
            "roundtrip_equal is 999, not 1000");
        row("not compared", set(file, "roundtrip_equal", ""), "phase3.equal", "missing", "not there",
            "memories were counted after the round trip, not compared");
        row("claim", set(file, "pass", "false"), "phase3.claim", "invalid", "pass: false",
            "phase3.json claims a fail, its numbers say otherwise");
    }
    void migrationReports() { judgeRow(ruleExpectation()); }
};

QTEST_APPLESS_MAIN(ReportRulesTest)
#include "tst_reportrules.moc"
