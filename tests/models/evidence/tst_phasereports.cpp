// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/evidence/reportbuilder.h"
#include "models/observation/writeledger.h"
#include "tests/models/evidence/observedlines.h"

#include <QCryptographicHash>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace slipway;
using namespace slipway::test;

namespace {

QJsonObject json(QByteArray text) {
    QJsonParseError parse{};
    const QJsonObject object = QJsonDocument::fromJson(text.replace('\'', '"'), &parse).object();
    if (parse.error != QJsonParseError::NoError)
        qFatal("%s: %s", qPrintable(parse.errorString()), text.constData());
    return object;
}

QString compact(const QJsonObject &object) {
    return QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Compact));
}

const QString kKey = QStringLiteral("0123456789abcdef0123456789abcdef");

QByteArray digits(const QByteArray &bytes) {
    return QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex().left(16);
}

QByteArray contentDigits(const QByteArray &id) {
    return digits(writtenContent(kKey, QString::fromLatin1(id), 60));
}

QByteArray rootDigits(const QByteArray &id) {
    return digits(kKey.toLatin1() + ':' + id + ":60");
}

} // namespace

class PhaseReportsTest : public QObject {
    Q_OBJECT
private:
    static QByteArray functionalStream() {
        return observedLine("'obs':'begin','version':'server 1','server_sha256':'5e'") +
               observedOutput("recall", "{'memories':[{},{}]}") + observedOutput("stats", "{'total':3}") +
               observedLine("'obs':'count','name':'snapshots','value':1") +
               observedLine("'obs':'count','name':'manifests','value':1") +
               observedLine("'obs':'hash','name':'snapshot','sha256':'abc'") +
               observedOutput("manifest", "{'sha256':'abc'}") +
               observedOutput("curator", "{'errors':['no LLM client configured']}") +
               observedOutput("mcp", "{'id':1,'result':{}}\n{'id':2,'result':{'tools':[1,2,3]}}\n",
                              "'exit':1") +
               observedLine("'obs':'end'");
    }

    static QByteArray migrationReportText(const QByteArray &written) {
        return "{'memories_read':2,'memories_written':" + written + ",'errors':[]}";
    }

    static QByteArray memoryText(const QByteArray &title, const QByteArray &tier = "mid") {
        const QJsonObject memory{{QStringLiteral("id"), QStringLiteral("any")},
                                 {QStringLiteral("title"), QString::fromLatin1(title)},
                                 {QStringLiteral("content"),
                                  QString::fromLatin1(writtenContent(kKey, QString::fromLatin1(title), 60)) +
                                      QStringLiteral(": \"quoted\", line\nend, Grüße, 日本語, 🚢")},
                                 {QStringLiteral("tier"), QString::fromLatin1(tier)}};
        return QJsonDocument(memory).toJson(QJsonDocument::Compact);
    }

    static QByteArray pageOf(const QByteArrayList &memories) {
        return "{\"memories\":[" + memories.join(',') + "]}";
    }

    // observedOutput() replaces single quotes; there are none in these pages.
    static QByteArray migrationStream(const QByteArrayList &source, const QByteArrayList &back) {
        return observedLine("'obs':'begin','key':'" + kKey.toLatin1() + "','server_sha256':'5e'") +
               observedOutput("source-page-0", pageOf({source.value(0)})) +
               observedOutput("source-page-1", pageOf(source.mid(1))) +
               observedOutput("src-stats", "{'total':2}") +
               observedOutput("forward", migrationReportText("2")) +
               observedOutput("idempotent", migrationReportText("2")) +
               observedOutput("reverse", migrationReportText("2")) +
               observedOutput("dst-stats", "{'total':2}") + observedOutput("roundtrip-page-0", pageOf(back)) +
               observedLine("'obs':'end'");
    }

    static QByteArray writeLine(const QByteArray &id, const QByteArray &code) {
        return observedLine("'obs':'write','id':'" + id + "','code':'" + code + "','bytes':60,'sha256':'" +
                            contentDigits(id) + "'");
    }

