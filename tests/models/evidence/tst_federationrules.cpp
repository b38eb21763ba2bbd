// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/models/evidence/rulerows.h"

#include <QTest>

using namespace slipway;
using namespace slipway::test;

// What is asked of a report of phase 2, a change at a time.
class FederationRulesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void federationReports_data() {
        ruleColumns();
        const char *file = "phase2.json";
        row("gone", without("phase2.json"), "phase2.report", "missing", "no file",
            "phase2.json is not there");
        row("of another phase", set(file, "phase", "3"), "phase2.phase", "invalid", "3",
            "phase2.json is the report of phase 3");
        row("servers as they should be", all({}), "phase2.server.node-b", "absent");
        row("a server that died",
            set(file, "server_trouble", "{\"node-b\":{\"state\":\"exited\",\"pid\":7,\"text\":\"boom\"}}"),
            "phase2.server.node-b", "invalid", "exited", "the server on node-b (pid 7): boom");
        row("a server of no pid",
            set(file, "server_trouble", "{\"node-b\":{\"state\":\"exited\",\"text\":\"boom\"}}"),
            "phase2.server.node-b", "invalid", "exited", "the server on node-b (pid 0): boom");

        row("sum", all({}), "phase2.sum", "pass", "200 + 0 + 0");
        row("a sum that is short", set(file, "ok", "199"), "phase2.sum", "invalid", "199 + 0 + 0",
            "the outcomes of the writes do not add up to 200");
        row("a sum of three",
            all({set(file, "ok", "197"), set(file, "quorum_not_met", "2"), set(file, "fail", "1")}),
            "phase2.sum", "pass", "197 + 2 + 1");
        row("a sum that fails make too long", set(file, "fail", "1"), "phase2.sum", "invalid", "200 + 0 + 1",
            "the outcomes of the writes do not add up to 200");
        for (const char *key : {"ok", "quorum_not_met", "fail", "total_writes"})
            row(key, set(file, key, "\"ERR\""), "phase2.sum", "invalid",
                QByteArray(key) == "ok"               ? "ERR + 0 + 0"
                : QByteArray(key) == "quorum_not_met" ? "200 + ERR + 0"
                : QByteArray(key) == "fail"           ? "200 + 0 + ERR"
                                                      : "200 + 0 + 0",
                QByteArray(key) == "total_writes" ? "the outcomes of the writes do not add up to ERR"
                                                  : "the outcomes of the writes do not add up to 200");
        row("writes too few", set(file, "total_writes", "199"), "phase2.writes", "missing", "199",
            "199 of 200 writes were made");
        row("writes not reported", set(file, "total_writes", ""), "phase2.writes", "missing", "not there",
            "not there of 200 writes were made");
        row("writes more", set(file, "total_writes", "201"), "phase2.writes", "pass", "201");
        row("none acknowledged", set(file, "ok", "0"), "phase2.acknowledged", "invalid", "0",
            "no write was acknowledged, so nothing was tested");
        row("acknowledged not reported", set(file, "ok", ""), "phase2.acknowledged", "invalid", "not there",
            "no write was acknowledged, so nothing was tested");
        row("one acknowledged", set(file, "ok", "1"), "phase2.acknowledged", "pass", "1");
        row("no sample of none", set(file, "ok", "0"), "phase2.sample", "absent");
        // 59 is the least n with 0.95^n <= 0.05.
        row("a sample that is large enough", set(file, "ok", "59"), "phase2.sample", "pass", "59");
        row("a sample that is not", set(file, "ok", "58"), "phase2.sample", "unsupported", "58",
            "only 58 of 200 writes were acknowledged, at least 59 can support 0.95");

        row("by identity", all({}), "phase2.identity", "pass", "200");
        row("rows counted", set(file, "acked", ""), "phase2.identity", "missing", "rows counted",
            "rows were counted, acknowledged writes were not looked for");
        row("rows counted by peer", set(file, "acked_held", ""), "phase2.identity", "missing", "rows counted",
            "rows were counted, acknowledged writes were not looked for");
        row("fewer names than writes", set(file, "acked", "199"), "phase2.identity", "invalid", "199",
            "200 writes were acknowledged under 199 names");
        row("names that are not numbers", all({set(file, "acked", "\"ERR\""), set(file, "ok", "\"ERR\"")}),
            "phase2.identity", "invalid", "ERR", "ERR writes were acknowledged under ERR names");

