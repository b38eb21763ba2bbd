// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/series/campaignrun.h"

#include "models/campaign/campaignentry.h"
#include "models/core/instant.h"
#include "models/cycles/cyclecourse.h"
#include "models/evidence/manifest.h"
#include "models/evidence/recordedplan.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <array>
#include <utility>

namespace slipway {

namespace {

constexpr qsizetype kMaxReport = qsizetype(4) * 1024 * 1024;
constexpr int kMaxDepth = 8;
constexpr qsizetype kMaxFact = 200;
constexpr qsizetype kMaxFacts = 100;

bool isReport(const QString &name) {
    return name.startsWith(QLatin1String("phase")) && name.endsWith(QLatin1String(".json"));
}

QJsonObject objectOf(const EvidenceFile &file) {
    return file.bytes.size() > kMaxReport ? QJsonObject() : QJsonDocument::fromJson(file.bytes).object();
}

// The earliest time of a report: only a text with a date and a time of day is one.
void findEarliest(const QJsonValue &value, int depth, QDateTime &earliest) {
    if (depth > kMaxDepth)
        return;
    if (value.isObject()) {
        const QJsonObject object = value.toObject();
        for (const QJsonValue &member : object)
            findEarliest(member, depth + 1, earliest);
    } else if (value.isArray()) {
        const QJsonArray array = value.toArray();
        for (const QJsonValue &member : array)
            findEarliest(member, depth + 1, earliest);
    } else if (const QString text = value.toString();
               text.size() >= 16 && text.size() <= 40 && text.at(10) == QLatin1Char('T')) {
        const QDateTime at = instantOf(text);
        if (at.isValid() && (!earliest.isValid() || at < earliest))
            earliest = at;
    }
}

void takeReports(const CampaignRecord &record, SeriesRun &run) {
    QDateTime earliest;
    for (const EvidenceFile &file : record.files) {
        if (file.name == QLatin1String("campaign-summary.json")) {
            const QJsonValue cost = objectOf(file).value(QLatin1String("cost_usd"));
            if (cost.isDouble() && cost.toDouble() >= 0)
                run.cost = cost.toDouble();
        }
        if (!isReport(file.name) || file.bytes.trimmed().isEmpty())
            continue;
        run.hasEvidence = true;
        const QJsonObject report = objectOf(file);
        findEarliest(report, 0, earliest);
        const QJsonObject shares = report.value(QLatin1String("convergence_by_fault")).toObject();
        for (auto it = shares.constBegin(); it != shares.constEnd(); ++it) {
            if (it->isDouble() && it->toDouble() < 1 && it->toDouble() >= 0)
                run.lostShares.insert(it.key(), 1 - it->toDouble());
        }
        if (const QString version = report.value(QLatin1String("version")).toString().left(200);
            !version.isEmpty())
            run.facts.insert(QStringLiteral("server version"), version);
        if (const QString sha = report.value(QLatin1String("server_sha256")).toString().left(64);
            !sha.isEmpty())
            run.facts.insert(QStringLiteral("server"), sha);
    }
    if (record.summary.source == kImported && earliest.isValid() && run.completedAt > earliest)
        run.seconds.insert(kWholeRun, static_cast<double>(earliest.msecsTo(run.completedAt)) / 1000);
}

void takePhases(const CampaignRecord &record, SeriesRun &run) {
    QMap<QString, std::pair<QDateTime, QDateTime>> phases;
    for (const PhaseRun &one : record.phaseRuns) {
        if (!one.startedAt.isValid() || !one.finishedAt.isValid())
            continue;
        auto &[first, last] = phases[QStringLiteral("phase %1").arg(one.phase)];
        first = first.isValid() ? std::min(first, one.startedAt) : one.startedAt;
        last = last.isValid() ? std::max(last, one.finishedAt) : one.finishedAt;
    }
    for (auto it = phases.constBegin(); it != phases.constEnd(); ++it)
        run.seconds.insert(it.key(), static_cast<double>(it->first.msecsTo(it->second)) / 1000);
    if (record.summary.source != kImported && run.startedAt.isValid() && run.completedAt > run.startedAt)
        run.seconds.insert(kWholeRun, static_cast<double>(run.startedAt.msecsTo(run.completedAt)) / 1000);
}

// Of these a campaign of any size may lack something, and what they say of losses is what the pool counts.
bool isAboutTheSample(const QString &check) {
    static const std::array<QLatin1String, 4> prefixes{
        QLatin1String("phase4.bound."), QLatin1String("phase4.losses."), QLatin1String("phase4.convergence."),
        QLatin1String("campaign.claim")};
    return std::any_of(prefixes.begin(), prefixes.end(),
                       [&](QLatin1String prefix) { return check.startsWith(prefix); });
}

bool carriesBound(const CampaignRecord &record) {
    if (!record.judgement || record.judgement->checks.isEmpty() || !record.findings.isEmpty())
        return false;
    const QList<Check> &checks = record.judgement->checks;
    return std::all_of(checks.begin(), checks.end(), [](const Check &check) {
        return check.outcome == Check::Outcome::Pass || isAboutTheSample(check.id);
    });
}

void takeCycles(const CampaignRecord &record, SeriesRun &run) {
    QMap<QString, RunCycles> classes;
    qint64 lost = 0;
    bool isMeasured = false;
    for (const Cycle &cycle : record.cycles) {
        if (!cycle.ok || !cycle.converged)
            continue;
        isMeasured = true;
        const qint64 missing = std::max<qint64>(0, *cycle.ok - *cycle.converged);
        lost += missing;
        // A cycle whose fault did not strike proves nothing; what it lost counts all the same.
        if (*cycle.ok < 1 || (!cycle.struck() && missing == 0))
            continue;
        if (const QByteArray course = cycleCourse(cycle); !course.isEmpty())
            run.courses << qHash(course, 0);
        RunCycles &cycles = classes[cycle.fault];
        cycles.fault = cycle.fault;
        if (missing == 0)
            ++cycles.clean;
        else
            cycles.lossy.append({*cycle.converged, *cycle.ok});
    }
    if (isMeasured)
        run.lost = lost;
    if (!classes.isEmpty() && carriesBound(record))
        run.cycles = classes.values();
}

// The median of what each cycle measured; nothing where none did.
void takeMeasure(const QString &name, QList<double> values, SeriesRun &run) {
    if (values.isEmpty())
        return;
    const qsizetype middle = values.size() / 2;
    std::sort(values.begin(), values.end());
    run.measures.insert(name, values.size() % 2 == 1 ? values.at(middle)
                                                     : (values.at(middle - 1) + values.at(middle)) / 2);
}

void takeMeasures(const CampaignRecord &record, SeriesRun &run) {
    QList<double> p50;
    QList<double> p99;
    QList<double> settled;
    for (const Cycle &cycle : record.cycles) {
        if (cycle.latencyUs[0])
            p50 << static_cast<double>(*cycle.latencyUs[0]) / 1000;
        if (cycle.latencyUs[2])
            p99 << static_cast<double>(*cycle.latencyUs[2]) / 1000;
        if (cycle.settleMs)
            settled << static_cast<double>(*cycle.settleMs) / 1000;
    }
    takeMeasure(kLatencyP50, p50, run);
    takeMeasure(kLatencyP99, p99, run);
    takeMeasure(kSettleTime, settled, run);
}

// What it ran with, and when: parameters and programs as the plan records them. An address may hold a
// password.
void takePlan(const CampaignRecord &record, SeriesRun &run) {
    const EvidenceFile *file = findFile(record.files, kPlanFile);
    if (!file)
        return;
    const QJsonObject plan = objectOf(*file);
    // One that was imported has no other, and no end either where its hosts were gone before a phase began.
    if (!run.startedAt.isValid())
        run.startedAt = instantOf(plan.value(QLatin1String("recorded_at")).toString());
    const QJsonObject parameters = plan.value(QLatin1String("parameters")).toObject();
    for (auto it = parameters.constBegin(); it != parameters.constEnd(); ++it) {
        if (!it.key().endsWith(QLatin1String("_url")) && run.facts.size() < kMaxFacts)
            run.facts.insert(QStringLiteral("plan ") + it.key().left(kMaxFact),
                             it->toString().left(kMaxFact));
    }
    const QJsonObject programs = plan.value(QLatin1String("programs")).toObject();
    if (!programs.isEmpty())
        run.facts.insert(QStringLiteral("harness"),
                         sha256Of(QJsonDocument(programs).toJson(QJsonDocument::Compact)));
}

} // namespace

SeriesRun seriesRunOf(const CampaignRecord &record) {
    const CampaignSummary &summary = record.summary;
    SeriesRun run;
    run.id = summary.id;
    run.ordinal = std::max(0, slotOf(summary.id));
    run.startedAt = summary.startedAt;
    run.completedAt = summary.finishedAt;
    run.isRunning = isUnderway(summary);
    run.claimedPass = summary.claimedPass;
    if (!run.isRunning)
        run.verdict =
            record.judgement ? record.judgement->verdict : summary.verdict.value_or(Verdict::NoEvidence);
    takeReports(record, run);
    takePhases(record, run);
    takeCycles(record, run);
    takeMeasures(record, run);
    run.hasEvidence = run.verdict != Verdict::NoEvidence && (run.hasEvidence || !record.cycles.isEmpty());
    for (const auto &[name, value] : {std::pair(QStringLiteral("ref"), summary.ref),
                                      std::pair(QStringLiteral("protocol"), summary.protocol),
                                      std::pair(QStringLiteral("fleet"), summary.fleet)}) {
        if (!value.isEmpty())
            run.facts.insert(name, value);
    }
    takePlan(record, run);
    if (record.judgement) {
        for (const Check &check : record.judgement->checks) {
            if (check.outcome != Check::Outcome::Unknown)
                run.checks.insert(check.id, check.outcome == Check::Outcome::Pass);
        }
    }
    const QString server = run.facts.value(QStringLiteral("server"));
    if (!run.cycles.isEmpty() && !server.isEmpty())
        run.pool = server + QLatin1Char(' ') + summary.protocol;
    return run;
}

} // namespace slipway