    static QByteArray peerLines(const QByteArray &node, const QByteArrayList &ids) {
        QByteArrayList rows;
        QByteArrayList roots;
        for (const QByteArray &id : ids) {
            rows << "'" + id + ' ' + contentDigits(id) + "'";
            roots << "'" + rootDigits(id) + "'";
        }
        return observedLine("'obs':'held','node':'" + node + "','rows':[" + rows.join(',') + "]") +
               observedLine("'obs':'own','node':'" + node + "','roots':[" + roots.join(',') + "]") +
               observedOutput("stats-" + node, "{'by_namespace':[{'namespace':'other','count':9},"
                                               "{'namespace':'ship-gate-phase2','count':3}]}");
    }

    static QByteArray federationStream() {
        return observedLine("'obs':'begin','key':'" + kKey.toLatin1() + "','server_sha256':'5e'") +
               writeLine("w1", "201") + writeLine("w2", "201") + writeLine("w3", "503") +
               writeLine("w4", "000") + observedLine("'obs':'settled','complete':true,'ms':40") +
               peerLines("node-a", {"w1", "w2", "w3"}) + peerLines("node-b", {"w1", "w2", "w3"}) +
               observedLine("'obs':'probe','name':'probe1','code':'201'") +
               observedLine("'obs':'probe','name':'probe2','code':'503'");
    }

    static QJsonObject federation(const QByteArray &stream) {
        return slipway::federationReport({streamOf(2, stream)},
                                         {QStringLiteral("node-a"), QStringLiteral("node-b")}, 0.9);
    }

    static QStringList reasonsOf(const QJsonObject &report) {
        QStringList reasons;
        for (const QJsonValue reason : report.value(QStringLiteral("reasons")).toArray())
            reasons << reason.toString();
        return reasons;
    }

    static void columns() {
        QTest::addColumn<QByteArray>("was"); // replaced where it stands first
        QTest::addColumn<QByteArray>("is");
        QTest::addColumn<QString>("key");
        QTest::addColumn<QByteArray>("value"); // in JSON; empty: not there
        QTest::addColumn<QString>("reasons");  // with | between; empty: a pass
    }

    static void row(const char *name, const QByteArray &was, const QByteArray &is, const char *key,
                    const char *value, const char *reasons) {
        QTest::newRow(name) << QByteArray(was).replace('\'', '"') << QByteArray(is).replace('\'', '"')
                            << QString::fromLatin1(key) << QByteArray(value).replace('\'', '"')
                            << QString::fromUtf8(reasons);
    }

    static void check(QByteArray stream, const std::function<QJsonObject(const QByteArray &)> &build) {
        QFETCH(const QByteArray, was);
        QFETCH(const QByteArray, is);
        QFETCH(const QString, key);
        QFETCH(const QByteArray, value);
        QFETCH(const QString, reasons);
        const qsizetype at = stream.indexOf(was);
        QVERIFY(at >= 0);
        stream.replace(at, was.size(), is);
        const QJsonObject report = build(stream);
        QJsonObject found;
        if (report.contains(key))
            found.insert(key, report.value(key));
        QCOMPARE(compact(found),
                 compact(value.isEmpty() ? QJsonObject() : json("{'" + key.toLatin1() + "':" + value + "}")));
        QCOMPARE(reasonsOf(report).join(QStringLiteral(" | ")), reasons);
        QCOMPARE(report.value(QStringLiteral("pass")), QJsonValue(reasons.isEmpty()));
    }

private Q_SLOTS:
    void functionalReportIsWhatWasObserved() {
        QCOMPARE(compact(slipway::functionalReport(streamOf(1, functionalStream()), 3)),
                 compact(json(
                     "{'phase':1,'host':'node-a','version':'server 1','server_sha256':'5e','recall_count':2,"
                     "'stats':{'total':3},'snapshot_count':1,'manifest_count':1,'snapshot_hash_matches':true,"
                     "'curator':{'errors':['no LLM client configured']},'mcp_tool_count':3,"
                     "'mcp_core_tool_count':3,'pass':true,'reasons':['']}")));
    }

