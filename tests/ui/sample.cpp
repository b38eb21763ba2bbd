// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/sample.h"
#include "models/core/instant.h"

#include "app/archive/archive.h"
#include "app/archive/campaignstore.h"
#include "app/archive/evidencestore.h"
#include "app/archive/judgementstore.h"
#include "app/campaign/campaignplan.h"
#include "app/core/builtinprotocols.h"
#include "models/cycles/cycleline.h"

#include <QDir>
#include <QFile>

#include <algorithm>

namespace slipway::sample {

namespace {

const QDateTime kStart = instantOf(QStringLiteral("2026-04-20T17:48:00Z"));

CampaignRecord campaign(const QString &id, const QList<Cycle> &cycles) {
    CampaignRecord record;
    record.summary.id = id;
    record.summary.ref = QStringLiteral("release/v0.6.0");
    record.summary.fleet = QStringLiteral("sandbox");
    record.summary.protocol = QStringLiteral("ship-gate");
    record.summary.source = QStringLiteral("run");
    record.summary.startedAt = kStart;
    record.summary.finishedAt = kStart.addSecs(1035);
    record.parameters = {{QStringLiteral("faults"), QStringLiteral("kill_primary_mid_write")},
                         {QStringLiteral("cycles"), QString::number(cycles.size())},
                         {QStringLiteral("convergence_min"), QStringLiteral("0.995")}};
    for (int phase = 1; phase <= 4; ++phase) {
        PhaseRun run;
        run.phase = phase;
        run.step = QStringLiteral("step");
        run.host = QStringLiteral("node-a");
        run.state = RunState::Passed;
        run.startedAt = kStart.addSecs(phase * 60);
        run.finishedAt = kStart.addSecs(phase * 60 + 30);
        run.exitCode = 0;
        record.phaseRuns << run;
    }
    QByteArray lines;
    for (const Cycle &one : cycles)
        lines += cycleToLine(one) + '\n';
    record.files = {{QStringLiteral("cycles-kill_primary_mid_write.jsonl"), lines},
                    {QStringLiteral("phase4.json"), QByteArrayLiteral("{\"phase\":4,\"pass\":false}\n")}};
    record.cycles = cycles;
    Judgement judgement;
    for (int phase = 1; phase <= 4; ++phase)
        judgement.phases.append({phase, Verdict::Proven, QStringLiteral("3 / 3"), QStringLiteral("holds")});
    record.judgement = judgement;
    return record;
}

Check check(const QString &id, int phase, Check::Outcome outcome) {
    Check made;
    made.id = id;
    made.phase = phase;
    made.proves = QStringLiteral("Proves %1.").arg(id);
    made.expected = QStringLiteral(">= 0.995");
    made.actual = QStringLiteral("0.93");
    made.n = 1000;
    made.outcome = outcome;
    made.source = {QStringLiteral("phase4.json"), 11, 12};
    return made;
}

} // namespace

Protocol shipGate() {
    return *builtInProtocol(QStringLiteral("ship-gate"));
}

Cycle cycle(int number, qint64 ok, std::optional<qint64> converged, const QString &fault) {
    Cycle made;
    made.number = number;
    made.fault = fault;
    made.writes = 100;
    made.ok = ok;
    made.quorumNotMet = 0;
    made.fail = 100 - ok;
    made.durable = converged;
    made.converged = converged;
    made.inFlight = 3;
    made.faultInjected = true;
    made.startedAt = kStart.addSecs(300 + number);
    return made;
}

CampaignRecord redCampaign(const QString &id) {
    QList<Cycle> cycles;
    for (int number = 1; number <= 10; ++number)
        cycles << cycle(number, 25,
                        number == 9                  ? std::nullopt
                        : number == 4 || number == 7 ? std::optional<qint64>(20)
                                                     : std::optional<qint64>(25));
    CampaignRecord record = campaign(id, cycles);
    record.summary.state = RunState::Failed;
    record.summary.verdict = record.judgement->verdict = Verdict::Fail;
    record.summary.claimedPass = record.judgement->claimedPass = true;
    record.summary.reason = record.judgement->reason =
        QStringLiteral("Phase 4: 10 acknowledged writes are missing");
    record.judgement->blamedPhase = 4;
    record.judgement->phases.last().verdict = Verdict::Fail;
    record.judgement->checks = {
        check(QStringLiteral("phase1.recall.node-a"), 1, Check::Outcome::Pass),
        check(QStringLiteral("phase4.convergence.kill_primary_mid_write"), 4, Check::Outcome::Fail)};
    return record;
}

CampaignRecord greenCampaign(const QString &id) {
    QList<Cycle> cycles;
    for (int number = 1; number <= 30; ++number)
        cycles << cycle(number, 25, 25);
    CampaignRecord record = campaign(id, cycles);
    record.summary.state = RunState::Passed;
    record.summary.verdict = record.judgement->verdict = Verdict::Proven;
    record.summary.claimedPass = record.judgement->claimedPass = true;
    record.summary.reason = record.judgement->reason = QStringLiteral("All 2 checks hold");
    record.judgement->checks = {check(QStringLiteral("phase1.recall.node-a"), 1, Check::Outcome::Pass),
                                check(QStringLiteral("phase2.delivery.node-b"), 2, Check::Outcome::Pass)};
    return record;
}

bool archive(const Paths &paths, const QList<CampaignRecord> &records) {
    const auto opened = Archive::open(paths);
    return opened && std::all_of(records.begin(), records.end(), [&](const CampaignRecord &record) {
               const QString &id = record.summary.id;
               return CampaignStore(**opened).create(record) &&
                      std::all_of(record.phaseRuns.begin(), record.phaseRuns.end(),
                                  [&](const PhaseRun &run) {
                                      return bool(CampaignStore(**opened).savePhaseRun(id, run));
                                  }) &&
                      std::all_of(record.files.begin(), record.files.end(),
                                  [&](const EvidenceFile &file) {
                                      return bool(EvidenceStore(**opened).save(id, file));
                                  }) &&
                      (!record.judgement || JudgementStore(**opened).save(id, *record.judgement)) &&
                      CampaignStore(**opened).update(record.summary);
           });
}

bool spool(const Paths &paths, const QString &campaign, const PhaseRun &run, const QByteArray &text) {
    const QString dir = paths.spoolDir(campaign);
    QFile file(dir + QLatin1Char('/') + run.streamName() + QStringLiteral(".log"));
    return QDir().mkpath(dir) && file.open(QIODevice::WriteOnly) && file.write(text) == text.size();
}

QList<LogLine> CountingLog::lines(qint64 first, qint64 count) const {
    for (qint64 max = m_maxAsked; max < count && !m_maxAsked.compare_exchange_weak(max, count);) {
    }
    QList<LogLine> result;
    for (qint64 line = first; line < std::min(first + count, m_lines.load()); ++line)
        result.append({(line > 0 && line % 1'000'000 == 0 ? "fatal " : "line ") + QByteArray::number(line),
                       line, line * 10});
    return result;
}

} // namespace slipway::sample
