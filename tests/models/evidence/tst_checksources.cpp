// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/models/evidence/rulerows.h"

#include <QTest>

using namespace slipway;
using namespace slipway::test;

// Where what a check says stands, and on how many it rests.
class CheckSourcesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void checksOfAWholeFilePointAtAllOfIt() {
        const auto source = [](const Change &change, const char *id) {
            Files files = goodEvidence(kFewCycles);
            change(files);
            const Judgement judgement = judgeReports(files, ruleExpectation());
            const Check *check = checkWith(judgement, QString::fromLatin1(id));
            return check && check->source.length == fileOf(files, check->source.file).bytes.size() &&
                           check->source.offset == 0
                       ? check->source.file
                       : QString();
        };
        QCOMPARE(source(all({}), "phase2.report"), QStringLiteral("phase2.json"));
        QCOMPARE(source(bytes("phase2.json", "x"), "phase2.report"), QStringLiteral("phase2.json"));
        QCOMPARE(source(all({}), "campaign.summary"), QStringLiteral("campaign-summary.json"));
        QCOMPARE(source([](Files &files) { files.append(fileOf(files, QStringLiteral("phase3.json"))); },
                        "campaign.files"),
                 QStringLiteral("phase3.json"));
        QCOMPARE(source(set("phase3.json", "roundtrip_equal", ""), "phase3.equal"),
                 QStringLiteral("phase3.json"));
        QCOMPARE(source(all({}), "phase4.cycles.kill_primary_mid_write"), kCycles);
    }

    void checksShowHowManyTheyRestOn() {
        const auto sample = [](const Change &change, const char *id) {
            Files files = goodEvidence(kFewCycles);
            change(files);
            Expectation expectation = ruleExpectation();
            expectation.lossesMax = 5;
            const Judgement judgement = judgeReports(files, expectation);
            QString full = QString::fromLatin1(id);
            const Check *check = checkWith(
                judgement, full.replace(QLatin1Char('*'), QStringLiteral("kill_primary_mid_write")));
            return check ? check->n.value_or(-1) : -2;
        };
        QCOMPARE(sample(all({}), "phase1.one_server"), 3);
        QCOMPARE(sample(all({}), "phase1.recall.node-a"), -1);
        QCOMPARE(sample(all({}), "phase2.sample"), 200);
        QCOMPARE(sample(all({}), "phase2.delivery.node-a"), 200);
        QCOMPARE(
            sample(set("phase2.json", "acked_held", "{\"a\":100,\"b\":100,\"c\":100}"), "phase2.saturation"),
            3);
        QCOMPARE(sample(all({}), "phase3.source"), 1000);
        QCOMPARE(sample(all({}), "phase4.cycles.*"), 20);
        QCOMPARE(sample(inCycles("count_node1", "20"), "phase4.saturation.*"), 20);
        QCOMPARE(sample(all({}), "phase4.convergence.*"), 640);
        QCOMPARE(sample(all({}), "phase4.losses.*"), 640);
        QCOMPARE(sample(all({}), "phase4.bound.*"), 20);
        QCOMPARE(sample(inCycle(3, "in_flight", "0"), "phase4.bound.*"), 19);
        QCOMPARE(sample(set("campaign-summary.json", "phases", "[{\"phase\":9},{\"phase\":8}]"),
                        "campaign.copies"),
                 2);
    }

    // Where all peers or cycles stand at a page's size.
    void ceilingsPointAtWhatWasCut() {
        const auto source = [](const Change &change, const char *id) {
            Files files = goodEvidence(kFewCycles);
            change(files);
            const Judgement judgement = judgeReports(files, ruleExpectation());
            const Check *check = checkWith(judgement, QString::fromLatin1(id));
            return check ? fileOf(files, check->source.file)
                               .bytes.mid(check->source.offset, check->source.length)
                         : QByteArray();
        };
        const char *cut = "{\"a\":50,\"b\":50,\"c\":50}";
        QVERIFY(source(set("phase2.json", "counts", cut), "phase2.saturation").startsWith("\"counts\": {"));
        QVERIFY(source(set("phase2.json", "acked_held", cut), "phase2.saturation")
                    .startsWith("\"acked_held\": {"));
        const QByteArray cycle =
            source(inCycles("count_node1", "20"), "phase4.saturation.kill_primary_mid_write");
        QVERIFY(cycle.startsWith('{') && cycle.endsWith('}') && cycle.contains("\"cycle\":1,"));
    }

    // Each check points at what it was read from.
    void sourcesAreWhereTheValueStands_data() {
        QTest::addColumn<QByteArray>("bytes");
        const auto row = [](const char *id, const char *bytes) {
            QTest::newRow(id) << QByteArray(bytes).replace('\'', '"');
        };
        row("phase1.phase.node-b", "'phase': 1");
        row("phase1.host.node-b", "'host': 'node-b'");
        row("phase1.stats.node-b", "'total': 1");
        row("phase1.claim.node-b", "'pass': true");
        row("phase1.snapshot_hash.node-b", "'snapshot_hash_matches': true");
        row("phase2.sum", "'total_writes': 200");
        row("phase2.writes", "'total_writes': 200");
        row("phase2.acknowledged", "'ok': 200");
        row("phase2.sample", "'ok': 200");
        row("phase2.identity", "'acked': 200");
        row("phase2.delivery.node-b", "'b': 200");
        row("phase2.probe2", "'probe2_both_peers_down': '503'");
        row("phase3.forward.errors", "'errors': [\n        ]");
        row("phase3.forward.read", "'memories_read': 1000");
        row("phase3.equal", "'roundtrip_equal': 1000");
        row("phase4.cycles_per_fault", "'cycles_per_fault': 20");
        row("phase4.acked_by_fault.kill_primary_mid_write", "'kill_primary_mid_write': 640");
        row("campaign.claim", "'overall_pass': true");
    }

    void sourcesAreWhereTheValueStands() {
        QFETCH(const QByteArray, bytes);
        Files files = goodEvidence(kFewCycles);
        const Judgement judgement = judgeReports(files, ruleExpectation());
        const Check *check = checkWith(judgement, QString::fromLatin1(QTest::currentDataTag()));
        QVERIFY(check);
        QCOMPARE(fileOf(files, check->source.file).bytes.mid(check->source.offset, check->source.length),
                 bytes);
    }
};

QTEST_APPLESS_MAIN(CheckSourcesTest)
#include "tst_checksources.moc"