    void functionalReport_data() {
        columns();
        const QByteArray recall = observedOutput("recall", "{'memories':[{},{}]}");
        const QByteArray stats = observedOutput("stats", "{'total':3}");
        const QByteArray curator = observedOutput("curator", "{'errors':['no LLM client configured']}");
        const QByteArray mcp =
            observedOutput("mcp", "{'id':1,'result':{}}\n{'id':2,'result':{'tools':[1,2,3]}}\n", "'exit':1");
        const auto tools = [](const char *name, const char *text) { return observedOutput(name, text); };
        row("not to its end", "'obs':'end'", "'obs':'stop'", "pass", "false",
            "the phase program did not come to its end");
        row("recall found none", recall, observedOutput("recall", "{'memories':[]}"), "recall_count", "0",
            "recall found nothing");
        row("recall found one", recall, observedOutput("recall", "{'memories':[{}]}"), "recall_count", "1",
            "");
        row("recall that failed", recall, observedOutput("recall", "{'memories':[{}]}", "'exit':1"),
            "recall_count", "", "recall found nothing");
        row("recall without a list", recall, observedOutput("recall", "{'memories':3}"), "recall_count", "",
            "recall found nothing");
        row("an answer behind a line of a log", recall,
            observedOutput("recall", "INFO ready\n{'memories':[{}]}"), "recall_count", "1", "");
        row("stats of none", stats, observedOutput("stats", "{'total':0}"), "stats", "{'total':0}",
            "stats count no memory");
        row("stats of one", stats, observedOutput("stats", "{'total':1}"), "stats", "{'total':1}", "");
        row("stats of 3.5", stats, observedOutput("stats", "{'total':3.5}"), "stats", "{'total':3.5}",
            "stats count no memory");
        row("no stats", stats, "", "stats", "", "stats count no memory");
        row("two snapshots", "'name':'snapshots','value':1", "'name':'snapshots','value':2", "snapshot_count",
            "2", "not exactly one snapshot");
        row("no manifest", "'name':'manifests','value':1", "'name':'manifests','value':0", "manifest_count",
            "0", "not exactly one manifest");
        row("another snapshot", "'sha256':'abc'", "'sha256':'abd'", "snapshot_hash_matches", "false",
            "the snapshot is not what its manifest says");
        row("no hash of the snapshot", "'obs':'hash'", "'obs':'other'", "snapshot_hash_matches", "",
            "the snapshot is not what its manifest says");
        row("a curator with an error", curator, observedOutput("curator", "{'errors':['locked']}"), "curator",
            "{'errors':['locked']}", "the curator reported errors or nothing");
        row("a curator with an error and one that is none", curator,
            observedOutput("curator", "{'errors':['no LLM client configured','locked']}"), "curator",
            "{'errors':['no LLM client configured','locked']}", "the curator reported errors or nothing");
        row("a curator without one", curator, observedOutput("curator", "{'errors':[]}"), "curator",
            "{'errors':[]}", "");
        row("no curator", curator, "", "curator", "", "the curator reported errors or nothing");
        row("a tool less", mcp, tools("mcp", "{'id':2,'result':{'tools':[1,2]}}"), "mcp_tool_count", "2",
            "fewer than 3 MCP tools");
        row("an answer to another request", mcp, tools("mcp", "{'id':3,'result':{'tools':[1,2,3]}}"),
            "mcp_tool_count", "", "fewer than 3 MCP tools");
        row("tools that are not lists", mcp, tools("mcp", "{'id':2,'result':{'tools':3}}"), "mcp_tool_count",
            "", "fewer than 3 MCP tools");
        const QByteArray core = tools("mcp", "{'id':2,'result':{'tools':[1]}}");
        const QByteArray full = tools("mcp-full", "{'id':2,'result':{'tools':[1,2,3,4]}}");
        row("all tools where asked for", mcp, core + full, "mcp_tool_count", "4", "");
        row("all tools, asked for first", mcp, full + core, "mcp_tool_count", "4", "");
        row("the core and them", mcp, core + full, "mcp_core_tool_count", "1", "");
    }
    void functionalReport() {
        check(functionalStream(),
              [](const QByteArray &stream) { return slipway::functionalReport(streamOf(1, stream), 3); });
    }

