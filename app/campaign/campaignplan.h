// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/campaign/fieldscripts.h"
#include "models/campaign/campaign.h"
#include "models/evidence/recordedplan.h"
#include "models/fleet/fleet.h"
#include "models/protocol/protocol.h"

#include <QMap>

namespace slipway {

/// One cycle of phase 4 alone, so many times, to see whether it comes out as it was recorded. No evidence.
struct OneCycle {
    QString fault;
    int number = 0; ///< from 1
    int times = 1;
};

/// Everything a campaign is made of, checked before anything is started. A plain value.
struct CampaignPlan {
    QString id;
    QString ref;
    Fleet fleet;
    Protocol protocol;
    QList<int> phases;                 ///< numbers, ascending
    QMap<QString, QString> parameters; ///< resolved
    QString runToken;               ///< 8 hex digits: distinguishes this run's writes from those of any other
    QString key;                    ///< 32 hex digits: what is written is derived from it, and can be again
    QString spoolDir;               ///< absolute; exists
    FieldScripts field;             ///< with kFieldProtocol only
    std::optional<OneCycle> only{}; ///< instead of all cycles of phase 4
    /// What was recorded of it before it started; nothing for kFieldProtocol, and of campaigns of older
    /// versions.
    std::optional<RecordedPlan> recorded;
    int timeoutMs =
        120'000; ///< how long a host may be out of reach in mid-phase before its run counts as lost
};

/// Names the first thing that keeps the plan from running: id, phases, roles that the fleet cannot fill.
Result<void> checkPlan(const CampaignPlan &plan);

/// The hosts a step runs on, in the fleet's order.
[[nodiscard]] QList<Host> hostsOfStep(const Fleet &fleet, const Step &step);
[[nodiscard]] QStringList peerNames(const Fleet &fleet);

/// The SLIPWAY_* variables of a step on a host; contract in resources/phases/README.md.
[[nodiscard]] QList<std::pair<QByteArray, QByteArray>>
stepEnvironment(const CampaignPlan &plan, const Phase &phase, const Step &step, const Host &host);

/// A step's program as it is sent to a host: ours after the common part, a script of the field as it is.
Result<QByteArray> stepProgram(const CampaignPlan &plan, const Phase &phase, const Step &step);

/// The launch token of a run: the same for the same run of a campaign, whichever process asks, so that the
/// host starts it once.
[[nodiscard]] QString launchToken(const CampaignPlan &plan, const PhaseRun &run);

/// 32 hex digits from the system's random numbers.
[[nodiscard]] QString makeCampaignKey();

/// The plan as it becomes part of the evidence: what is sent where, under which token. Nothing of field
/// scripts, whose reports are claims.
Result<std::optional<RecordedPlan>> recordPlan(const CampaignPlan &plan, const QDateTime &now);

} // namespace slipway