        row("delivered", all({}), "phase2.delivery.node-b", "pass", "200");
        row("just delivered", set(file, "acked_held.b", "190"), "phase2.delivery.node-b", "pass", "190");
        row("not delivered", set(file, "acked_held.b", "189"), "phase2.delivery.node-b", "fail", "189",
            "node-b holds 189 of 200 acknowledged writes, at least 190 must arrive");
        row("a peer's letter is its place", set(file, "acked_held.c", "189"), "phase2.delivery.node-c",
            "fail", "189", "node-c holds 189 of 200 acknowledged writes, at least 190 must arrive");
        row("not asked", set(file, "acked_held.b", ""), "phase2.delivery.node-b", "invalid", "not there",
            "the report does not say acked_held.b");
        row("more than there are", set(file, "acked_held.b", "201"), "phase2.delivery.node-b", "invalid",
            "201", "node-b holds more acknowledged writes than there are");
        row("more than its rows", set(file, "counts.b", "199"), "phase2.delivery.node-b", "invalid", "200",
            "node-b has 199 rows, fewer than the 200 acknowledged writes found in them");
        row("as many as its rows", all({}), "phase2.delivery.node-a", "pass", "200");
        row("its rows could not be counted", set(file, "counts.b", "\"ERR\""), "phase2.delivery.node-b",
            "pass", "200");

        row("no ceiling", all({}), "phase2.saturation", "absent");
        row("every peer at a page", set(file, "acked_held", "{\"a\":100,\"b\":100,\"c\":100}"),
            "phase2.saturation", "invalid", "100",
            "every peer counts exactly 100: a page's size, not a measurement");
        row("every peer's rows at a page", set(file, "counts", "{\"a\":50,\"b\":50,\"c\":50}"),
            "phase2.saturation", "invalid", "50",
            "every peer counts exactly 50: a page's size, not a measurement");
        row("one peer at a page", set(file, "acked_held", "{\"a\":200,\"b\":100,\"c\":200}"),
            "phase2.saturation", "absent");
        row("one peer not asked", set(file, "acked_held", "{\"a\":100,\"b\":100}"), "phase2.saturation",
            "absent");
        row("every peer at no page", set(file, "acked_held", "{\"a\":101,\"b\":101,\"c\":101}"),
            "phase2.saturation", "absent");

        row("one peer down", all({}), "phase2.probe1", "pass", "201");
        row("one peer down, refused", set(file, "probe1_single_peer_down", "503"), "phase2.probe1", "fail",
            "503", "probe1_single_peer_down answered 503, not 201");
        row("both down, taken", set(file, "probe2_both_peers_down", "\"201\""), "phase2.probe2", "fail",
            "201", "probe2_both_peers_down answered 201, not 503");
        row("both down, not asked", set(file, "probe2_both_peers_down", ""), "phase2.probe2", "invalid",
            "not there", "the report does not say probe2_both_peers_down");
        row("claim", set(file, "pass", "false"), "phase2.claim", "invalid", "pass: false",
            "phase2.json claims a fail, its numbers say otherwise");
    }
    void federationReports() { judgeRow(ruleExpectation()); }

    // The field counts rows, of whatever kind.
    void federationReportsOfTheField_data() {
        ruleColumns();
        const char *file = "phase2.json";
        const Change field = all({set(file, "acked", ""), set(file, "acked_held", "")});
        row("rows counted", field, "phase2.identity", "unsupported", "rows counted",
            "rows were counted, acknowledged writes were not looked for");
        row("rows enough", all({field, set(file, "counts.b", "190")}), "phase2.delivery.node-b", "pass",
            "190");
        row("rows too few", all({field, set(file, "counts.b", "189")}), "phase2.delivery.node-b", "fail",
            "189", "node-b holds 189 of 200 acknowledged writes, at least 190 must arrive");
        row("rows of others too", all({field, set(file, "counts.b", "201")}), "phase2.delivery.node-b",
            "invalid", "201", "node-b counts 201 rows of 200 writes: it counts others' too");
        row("a snapshot that was only counted", set("phase1-node-b.json", "snapshot_hash_matches", ""),
            "phase1.snapshot_hash.node-b", "absent");
        row("a round trip that was only counted", set("phase3.json", "roundtrip_equal", ""), "phase3.equal",
            "absent");
    }
    void federationReportsOfTheField() {
        Expectation expectation = ruleExpectation();
        expectation.byIdentity = false;
        judgeRow(expectation);
    }
};

QTEST_APPLESS_MAIN(FederationRulesTest)
#include "tst_federationrules.moc"