    void federationReportIsWhatWasObserved() {
        QCOMPARE(compact(federation(federationStream())),
                 compact(json(
                     "{'phase':2,'total_writes':4,'ok':2,'quorum_not_met':1,'fail':1,'counts':{'a':3,'b':3},"
                     "'acked':2,'acked_held':{'a':2,'b':2},'server_sha256':'5e','settle_ms':40,"
                     "'probe1_single_peer_down':'201','probe2_both_peers_down':'503','pass':true,'reasons':['"
                     "']}")));
        QCOMPARE(compact(federation({})),
                 compact(json(
                     "{'phase':2,'pass':false,'reasons':["
                     "'node-a could not be asked what it holds','node-b could not be asked what it holds',"
                     "'no write was acknowledged',"
                     "'probe1_single_peer_down answered nothing, not 201',"
                     "'probe2_both_peers_down answered nothing, not 503']}")));
    }

    void federationReport_data() {
        columns();
        const QByteArray end = observedLine("'obs':'probe','name':'probe2','code':'503'");
        const QByteArray rows = peerLines("node-b", {"w1", "w2", "w3"});
        row("a write lost", rows, peerLines("node-b", {"w1", "w3"}), "acked_held", "{'a':2,'b':1}",
            "node-b holds 1 of 2 acknowledged writes");
        row("another content", rows, QByteArray(rows).replace(contentDigits("w2"), "0000000000000000"),
            "acked_held", "{'a':2,'b':1}",
            "node-b answers 1 acknowledged writes with another content than was written | node-b holds 1 of "
            "2 acknowledged writes");
        row("not in its own database", rows, QByteArray(rows).replace(rootDigits("w2"), "0000000000000000"),
            "acked_held", "{'a':2,'b':1}",
            "node-b answers 1 acknowledged writes that its own database does not hold | node-b holds 1 of 2 "
            "acknowledged writes");
        row("not asked", "'obs':'held','node':'node-a'", "'obs':'other','node':'node-a'", "acked_held",
            "{'b':2}", "node-a could not be asked what it holds");
        row("a server that died", end,
            end + observedLine("'obs':'server','node':'node-b','state':'exited','pid':7,'text':'boom'") +
                observedLine("'obs':'server','node':'node-b','state':'foreign','pid':8,'text':'later'"),
            "server_trouble", "{'node-b':{'state':'exited','pid':7,'text':'boom'}}",
            "the server on node-b (pid 7): boom | node-b could not be asked what it holds");
        row("a server that came and went as asked", end,
            observedLine("'obs':'server','node':'node-b','state':'started'") +
                observedLine("'obs':'server','node':'node-b','state':'stopped'") + end,
            "server_trouble", "", "");
        row("trouble of nobody", end, observedLine("'obs':'server','state':'exited'") + end, "server_trouble",
            "", "");
        const auto counted = [&rows](const QByteArray &spaces) {
            return QByteArray(rows).replace(
                observedOutput("stats-node-b", "{'by_namespace':[{'namespace':'other','count':9},"
                                               "{'namespace':'ship-gate-phase2','count':3}]}"),
                observedOutput("stats-node-b", "{'by_namespace':[" + spaces + "]}"));
        };
        row("no rows in the namespace", rows, counted(""), "counts", "{'a':3,'b':0}", "");
        row("none in the namespace", rows, counted("{'namespace':'ship-gate-phase2','count':0}"), "counts",
            "{'a':3,'b':0}", "");
        row("less than none in it", rows, counted("{'namespace':'ship-gate-phase2','count':-1}"), "counts",
            "{'a':3,'b':'ERR'}", "");
        row("rows that could not be counted", rows, QByteArray(rows).replace("stats-node-b", "other-node-b"),
            "counts", "{'a':3,'b':'ERR'}", "");
        row("rows without namespaces", rows,
            rows.left(rows.lastIndexOf('{')) + observedOutput("stats-node-b", "{'total':3}"), "counts",
            "{'a':3,'b':'ERR'}", "");
        row("refused for want of a quorum", "'code':'000'", "'code':'503'", "quorum_not_met", "2", "");
        row("none refused for want of a quorum", "'code':'503'", "'code':'500'", "quorum_not_met", "0", "");
        row("none acknowledged by code", "'code':'201'", "'code':'200'", "ok", "1", "");
        row("another server", end, observedLine("'obs':'begin','server_sha256':'5f'") + end, "server_sha256",
            "", "2 different servers under test were run");
        row("a probe that was taken", end, observedLine("'obs':'probe','name':'probe2','code':'201'"),
            "probe2_both_peers_down", "'201'", "probe2_both_peers_down answered 201, not 503");
        row("a probe that was refused", "'name':'probe1','code':'201'", "'name':'probe1','code':'503'",
            "probe1_single_peer_down", "'503'", "probe1_single_peer_down answered 503, not 201");
        row("a probe that was not made", end, "", "probe2_both_peers_down", "",
            "probe2_both_peers_down answered nothing, not 503");
        row("not settled in time", "'complete':true,'ms':40", "'complete':false,'ms':90000", "settle_ms",
            "90000", "");
        row("not reported whether settled", "'obs':'settled'", "'obs':'other'", "settle_ms", "", "");
    }
    void federationReport() { check(federationStream(), federation); }

