// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/models/evidence/goodevidence.h"
#include "models/core/instant.h"

#include "models/cycles/cycleline.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>

namespace slipway::test {

namespace {

EvidenceFile json(const QString &name, const QJsonObject &object) {
    return {name, QJsonDocument(object).toJson()};
}

QJsonObject functional(const QString &node) {
    return {{QStringLiteral("phase"), 1},
            {QStringLiteral("host"), node},
            {QStringLiteral("version"), QStringLiteral("server 1")},
            {QStringLiteral("server_sha256"), QStringLiteral("abc")},
            {QStringLiteral("recall_count"), 1},
            {QStringLiteral("stats"), QJsonObject{{QStringLiteral("total"), 1}}},
            {QStringLiteral("snapshot_count"), 1},
            {QStringLiteral("manifest_count"), 1},
            {QStringLiteral("snapshot_hash_matches"), true},
            {QStringLiteral("curator"),
             QJsonObject{{QStringLiteral("errors"), QJsonArray{QStringLiteral("no LLM client configured")}}}},
            {QStringLiteral("mcp_tool_count"), 31},
            {QStringLiteral("pass"), true},
            {QStringLiteral("reasons"), QJsonArray{QString()}}};
}

QJsonObject migration() {
    return {{QStringLiteral("memories_read"), 1000},
            {QStringLiteral("memories_written"), 1000},
            {QStringLiteral("errors"), QJsonArray{}}};
}

QByteArray cycles(const GoodPlan &plan) {
    QByteArray lines;
    for (int number = 1; number <= plan.cycles; ++number) {
        Cycle cycle;
        cycle.number = number;
        cycle.fault = QStringLiteral("kill_primary_mid_write");
        cycle.writes = plan.writes;
        cycle.ok = plan.acked;
        cycle.quorumNotMet = 0;
        cycle.fail = plan.writes - plan.acked;
        cycle.rows = {std::nullopt, plan.acked + number % 3, plan.acked + 1 + number % 2};
        cycle.durable = plan.acked;
        cycle.converged = plan.acked;
        cycle.inFlight = 3;
        cycle.faultInjected = true;
        cycle.settleMs = 100 + (number * 31 + plan.seed * 17) % 400;
        cycle.latencyUs = {1000 + number, 2000 + number * 3, 5000 + number * 7};
        cycle.startedAt = utcOfMilliseconds(1'776'680'000'000 + number * 2000);
        cycle.faultAt = cycle.startedAt.addMSecs(300);
        cycle.endedAt = cycle.startedAt.addMSecs(1800);
        lines += cycleToLine(cycle) + '\n';
    }
    return lines;
}

} // namespace

Expectation goodExpectation() {
    Expectation expectation;
    expectation.cycles = GoodPlan().cycles;
    expectation.writesPerCycle = GoodPlan().writes;
    return expectation;
}

QList<EvidenceFile> goodEvidence(const GoodPlan &plan) {
    const QJsonObject acked{{QStringLiteral("kill_primary_mid_write"), plan.cycles * plan.acked}};
    QList<EvidenceFile> files;
    for (const auto &node : {QStringLiteral("node-a"), QStringLiteral("node-b"), QStringLiteral("node-c")})
        files.append(json(QStringLiteral("phase1-%1.json").arg(node), functional(node)));
    const QJsonObject all{{QStringLiteral("a"), 200}, {QStringLiteral("b"), 200}, {QStringLiteral("c"), 200}};
    files.append(json(QStringLiteral("phase2.json"),
                      {{QStringLiteral("phase"), 2},
                       {QStringLiteral("pass"), true},
                       {QStringLiteral("total_writes"), 200},
                       {QStringLiteral("ok"), 200},
                       {QStringLiteral("quorum_not_met"), 0},
                       {QStringLiteral("fail"), 0},
                       {QStringLiteral("acked"), 200},
                       {QStringLiteral("counts"), all},
                       {QStringLiteral("acked_held"), all},
                       {QStringLiteral("probe1_single_peer_down"), QStringLiteral("201")},
                       {QStringLiteral("probe2_both_peers_down"), QStringLiteral("503")}}));
    files.append(json(QStringLiteral("phase3.json"), {{QStringLiteral("phase"), 3},
                                                      {QStringLiteral("pass"), true},
                                                      {QStringLiteral("report_forward"), migration()},
                                                      {QStringLiteral("report_idempotent"), migration()},
                                                      {QStringLiteral("report_reverse"), migration()},
                                                      {QStringLiteral("src_count"), 1000},
                                                      {QStringLiteral("dst_count"), 1000},
                                                      {QStringLiteral("roundtrip_equal"), 1000}}));
    files.append(json(
        QStringLiteral("phase4.json"),
        {{QStringLiteral("phase"), 4},
         {QStringLiteral("pass"), true},
         {QStringLiteral("cycles_per_fault"), plan.cycles},
         {QStringLiteral("writes_per_cycle"), plan.writes},
         {QStringLiteral("convergence_by_fault"), QJsonObject{{QStringLiteral("kill_primary_mid_write"), 1}}},
         {QStringLiteral("acked_by_fault"), acked},
         {QStringLiteral("durable_by_fault"), acked},
         {QStringLiteral("converged_by_fault"), acked}}));
    files.append({kCycles, cycles(plan)});
    files.append(json(QStringLiteral("campaign-summary.json"), {{QStringLiteral("overall_pass"), true}}));
    return files;
}

const Check *checkWith(const Judgement &judgement, const QString &id) {
    const auto it = std::find_if(judgement.checks.begin(), judgement.checks.end(),
                                 [&](const Check &check) { return check.id == id; });
    return it == judgement.checks.end() ? nullptr : &*it;
}

EvidenceFile &fileOf(QList<EvidenceFile> &files, const QString &name) {
    const auto it =
        std::find_if(files.begin(), files.end(), [&](const EvidenceFile &file) { return file.name == name; });
    if (it == files.end())
        qFatal("no file %s", qPrintable(name));
    return *it;
}

void changeJson(QList<EvidenceFile> &files, const QString &name,
                const std::function<void(QJsonObject &)> &change) {
    EvidenceFile &file = fileOf(files, name);
    QJsonObject object = QJsonDocument::fromJson(file.bytes).object();
    change(object);
    file.bytes = QJsonDocument(object).toJson();
}

void changeCycle(QList<EvidenceFile> &files, int number, const std::function<void(QJsonObject &)> &change) {
    EvidenceFile &file = fileOf(files, kCycles);
    QList<QByteArray> lines = file.bytes.split('\n');
    QJsonObject object = QJsonDocument::fromJson(lines.at(number - 1)).object();
    change(object);
    lines[number - 1] = QJsonDocument(object).toJson(QJsonDocument::Compact);
    file.bytes = lines.join('\n');
}

void changeCycles(QList<EvidenceFile> &files, const std::function<void(QJsonObject &)> &change) {
    EvidenceFile &file = fileOf(files, kCycles);
    QByteArray changed;
    for (const QByteArray &line : file.bytes.split('\n')) {
        if (line.isEmpty())
            continue;
        QJsonObject object = QJsonDocument::fromJson(line).object();
        change(object);
        changed += QJsonDocument(object).toJson(QJsonDocument::Compact) + '\n';
    }
    file.bytes = changed;
}

} // namespace slipway::test
