// SPDX-License-Identifier: GPL-3.0-or-later
// Launching a campaign and taking one up that another process left.
#include "app/archive/archivethread.h"
#include "app/campaign/planfile.h"
#include "app/cloud/rental/rentals.h"
#include "app/core/mailbox.h"
#include "app/core/resourceroom.h"
#include "app/core/steadytime.h"
#include "app/session/campaignstop.h"
#include "app/session/runningcampaign.h"
#include "app/ssh/sshshell.h"

#include <QCoreApplication>
#include <QDir>
#include <QRandomGenerator>

#include <algorithm>

namespace slipway {

namespace {

Error runsHere(const QString &id) {
    return Error{ErrorCode::AlreadyExists,
                 QStringLiteral("Campaign %1 is running here. Stop it or wait for its end.").arg(id)};
}

Result<void> lead(const CampaignPlan &plan, std::unique_ptr<RunLock> &lock) {
    auto taken = std::make_unique<RunLock>();
    if (!taken->take(plan.spoolDir))
        return Error{ErrorCode::AlreadyExists,
                     QStringLiteral("Another process leads campaign %1, or %2 cannot be locked.")
                         .arg(plan.id, plan.spoolDir)};
    lock = std::move(taken);
    return {};
}

// The id is taken in the archive first: of two that want it, one gets it. What is needed to go on after a
// crash is on disk before anything runs.
Result<bool> enter(CampaignStore &store, const CampaignRecord &record, const CampaignPlan &plan) {
    if (const auto created = store.createCampaign(record); !created)
        return created.error();
    const QFile::Permissions mine = QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner;
    Result<void> prepared;
    if (QDir().mkpath(plan.spoolDir) && QFile::setPermissions(plan.spoolDir, mine))
        prepared = savePlan(plan);
    else
        prepared = Error{ErrorCode::Io,
                         QStringLiteral("The folder %1 for the logs cannot be made.").arg(plan.spoolDir)};
    if (prepared && plan.recorded) {
        if (const auto saved = store.saveFile(plan.id, {kPlanFile, planBytes(*plan.recorded)}); !saved)
            prepared = saved.error();
    }
    if (prepared)
        return true;
    CampaignSummary failed = record.summary;
    failed.state = RunState::Failed;
    failed.finishedAt = std::max(steadyNowUtc(), failed.startedAt);
    failed.reason = prepared.error().text;
    if (const auto noted = store.updateCampaign(failed); !noted)
        return noted.error();
    return prepared.error();
}

} // namespace

CampaignPlan planOf(const LaunchRequest &request) {
    CampaignPlan plan;
    plan.id = request.id;
    plan.ref = request.ref;
    plan.fleet = request.fleet;
    plan.protocol = request.protocol;
    plan.phases = request.phases.isEmpty() ? request.protocol.phaseNumbers() : request.phases;
    plan.parameters = request.parameters;
    plan.field = request.field;
    return plan;
}

void Services::launch(const LaunchRequest &request, std::function<void(Result<void>)> done) {
    CampaignPlan plan = planOf(request);
    plan.runToken = QStringLiteral("%1").arg(QRandomGenerator::system()->generate(), 8, 16, QLatin1Char('0'));
    plan.key = makeCampaignKey();
    plan.spoolDir = m_paths.spoolDir(plan.id);
    if (m_running) {
        done(runsHere(m_running->record.summary.id));
        return;
    }
    if (const auto checked = checkPlan(plan); !checked) {
        done(checked);
        return;
    }
    if (const auto room = roomForHosts(plan.fleet.hosts.size()); !room) {
        done(room);
        return;
    }
    auto recorded = recordPlan(plan, steadyNowUtc());
    if (!recorded) {
        done(recorded.error());
        return;
    }
    plan.recorded = std::move(*recorded);
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
    prepare(
        plan, record, {}, request.hosts,
        [this, plan, record, keep = request.keepFleet, done = std::move(done)](const Result<void> &prepared) {
            if (!prepared) {
                done(prepared);
                return;
            }
            m_archive->ask<bool>(
                [record, plan](CampaignStore &store) { return enter(store, record, plan); },
                [this, plan, keep, done](const Result<bool> &entered) {
                    const auto begun = entered ? begin(plan, keep) : Result<void>(entered.error());
                    if (begun) {
                        done(begun);
                        return;
                    }
                    m_running->prepared = [done, begun](const Result<void> &) { done(begun); };
                    m_running->worker->post( // its hosts are nobody's again, then forgetRunning()
                        [running = m_running.get()] { running->runner->cleanHosts(); });
                });
        });
}

void Services::resume(const QString &id, std::function<void(Result<void>)> done) {
    if (m_running) {
        done(runsHere(m_running->record.summary.id));
        return;
    }
    struct Found {
        CampaignRecord record;
        CampaignPlan plan;
        QList<EndedStream> kept;
    };
    m_archive->ask<Found>(
        [id, dir = m_paths.spoolDir(id)](CampaignStore &store) -> Result<Found> {
            auto record = store.loadCampaign(id);
            if (!record)
                return record.error();
            if (record->summary.state != RunState::Running)
                return Error{ErrorCode::InvalidInput, QStringLiteral("Campaign %1 has ended: %2.")
                                                          .arg(id, runStateName(record->summary.state))};
            if (!record->findings.isEmpty())
                return Error{ErrorCode::Corrupt,
                             QStringLiteral("Campaign %1 is not what was recorded: %2. Nothing was started.")
                                 .arg(id, record->findings.constFirst().reason)};
            auto plan = loadPlan(dir);
            if (!plan)
                return plan.error();
            if (const auto room = roomForHosts(plan->fleet.hosts.size()); !room)
                return room.error();
            auto kept = store.loadKeptStreams(id);
            if (!kept)
                return kept.error();
            return Found{std::move(*record), std::move(*plan), std::move(*kept)};
        },
        [this, id, done = std::move(done)](Result<Found> found) {
            if (!found) {
                done(found.error());
                return;
            }
            auto &[record, plan, kept] = *found;
            plan.id = id;
            // As it was recorded then: what goes on must not change what was set out to be shown.
            if (const EvidenceFile *file = findFile(record.files, kPlanFile)) {
                auto recorded = readPlan(file->bytes);
                if (!recorded) {
                    done(recorded.error());
                    return;
                }
                plan.recorded = std::move(*recorded);
            }
            record.files.clear();
            record.cycles.clear();         // told again, from the spools
            std::unique_ptr<RunLock> lock; // before its hosts hear of this process
            if (const auto led = lead(plan, lock); !led) {
                done(led);
                return;
            }
            HostPreparation::Options options;
            options.check = false; // it has been there
            prepare(plan, record, kept, options, [this, plan = plan, done](const Result<void> &prepared) {
                done(prepared ? begin(plan, false) : prepared); // what was said at the launch holds
            });
            m_running->lock = std::move(lock);
        });
}

void Services::resumeLatest(std::function<void(Result<QString>)> done) {
    listCampaigns([this, done = std::move(done)](const Result<QList<CampaignSummary>> &list) {
        if (!list) {
            done(list.error());
            return;
        }
        const auto cutOff = std::find_if(list->begin(), list->end(), [this](const CampaignSummary &summary) {
            return summary.state == RunState::Lost && summary.source != kImported &&
                   !summary.finishedAt.isValid() && hasPlan(m_paths.spoolDir(summary.id));
        });
        if (cutOff == list->end()) {
            done(QString());
            return;
        }
        resume(cutOff->id, [done, id = cutOff->id](const Result<void> &resumed) {
            if (resumed)
                done(id);
            else
                done(resumed.error());
        });
    });
}

// Its hosts first: what cannot be had is not begun, and leaves nothing in the archive.
void Services::prepare(const CampaignPlan &plan, const CampaignRecord &record, const QList<EndedStream> &kept,
                       const HostPreparation::Options &options, std::function<void(Result<void>)> done) {
    m_running = std::make_unique<Running>();
    m_running->record = record;
    m_running->prepared = std::move(done);
    m_running->worker = std::make_unique<Worker>(QStringLiteral("campaign"));
    SshOptions ssh;
    ssh.pinFile = m_paths.pinFile();
    ssh.keys = m_keys;
    m_running->worker->post(
        [this, plan, ssh, options, known = KnownRuns{record.phaseRuns, kept}, running = m_running.get()] {
            running->runner = new CampaignRunner(
                plan, [ssh](const Host &host) { return std::make_unique<SshShell>(host, ssh); }, known);
            wire(*running->runner);
            running->runner->prepare(options);
        });
}

void Services::takePrepared(const Result<void> &result, bool canTakeOver) {
    m_canTakeOver = canTakeOver;
    if (!m_running || m_running->begun)
        return;
    const auto prepared = std::move(m_running->prepared);
    if (!result) {
        m_running.reset();
        m_stop->end();
    }
    prepared(result);
}

Result<void> Services::begin(const CampaignPlan &plan, bool keepFleet) {
    if (!m_running->lock) {
        if (const auto led = lead(plan, m_running->lock); !led)
            return led;
    }
    m_running->begun = true;
    m_room.start();
    note(QStringLiteral("%1 leads this campaign, process %2")
             .arg(ownerHere(plan).person)
             .arg(QCoreApplication::applicationPid()));
    m_running->worker->post([running = m_running.get()] { running->runner->start(); });
    m_rentals->campaignBegan(plan.fleet, plan.id, keepFleet);
    Q_EMIT campaignStarted(m_running->record);
    Q_EMIT campaignListChanged();
    return {};
}

void Services::answerPassphrase(const QString &host, const std::optional<QByteArray> &passphrase) {
    if (m_running)
        m_running->worker->post([running = m_running.get(), host, passphrase] {
            running->runner->answerPassphrase(host, passphrase);
        });
}

void Services::answerHostKey(const QString &host, bool accepted) {
    if (m_running)
        m_running->worker->post(
            [running = m_running.get(), host, accepted] { running->runner->answerHostKey(host, accepted); });
}

} // namespace slipway