    // A probe means something only where servers came and went as the steps say.
    void serversComeAndGoAsTheStepsSay_data() {
        QTest::addColumn<QString>("step");
        QTest::addColumn<QByteArray>("lines");
        QTest::addColumn<QString>("trouble"); // what it was not seen to do
        const auto server = [](const char *state) {
            return observedLine(QByteArray("'obs':'server','node':'node-b','state':'") + state + "'");
        };
        const QByteArray end = observedLine("'obs':'end'");
        const QString none;
        const QString start = QStringLiteral("it was not seen to start");
        const QString stop = QStringLiteral("it was not seen to stop");
        QTest::newRow("started") << QStringLiteral("serve") << server("started") + end << none;
        QTest::newRow("not started") << QStringLiteral("serve") << end << start;
        QTest::newRow("cut off before") << QStringLiteral("serve") << QByteArray() << none;
        QTest::newRow("stopped") << QStringLiteral("stop-b") << server("stopped") + end << none;
        QTest::newRow("not stopped") << QStringLiteral("stop-b") << end << stop;
        QTest::newRow("started in its place") << QStringLiteral("stop-b") << server("started") + end << stop;
        QTest::newRow("cleaned") << QStringLiteral("clean") << server("stopped") + end << none;
        QTest::newRow("not cleaned") << QStringLiteral("clean") << end << stop;
        QTest::newRow("another step") << QStringLiteral("burst") << end << none;
        QTest::newRow("died") << QStringLiteral("stop-b")
                              << observedLine("'obs':'server','node':'node-b','state':'died','text':'boom'") +
                                     end
                              << QStringLiteral("boom");
    }
    void serversComeAndGoAsTheStepsSay() {
        QFETCH(const QString, step);
        QFETCH(const QByteArray, lines);
        QFETCH(const QString, trouble);
        ObservedStream stream = streamOf(2, lines);
        stream.step = step;
        stream.host = QStringLiteral("node-b");
        const QJsonObject report =
            slipway::federationReport({streamOf(2, federationStream()), stream},
                                      {QStringLiteral("node-a"), QStringLiteral("node-b")}, 0.9);
        QCOMPARE(
            report.value(QStringLiteral("server_trouble"))[QStringLiteral("node-b")][QStringLiteral("text")]
                .toString(),
            trouble);
    }

