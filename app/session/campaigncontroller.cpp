// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/campaigncontroller.h"

#include "app/campaign/campaignnotes.h"
#include "app/campaign/hostlock.h"
#include "app/campaign/planfile.h"
#include "app/cloud/rental/rentals.h"
#include "app/core/resourceroom.h"
#include "app/core/steadytime.h"
#include "app/session/campaignstop.h"
#include "app/session/runningcampaign.h"
#include "app/session/runrecorder.h"
#include "models/campaign/judgerecord.h"

#include <QCoreApplication>

#include <algorithm>

namespace slipway {

namespace {

constexpr int kRoomMs = 1000;

} // namespace

/// The campaign that this process leads.
struct CampaignController::Led {
    QString id;
    std::unique_ptr<RunLock> lock;
    std::function<void(Result<void>)> prepared; ///< whoever waits for its hosts
    RunningCampaign campaign;
    bool begun = false;  ///< before, its hosts are made ready
    bool isKept = false; ///< its end is being archived
};

CampaignController::CampaignController(Paths paths, SshOptions ssh, const Parts &parts)
    : m_paths(std::move(paths)), m_ssh(std::move(ssh)), m_parts(parts),
      m_recorder(std::make_unique<RunRecorder>(parts.archive)),
      m_stop(std::make_unique<CampaignStop>(*this, parts.feed, parts.rentals)) {
    connect(m_stop.get(), &CampaignStop::waits, this, &CampaignController::stopWaits);
    connect(m_stop.get(), &CampaignStop::gaveUp, this, &CampaignController::giveUpStopping);
    connect(m_recorder.get(), &RunRecorder::failed, this, &CampaignController::problemOccurred);
    m_room.setInterval(kRoomMs);
    connect(&m_room, &QTimer::timeout, this, &CampaignController::leaveWhenShort);
}

CampaignController::~CampaignController() = default;

QString CampaignController::runningCampaign() const {
    return m_led && m_led->begun ? m_led->id : QString();
}

Result<void> CampaignController::checkIdle() const {
    if (!m_led)
        return {};
    return Error{ErrorCode::AlreadyExists,
                 QStringLiteral("Campaign %1 is running here. Stop it or wait for its end.").arg(m_led->id)};
}

void CampaignController::launch(const LaunchRequest &request, std::function<void(Result<void>)> done) {
    if (const auto idle = checkIdle(); !idle) {
        done(idle);
        return;
    }
    const auto start = newCampaign(request, m_paths);
    if (!start) {
        done(start.error());
        return;
    }
    const auto enter = [this, start = *start, keep = request.choice.keepFleet, done] {
        m_parts.archive.ask<bool>(
            [start](Archive &archive) { return enterCampaign(archive, start); },
            [this, plan = start.plan, keep, done](const Result<bool> &entered) {
                const auto begun = entered ? begin(plan, keep) : Result<void>(entered.error());
                if (begun) {
                    done(begun);
                    return;
                }
                m_led->prepared = [done, begun](const Result<void> &) { done(begun); };
                m_led->campaign.cleanHosts(); // its hosts are nobody's again, then forget()
            });
    };
    prepare(*start, nullptr, request.choice.hosts, [enter, done](const Result<void> &prepared) {
        if (prepared)
            enter();
        else
            done(prepared);
    });
}

void CampaignController::resume(const QString &id, std::function<void(Result<void>)> done) {
    if (const auto idle = checkIdle(); !idle) {
        done(idle);
        return;
    }
    m_parts.archive.ask<CampaignStart>(
        [id, dir = m_paths.spoolDir(id)](Archive &archive) { return cutOffCampaign(archive, id, dir); },
        [this, done = std::move(done)](const Result<CampaignStart> &start) {
            if (!start) {
                done(start.error());
                return;
            }
            auto lock = leadCampaign(start->plan); // before its hosts hear of this process
            if (!lock) {
                done(lock.error());
                return;
            }
            HostPreparation::Options options;
            options.check = false; // it has been there
            prepare(*start, std::move(*lock), options,
                    [this, plan = start->plan, done](const Result<void> &prepared) {
                        done(prepared ? begin(plan, false) : prepared); // what was said at the launch holds
                    });
        });
}

void CampaignController::resumeLatest(std::function<void(Result<QString>)> done) {
    m_parts.queries.list([this, done = std::move(done)](const Result<QList<CampaignSummary>> &list) {
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
void CampaignController::prepare(const CampaignStart &start, std::unique_ptr<RunLock> lock,
                                 const HostPreparation::Options &options,
                                 std::function<void(Result<void>)> done) {
    const KnownRuns known{start.record.phaseRuns, start.kept};
    m_led.reset(new Led{
        start.record.summary.id, std::move(lock), std::move(done), {start.plan, known, m_ssh, m_mailbox}});
    RunningCampaign &campaign = m_led->campaign;
    recordAll(campaign, m_led->id);
    m_parts.feed.begin(campaign, start.record);
    connect(&campaign, &RunningCampaign::prepared, this, &CampaignController::endPreparation);
    connect(&campaign, &RunningCampaign::problemFound, this,
            [this](const Error &error) { Q_EMIT problemOccurred(runningCampaign(), error); });
    connect(&campaign, &RunningCampaign::finished, this, &CampaignController::keep);
    connect(&campaign, &RunningCampaign::cleaned, this, &CampaignController::forget);
    campaign.prepare(options);
}

void CampaignController::recordAll(const RunningCampaign &campaign, const QString &id) {
    connect(&campaign, &RunningCampaign::runChanged, m_recorder.get(),
            [this, id](const PhaseRun &run) { m_recorder->record(id, run); });
    connect(&campaign, &RunningCampaign::streamsEnded, m_recorder.get(),
            [this, id](const QList<EndedStream> &streams) {
                m_recorder->record(id, m_paths.spoolDir(id), streams);
            });
    connect(&campaign, &RunningCampaign::reportsBuilt, m_recorder.get(),
            [this, id](const QList<EvidenceFile> &files) { m_recorder->record(id, files); });
}

void CampaignController::endPreparation(const Result<void> &result, bool canTakeOver) {
    m_canTakeOver = canTakeOver;
    if (!m_led || m_led->begun)
        return;
    const auto prepared = std::move(m_led->prepared);
    if (!result) {
        m_led.reset();
        m_parts.feed.end();
        m_stop->end();
    }
    prepared(result);
}

Result<void> CampaignController::begin(const CampaignPlan &plan, bool keepFleet) {
    if (!m_led->lock) {
        auto lock = leadCampaign(plan);
        if (!lock)
            return lock.error();
        m_led->lock = std::move(*lock);
    }
    m_led->begun = true;
    m_room.start();
    note(QStringLiteral("%1 leads this campaign, process %2")
             .arg(ownerHere(plan).person)
             .arg(QCoreApplication::applicationPid()));
    m_led->campaign.start();
    m_parts.rentals.campaignBegan(plan.fleet, plan.id, keepFleet);
    Q_EMIT campaignStarted(m_parts.feed.record());
    return {};
}

void CampaignController::stop() {
    m_stop->begin();
    if (m_led)
        m_led->campaign.stop();
}

void CampaignController::note(const QString &text) {
    // Once the logs are hashed they stay as they are.
    if (m_led && m_led->begun && !m_led->isKept)
        addNote(m_paths.spoolDir(m_led->id), text);
}

void CampaignController::keep(RunState state, const Judgement &judgement) {
    CampaignSummary summary = m_parts.feed.record().summary;
    summary.state = state;
    summary.finishedAt = std::max(steadyNowUtc(), summary.startedAt); // it may have begun in another process
    setJudgement(summary, judgement);
    m_led->isKept = true;
    m_recorder->finish(summary, judgement, m_paths.spoolDir(summary.id), [this, id = summary.id] {
        if (runningCampaign() == id)      // else it was left meanwhile
            m_led->campaign.cleanHosts(); // only now may the hosts forget it
    });
}

void CampaignController::forget() {
    const QString id = m_led->id;
    const bool begun = m_led->begun;
    const auto prepared = std::move(m_led->prepared);
    if (begun)
        m_parts.rentals.campaignEnded(id);
    m_led.reset();
    m_parts.feed.end();
    m_room.stop();
    m_stop->end();
    if (!begun)
        prepared({});
    else
        Q_EMIT campaignFinished(id);
}

// What it was doing is in its spools and on its hosts; whoever resumes it reads it there.
void CampaignController::leave(const Error &why) {
    m_room.stop();
    m_stop->end();
    if (!m_led) {
        Q_EMIT problemOccurred({}, why);
        Q_EMIT campaignLeft({});
        return;
    }
    const QString id = m_led->id;
    if (!m_led->begun) {
        const auto prepared = std::move(m_led->prepared);
        m_led.reset();
        m_parts.feed.end();
        prepared(why);
        return;
    }
    const Error left{why.code,
                     QStringLiteral("%1 Nobody leads campaign %2 any more; slipwayctl resume %2, or "
                                    "the window, resumes it.")
                         .arg(why.text, id)};
    note(left.text);
    m_recorder->drop();
    m_led.reset();
    m_parts.feed.end();
    Q_EMIT problemOccurred(id, left);
    Q_EMIT campaignLeft(id);
}

// Before an allocation fails somewhere: what is left is enough to say so.
void CampaignController::leaveWhenShort() {
    if (const auto room = roomToGoOn(); !room)
        leave(
            {room.error().code, QStringLiteral("%1 What runs on the hosts goes on.").arg(room.error().text)});
}

void CampaignController::giveUpStopping(const QString &waitedFor) {
    leave({ErrorCode::TimedOut, QStringLiteral("What runs on the hosts was asked to end, and stopping waits "
                                               "no longer. The last that was heard: %1")
                                    .arg(waitedFor)});
}

} // namespace slipway
