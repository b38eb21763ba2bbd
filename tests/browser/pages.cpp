// SPDX-License-Identifier: GPL-3.0-or-later
// slipway-browser-pages FOLDER: runs as an export writes them, a hostile one among them, for a browser to
// look at.
#include "app/core/builtinprotocols.h"
#include "app/pages/index/indexpage.h"
#include "app/pages/write/runexport.h"
#include "app/pages/write/treewriter.h"
#include "models/campaign/versionorder.h"
#include "tests/app/pages/exportsample.h"
#include "tests/models/evidence/goodcampaign.h"
#include "tests/models/evidence/goodevidence.h"

#include <QJsonArray>

#include <algorithm>
#include <cstdio>

using namespace slipway;

namespace {

// A published folder as somebody else's export wrote it.
CampaignRecord imported(const QString &id, const QList<EvidenceFile> &files) {
    CampaignRecord record;
    record.summary.id = id;
    record.summary.source = kImported;
    record.files = files;
    return record;
}

// A proven one: its observations support every check, and nothing was lost in 600 cycles.
CampaignRecord proven() {
    test::GoodCampaignPlan plan;
    plan.cycles = 600;
    plan.writes = 12; // with fewer, two of so many cycles have the same times
    return imported(test::kGoodId, test::publishedCampaign(plan));
}

// Some 160 checks: more nodes, and a report of each.
CampaignRecord manyNodes() {
    CampaignRecord record = test::ownRecord();
    record.summary.id = QStringLiteral("own-r5");
    record.files = test::goodEvidence({50, 100, 80, 1});
    const EvidenceFile first = test::fileOf(record.files, QStringLiteral("phase1-node-a.json"));
    for (char node = 'd'; node <= 'l'; ++node) {
        const QString host = QStringLiteral("node-%1").arg(QLatin1Char(node));
        record.peers << host;
        EvidenceFile file{QStringLiteral("phase1-%1.json").arg(host), first.bytes};
        file.bytes.replace("node-a", host.toLatin1());
        record.files.append(file);
    }
    return record;
}

// Cycles that lost writes, which its report says too.
CampaignRecord losing() {
    constexpr int lossy = 8;
    constexpr int held = 20; // of 80
    CampaignRecord record =
        imported(QStringLiteral("v1.0.0-final-r7"), test::goodEvidence({700, 100, 80, 1}));
    for (int i = 1; i <= lossy; ++i)
        test::changeCycle(record.files, 60 * i, [](QJsonObject &line) {
            line.insert(QStringLiteral("converged"), held);
            line.insert(QStringLiteral("lost"), QJsonArray{QStringLiteral("p4-r-1-60-alice-3")});
        });
    static constexpr int acked = 700 * 80;
    static constexpr int converged = acked - lossy * (80 - held);
    test::changeJson(record.files, QStringLiteral("phase4.json"), [](QJsonObject &report) {
        const QString fault = QStringLiteral("kill_primary_mid_write");
        report.insert(QStringLiteral("pass"), false);
        report.insert(QStringLiteral("converged_by_fault"), QJsonObject{{fault, converged}});
    });
    return record;
}

// 2,400 cycles of four fault classes, some of which lost writes.
CampaignRecord manyCycles() {
    CampaignRecord record =
        imported(QStringLiteral("v1.0.0-final-r10"), test::goodEvidence({600, 100, 80, 1}));
    for (const int cycle : {3, 70, 71, 300})
        test::changeCycle(record.files, cycle,
                          [](QJsonObject &line) { line.insert(QStringLiteral("converged"), 60); });
    const EvidenceFile first = test::fileOf(record.files, test::kCycles);
    for (const char *fault : {"drop_random_acks", "partition_minority", "clock_skew_peer"}) {
        EvidenceFile file{QStringLiteral("cycles-%1.jsonl").arg(QLatin1String(fault)), first.bytes};
        file.bytes.replace("kill_primary_mid_write", fault);
        record.files.append(file);
    }
    return record;
}

// As long as names can be, and more fault classes than a protocol has.
CampaignRecord longNames() {
    CampaignRecord record = losing();
    record.summary.id = QString(60, QLatin1Char('w')) + QStringLiteral("-r11");
    const EvidenceFile first = test::fileOf(record.files, test::kCycles);
    for (char number = '1'; number <= '9'; ++number) {
        const QByteArray fault = QByteArray(50, 'm') + number;
        EvidenceFile file{QStringLiteral("cycles-%1.jsonl").arg(QLatin1String(fault)),
                          first.bytes.left(20'000)};
        file.bytes.truncate(file.bytes.lastIndexOf('\n') + 1);
        file.bytes.replace("kill_primary_mid_write", fault);
        record.files.append(file);
    }
    return record;
}

// A real kind: the report is what a script printed before it failed.
CampaignRecord notJson() {
    CampaignRecord record = test::importedRecord();
    record.summary.id = QStringLiteral("v1.0.0-final-r8");
    test::fileOf(record.files, QStringLiteral("phase4.json")).bytes =
        "[chaos] chaos campaign: fault=kill_primary_mid_write\n[chaos] cycle 1\n" + QByteArray(300, '-') +
        "\n";
    return record;
}

QList<CampaignRecord> records() {
    CampaignRecord own = test::ownRecord();
    own.insight = test::insight();
    CampaignRecord contradictory = test::ownRecord(); // its report is not of these cycles
    contradictory.summary.id = QStringLiteral("own-r3");
    for (const int cycle : {3, 7, 12})
        test::changeCycle(contradictory.files, cycle, [&](QJsonObject &line) {
            line.insert(QStringLiteral("converged"), 20 + cycle % 5);
        });
    CampaignRecord undelivered = test::ownRecord();
    undelivered.summary.id = QStringLiteral("own-r6");
    test::changeJson(undelivered.files, QStringLiteral("phase2.json"), [](QJsonObject &report) {
        report.insert(QStringLiteral("pass"), false);
        report.insert(
            QStringLiteral("acked_held"),
            QJsonObject{{QStringLiteral("a"), 200}, {QStringLiteral("b"), 166}, {QStringLiteral("c"), 164}});
    });
    return {own,
            contradictory,
            undelivered,
            imported(QStringLiteral("own-r4"), {}),
            proven(),
            losing(),
            longNames(),
            manyNodes(),
            manyCycles(),
            notJson(),
            test::importedRecord(),
            test::hostileRecord()};
}

} // namespace

int main(int argc, char *argv[]) {
    if (argc != 2) {
        std::fputs("slipway-browser-pages FOLDER\n", stderr);
        return 2;
    }
    auto writer = TreeWriter::open(QString::fromLocal8Bit(argv[1]));
    if (!writer) {
        std::fprintf(stderr, "%s\n", qPrintable(writer.error().text));
        return 1;
    }
    QList<RunEntry> entries;
    const QList<Protocol> protocols = builtInProtocols() + QList<Protocol>{test::smallProtocol()};
    for (const CampaignRecord &record : records()) {
        const auto run = planRun(record, {}, protocols, {});
        if (!run || !writer->replaceRun(run->id, run->files)) {
            std::fprintf(stderr, "%s was not written\n", qPrintable(record.summary.id));
            return 1;
        }
        entries.append(entryOf(run->id, run->files, run->judgement));
    }
    std::sort(entries.begin(), entries.end(),
              [](const RunEntry &a, const RunEntry &b) { return versionLess(b.id, a.id); });
    return writer->replaceFile(QStringLiteral("index.html"), indexPage(entries)) ? 0 : 1;
}