    // Stopped before, it need not be stopped again.
    void aServerStopsOnce() {
        const auto stepOf = [](const char *step, const QByteArray &lines) {
            ObservedStream stream = streamOf(2, lines + observedLine("'obs':'end'"));
            stream.step = QString::fromLatin1(step);
            stream.host = QStringLiteral("node-b");
            return stream;
        };
        const QJsonObject report = slipway::federationReport(
            {stepOf("stop-b", observedLine("'obs':'server','node':'node-b','state':'stopped'")),
             stepOf("clean", {})},
            {QStringLiteral("node-a"), QStringLiteral("node-b")}, 0.9);
        QVERIFY(!report.contains(QStringLiteral("server_trouble")));
    }

    void migrationReportIsWhatWasObserved() {
        const QByteArray stream =
            migrationStream({memoryText("m1"), memoryText("m2")}, {memoryText("m2"), memoryText("m1")});
        QCOMPARE(
            compact(slipway::migrationReport(streamOf(3, stream), 2)),
            compact(json("{'phase':3,'server_sha256':'5e','src_count':2,'dst_count':2,'report_forward':" +
                         migrationReportText("2") + ",'report_idempotent':" + migrationReportText("2") +
                         ",'report_reverse':" + migrationReportText("2") +
                         ",'roundtrip_equal':2,'pass':true,'reasons':['']}")));
        QCOMPARE(
            compact(slipway::migrationReport(streamOf(3, {}), 2)),
            compact(json("{'phase':3,'pass':false,'reasons':['the phase program did not come to its end',"
                         "'report_forward: 0 of 2 written without error',"
                         "'report_idempotent: 0 of 2 written without error',"
                         "'report_reverse: 0 of 2 written without error',"
                         "'source and destination do not hold the same number',"
                         "'not every memory came back as it went']}")));
    }

