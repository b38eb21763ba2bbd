// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/campaignstart.h"

#include "app/archive/campaignreader.h"
#include "app/archive/campaignstore.h"
#include "app/archive/evidencestore.h"
#include "app/archive/observationstore.h"
#include "app/campaign/planfile.h"
#include "app/core/resourceroom.h"
#include "app/core/steadytime.h"

#include <QDir>
#include <QRandomGenerator>

#include <algorithm>

namespace slipway {

namespace {

CampaignRecord recordOf(const CampaignPlan &plan) {
    CampaignRecord record;
    record.summary.id = plan.id;
    record.summary.ref = plan.ref;
    record.summary.fleet = plan.fleet.name;
    record.summary.protocol = plan.protocol.name;
    record.summary.source = QStringLiteral("run");
    record.summary.state = RunState::Running;
    record.summary.startedAt = steadyNowUtc();
    record.parameters = plan.parameters;
    record.peers = peerNames(plan.fleet);
    // Every phase of the protocol is required, also where only some were asked for: those are then missing.
    record.requiredPhases = plan.protocol.phaseNumbers();
    return record;
}

Result<void> putOnDisk(Archive &archive, const CampaignPlan &plan) {
    const QFile::Permissions mine = QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner;
    if (!QDir().mkpath(plan.spoolDir) || !QFile::setPermissions(plan.spoolDir, mine))
        return Error{ErrorCode::Io,
                     QStringLiteral("The folder %1 for the logs cannot be made.").arg(plan.spoolDir)};
    TRY(savePlan(plan));
    if (plan.recorded) {
        TRY(EvidenceStore(archive).save(plan.id, {kPlanFile, planBytes(*plan.recorded)}));
    }
    return {};
}

} // namespace

Result<CampaignStart> newCampaign(const LaunchRequest &request, const Paths &paths) {
    CampaignPlan plan = planOf(request);
    plan.runToken = QStringLiteral("%1").arg(QRandomGenerator::system()->generate(), 8, 16, QLatin1Char('0'));
    plan.key = makeCampaignKey();
    plan.spoolDir = paths.spoolDir(plan.id);
    TRY(checkPlan(plan));
    TRY(roomForHosts(plan.fleet.hosts.size()));
    auto recorded = recordPlan(plan, steadyNowUtc());
    if (!recorded)
        return recorded.error();
    plan.recorded = std::move(*recorded);
    return CampaignStart{plan, recordOf(plan)};
}

// The id is taken in the archive first: of two that want it, one gets it. What is needed to go on after a
// crash is on disk before anything runs.
Result<bool> enterCampaign(Archive &archive, const CampaignStart &start) {
    TRY(CampaignStore(archive).create(start.record));
    const auto prepared = putOnDisk(archive, start.plan);
    if (prepared)
        return true;
    CampaignSummary failed = start.record.summary;
    failed.state = RunState::Failed;
    failed.finishedAt = std::max(steadyNowUtc(), failed.startedAt);
    failed.reason = prepared.error().text;
    TRY(CampaignStore(archive).update(failed));
    return prepared.error();
}

Result<CampaignStart> cutOffCampaign(Archive &archive, const QString &id, const QString &spoolDir) {
    auto record = CampaignReader(archive).load(id);
    if (!record)
        return record.error();
    if (record->summary.state != RunState::Running)
        return Error{
            ErrorCode::InvalidInput,
            QStringLiteral("Campaign %1 has ended: %2.").arg(id, runStateName(record->summary.state))};
    if (!record->findings.isEmpty())
        return Error{ErrorCode::Corrupt,
                     QStringLiteral("Campaign %1 is not what was recorded: %2. Nothing was started.")
                         .arg(id, record->findings.constFirst().reason)};
    auto plan = loadPlan(spoolDir);
    if (!plan)
        return plan.error();
    TRY(roomForHosts(plan->fleet.hosts.size()));
    auto kept = ObservationStore(archive).loadKept(id);
    if (!kept)
        return kept.error();
    plan->id = id;
    // As it was recorded then: what goes on must not change what was set out to be shown.
    if (const EvidenceFile *file = findFile(record->files, kPlanFile)) {
        auto recorded = readPlan(file->bytes);
        if (!recorded)
            return recorded.error();
        plan->recorded = std::move(*recorded);
    }
    record->files.clear();
    record->cycles.clear(); // reported again, from the spools
    return CampaignStart{std::move(*plan), std::move(*record), std::move(*kept)};
}

Result<std::unique_ptr<RunLock>> leadCampaign(const CampaignPlan &plan) {
    auto lock = std::make_unique<RunLock>();
    if (!lock->take(plan.spoolDir))
        return Error{ErrorCode::AlreadyExists,
                     QStringLiteral("Another process leads campaign %1, or %2 cannot be locked.")
                         .arg(plan.id, plan.spoolDir)};
    return lock;
}

} // namespace slipway
