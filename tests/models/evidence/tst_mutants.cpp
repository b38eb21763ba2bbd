// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/models/evidence/goodevidence.h"
#include "tests/models/evidence/record.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

#include <vector>

using namespace slipway;
using namespace slipway::test;

namespace {

using Files = QList<EvidenceFile>;

struct Mutant {
    QString name;
    std::function<void(Files &)> change;
};

QJsonObject with(QJsonObject object, const QString &key, const QJsonValue &value) {
    object.insert(key, value);
    return object;
}

// Sets one field of one file; "a.b" reads into objects one level deep.
Mutant set(const QString &file, const QString &path, const QJsonValue &value) {
    return {QStringLiteral("%1: %2 = %3").arg(file, path, value.toVariant().toString()), [=](Files &files) {
                changeJson(files, file, [=](QJsonObject &object) {
                    const QStringList keys = path.split(QLatin1Char('.'));
                    if (keys.size() == 1)
                        object.insert(path, value);
                    else
                        object.insert(keys.at(0),
                                      with(object.value(keys.at(0)).toObject(), keys.at(1), value));
                });
            }};
}

Mutant drop(const QString &file, const QString &key) {
    return {QStringLiteral("%1: no %2").arg(file, key),
            [=](Files &files) { changeJson(files, file, [=](QJsonObject &object) { object.remove(key); }); }};
}

Mutant inCycle(const QString &key, const QJsonValue &value) {
    return {QStringLiteral("cycle 7: %1 = %2").arg(key, value.toVariant().toString()), [=](Files &files) {
                changeCycle(files, 7, [=](QJsonObject &cycle) { cycle.insert(key, value); });
            }};
}

Mutant inEveryCycle(const QString &name, const std::function<void(QJsonObject &)> &change) {
    return {name, [=](Files &files) { changeCycles(files, change); }};
}

std::vector<Mutant> mutants() {
    const QString one = QStringLiteral("phase1-node-b.json");
    const QString two = QStringLiteral("phase2.json");
    const QString three = QStringLiteral("phase3.json");
    const QString four = QStringLiteral("phase4.json");
    const QString kill = QStringLiteral("kill_primary_mid_write");
    std::vector<Mutant> all;
    for (const QString &file : {one, two, three, four, kCycles}) {
        all.push_back(
            {file + QStringLiteral(" blank"), [=](Files &files) { fileOf(files, file).bytes.clear(); }});
        all.push_back({file + QStringLiteral(" gone"), [=](Files &files) {
                           files.removeIf([&](const EvidenceFile &f) { return f.name == file; });
                       }});
        all.push_back({file + QStringLiteral(" is a log"), [=](Files &files) {
                           fileOf(files, file).bytes = "[chaos] cycle 1: nodes ready (pids 1 2 3)\n";
                       }});
        all.push_back({file + QStringLiteral(" cut in half"), [=](Files &files) {
                           QByteArray &bytes = fileOf(files, file).bytes;
                           bytes.truncate(bytes.size() / 2);
                       }});
    }
    for (const QString &file : {one, two, three, four})
        all.push_back(set(file, QStringLiteral("pass"), false));
    for (const QString &file : {one, two, three, four})
        all.push_back(drop(file, QStringLiteral("pass")));
    all.push_back({QStringLiteral("two nodes' reports swapped"), [](Files &files) {
                       std::swap(fileOf(files, QStringLiteral("phase1-node-a.json")).bytes,
                                 fileOf(files, QStringLiteral("phase1-node-b.json")).bytes);
                   }});
    for (const char *key : {"recall_count", "snapshot_count", "manifest_count", "mcp_tool_count"}) {
        all.push_back(set(one, QLatin1String(key), 0));
        all.push_back(set(one, QLatin1String(key), QStringLiteral("ERR")));
        all.push_back(drop(one, QLatin1String(key)));
    }
    all.push_back(set(one, QStringLiteral("snapshot_count"), 2));
    all.push_back(set(one, QStringLiteral("stats.total"), 0));
    all.push_back(set(one, QStringLiteral("mcp_tool_count"), 29));
    all.push_back(set(one, QStringLiteral("snapshot_hash_matches"), false));
    all.push_back(
        set(one, QStringLiteral("curator.errors"), QJsonArray{QStringLiteral("database is locked")}));
    all.push_back(drop(one, QStringLiteral("curator")));
    all.push_back(set(one, QStringLiteral("server_sha256"), QStringLiteral("def")));
    all.push_back(set(one, QStringLiteral("version"), QStringLiteral("server 2")));
    all.push_back(set(two, QStringLiteral("ok"), 199));
    all.push_back(set(two, QStringLiteral("total_writes"), 150));
    all.push_back(set(two, QStringLiteral("acked"), 199));
    all.push_back(set(two, QStringLiteral("acked_held.b"), 189));
    all.push_back(set(two, QStringLiteral("acked_held.c"), 201));
    all.push_back(set(two, QStringLiteral("acked_held.c"), QStringLiteral("ERR")));
    all.push_back(set(two, QStringLiteral("probe1_single_peer_down"), QStringLiteral("503")));
    all.push_back(set(two, QStringLiteral("probe2_both_peers_down"), QStringLiteral("201")));
    all.push_back(drop(two, QStringLiteral("probe2_both_peers_down")));
    all.push_back({QStringLiteral("every write of phase 2 failed"), [=](Files &files) {
                       changeJson(files, two, [](QJsonObject &object) {
                           object.insert(QStringLiteral("ok"), 0);
                           object.insert(QStringLiteral("acked"), 0);
                           object.insert(QStringLiteral("fail"), 200);
                           const QJsonObject none{
                               {QStringLiteral("a"), 0}, {QStringLiteral("b"), 0}, {QStringLiteral("c"), 0}};
                           object.insert(QStringLiteral("counts"), none);
                           object.insert(QStringLiteral("acked_held"), none);
                       });
                   }});
    all.push_back({QStringLiteral("counts of phase 2 capped at 20"), [=](Files &files) {
                       changeJson(files, two, [](QJsonObject &object) {
                           const QJsonObject capped{{QStringLiteral("a"), 20},
                                                    {QStringLiteral("b"), 20},
                                                    {QStringLiteral("c"), 20}};
                           object.insert(QStringLiteral("acked_held"), capped);
                       });
                   }});
    for (const char *report : {"report_forward", "report_idempotent", "report_reverse"}) {
        all.push_back(drop(three, QLatin1String(report)));
        all.push_back(set(three, QLatin1String(report) + QStringLiteral(".memories_written"), 999));
        all.push_back(set(three, QLatin1String(report) + QStringLiteral(".errors"),
                          QJsonArray{QStringLiteral("row 7")}));
    }
    all.push_back(set(three, QStringLiteral("dst_count"), 999));
    all.push_back(set(three, QStringLiteral("src_count"), 0));
    all.push_back(set(three, QStringLiteral("roundtrip_equal"), 998));
    all.push_back(set(four, QStringLiteral("cycles_per_fault"), 10));
    all.push_back(set(four, QStringLiteral("acked_by_fault.") + kill, 22'399));
    all.push_back(set(four, QStringLiteral("converged_by_fault.") + kill, 22'360));
    all.push_back({QStringLiteral("a cycle cut"), [](Files &files) {
                       QByteArray &bytes = fileOf(files, kCycles).bytes;
                       bytes.remove(0, bytes.indexOf('\n') + 1);
                   }});
    all.push_back({QStringLiteral("a cycle doubled"), [](Files &files) {
                       QByteArray &bytes = fileOf(files, kCycles).bytes;
                       bytes += bytes.left(bytes.indexOf('\n') + 1);
                   }});
    all.push_back({QStringLiteral("a line of noise among the cycles"),
                   [](Files &files) { fileOf(files, kCycles).bytes.prepend("hello\n"); }});
    for (const char *key : {"count_node1", "count_node2"})
        all.push_back(inCycle(QLatin1String(key), QStringLiteral("ERR")));
    all.push_back(inCycle(QStringLiteral("converged"), 20));
    all.push_back(inCycle(QStringLiteral("converged"), 33));
    for (const char *key : {"durable", "ok", "writes", "fail", "quorum_not_met"})
        all.push_back(inCycle(QLatin1String(key), QJsonValue::Null));
    all.push_back(inCycle(QStringLiteral("ok"), 31));
    all.push_back(inCycle(QStringLiteral("fail"), 9));
    all.push_back(inCycle(QStringLiteral("writes"), 39));
    all.push_back(inCycle(QStringLiteral("fault"), QStringLiteral("clock_skew_peer")));
    all.push_back(inCycle(QStringLiteral("count_node1"), QStringLiteral("10")));
    all.push_back(inEveryCycle(QStringLiteral("the fault never struck"), [](QJsonObject &cycle) {
        cycle.insert(QStringLiteral("fault_injected"), false);
    }));
    all.push_back(inEveryCycle(QStringLiteral("nothing in flight at any fault"),
                               [](QJsonObject &cycle) { cycle.insert(QStringLiteral("in_flight"), 0); }));
    all.push_back(inEveryCycle(QStringLiteral("rows capped at 20"), [](QJsonObject &cycle) {
        cycle.insert(QStringLiteral("count_node1"), QStringLiteral("20"));
        cycle.insert(QStringLiteral("count_node2"), QStringLiteral("20"));
    }));
    all.push_back(inEveryCycle(QStringLiteral("every write of phase 4 failed"), [](QJsonObject &cycle) {
        for (const char *key : {"ok", "durable", "converged"})
            cycle.insert(QLatin1String(key), 0);
        cycle.insert(QStringLiteral("fail"), 40);
    }));
    return all;
}

} // namespace

class MutantsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theOriginalIsProven() {
        const Judgement judgement = judgeReports(goodEvidence(), goodExpectation());
        QVERIFY2(judgement.verdict == Verdict::Proven, qPrintable(judgement.reason));
    }

    void everyMutantLosesItsPass() {
        const std::vector<Mutant> all = mutants();
        QStringList survivors;
        const QStringList original =
            described(judgeReports(goodEvidence(), goodExpectation()), goodEvidence());
        for (const Mutant &mutant : all) {
            Files files = goodEvidence();
            mutant.change(files);
            const Judgement judgement = judgeReports(files, goodExpectation());
            if (judgement.verdict == Verdict::Proven)
                survivors << mutant.name;
            compareWithRecord(without(described(judgement, files), original), mutant.name);
        }
        qInfo("mutants killed %zu of %zu", all.size() - static_cast<size_t>(survivors.size()), all.size());
        QVERIFY(all.size() >= 40);
        QVERIFY2(survivors.isEmpty(), qPrintable(survivors.join(QStringLiteral("; "))));
    }
};

QTEST_APPLESS_MAIN(MutantsTest)
#include "tst_mutants.moc"