    void migrationReport_data() {
        columns();
        const QByteArray two = migrationReportText("2");
        const QByteArray back =
            observedOutput("roundtrip-page-0", pageOf({memoryText("m1"), memoryText("m2")}));
        const auto failed = [](const QByteArray &name) {
            return observedOutput(name, "Segmentation fault", "'exit':1,'stderr':'boom'");
        };
        row("not to its end", "'obs':'end'", "'obs':'stop'", "pass", "false",
            "the phase program did not come to its end");
        row("a server that died", observedLine("'obs':'end'"),
            observedLine("'obs':'server','node':'node-a','text':'boom'") + observedLine("'obs':'end'"),
            "server_trouble", "'node-a: boom'", "the server for node-a: boom");
        for (const QByteArray name : {"forward", "idempotent", "reverse"}) {
            row((name + " failed").constData(), observedOutput(name, two), failed(name),
                ("error_" + name).constData(), "'it ended with 1: boom'",
                (name + ": it ended with 1: boom | report_" + name + ": 0 of 2 written without error")
                    .constData());
            row((name + " wrote one").constData(), observedOutput(name, two),
                observedOutput(name, migrationReportText("1")), ("report_" + name).constData(),
                migrationReportText("1").constData(),
                ("report_" + name + ": 1 of 2 written without error").constData());
        }
        row("failed with an answer", observedOutput("forward", two),
            observedOutput("forward", two, "'exit':137,'stderr':'boom'"), "error_forward",
            "'it ended with 137: boom'",
            "forward: it ended with 137: boom | report_forward: 0 of 2 written without error");
        row("no program", observedOutput("forward", two), observedOutput("forward", "", "'stderr':'boom'"),
            "error_forward", "'it ended with -1: boom'",
            "forward: it ended with -1: boom | report_forward: 0 of 2 written without error");
        const QByteArray error = "{'memories_written':2,'errors':['x']}";
        row("an error and all that was written", observedOutput("forward", two),
            observedOutput("forward", error), "report_forward", error.constData(),
            "report_forward: 2 of 2 written without error");
        const QByteArray source = observedOutput("src-stats", "{'total':2}");
        const QByteArray destination = observedOutput("dst-stats", "{'total':2}");
        const char *unequal = "source and destination do not hold the same number";
        row("one less at the end", destination, observedOutput("dst-stats", "{'total':1}"), "dst_count", "1",
            unequal);
        row("none at the end", destination, observedOutput("dst-stats", "{'total':0}"), "dst_count", "0",
            unequal);
        row("less than none at the end", destination, observedOutput("dst-stats", "{'total':-1}"),
            "dst_count", "", unequal);
        row("not counted at the end", destination, "", "dst_count", "", unequal);
        row("counted as a text", destination, observedOutput("dst-stats", "{'total':'2'}"), "dst_count", "",
            unequal);
        row("not counted at the beginning", source, "", "src_count", "", unequal);
        row("no answer at the beginning", source, observedOutput("src-stats", "2"), "src_count", "", unequal);
        row("counted at neither",
            source + observedOutput("forward", two) + observedOutput("idempotent", two) +
                observedOutput("reverse", two) + destination,
            observedOutput("forward", two) + observedOutput("idempotent", two) +
                observedOutput("reverse", two),
            "src_count", "", unequal);
        row("another tier", back,
            observedOutput("roundtrip-page-0", pageOf({memoryText("m1"), memoryText("m2", "long")})),
            "roundtrip_equal", "1", "not every memory came back as it went");
        row("one did not come back", back, observedOutput("roundtrip-page-0", pageOf({memoryText("m1")})),
            "roundtrip_equal", "1", "not every memory came back as it went");
        row("one came back that never went", back,
            observedOutput("roundtrip-page-0",
                           pageOf({memoryText("m1"), memoryText("m2"), memoryText("m3")})),
            "roundtrip_equal", "1", "not every memory came back as it went");
        row("one came back in two ways", back,
            observedOutput("roundtrip-page-0", pageOf({memoryText("m1"), memoryText("m2", "long")})) +
                observedOutput("roundtrip-page-1", pageOf({memoryText("m2")})),
            "roundtrip_equal", "1", "not every memory came back as it went");
        row("a page that is none", back, observedOutput("roundtrip-page-0", "Segmentation fault"),
            "roundtrip_equal", "0", "not every memory came back as it went");
        row("a page behind another name", "roundtrip-page-0", "other-page-0", "roundtrip_equal", "0",
            "not every memory came back as it went");
        row("nothing was seeded",
            observedOutput("source-page-0", pageOf({memoryText("m1")})) +
                observedOutput("source-page-1", pageOf({memoryText("m2")})),
            "", "roundtrip_equal", "", "not every memory came back as it went");
        // What came back as it went, and is not what was to be written.
        row("not what was seeded", kKey.toLatin1(), QByteArray(kKey.toLatin1()).replace('f', 'e'),
            "roundtrip_equal", "0", "not every memory came back as it went");
        row("of a time when contents were not derived", "'key':'" + kKey.toLatin1() + "',", "",
            "roundtrip_equal", "2", "");
        row("a second beginning", observedLine("'obs':'end'"),
            observedLine("'obs':'begin','key':'00','server_sha256':'5e'") + observedLine("'obs':'end'"),
            "roundtrip_equal", "2", "");
    }
    void migrationReport() {
        check(migrationStream({memoryText("m1"), memoryText("m2")}, {memoryText("m1"), memoryText("m2")}),
              [](const QByteArray &stream) { return slipway::migrationReport(streamOf(3, stream), 2); });
    }
};

QTEST_APPLESS_MAIN(PhaseReportsTest)
#include "tst_phasereports.moc"
