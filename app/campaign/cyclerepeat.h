// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/campaign/campaignplan.h"
#include "app/core/streamrecord.h"
#include "models/cycles/cyclefacts.h"

namespace slipway {

/// A cycle of a recorded campaign, with what it takes to run it again. A plain value.
struct RecordedCycle {
    RecordedPlan plan;
    QString fault;
    int number = 0;
    QString serverVersion; ///< of the server that was measured
    QString serverSha256;
    CycleFacts facts;
};

/// From a campaign's files and streams: plan.json and its phase 4. An empty `fault` is the plan's only class.
/// The error says what is not there, and what there is.
Result<RecordedCycle> recordedCycle(const QList<EvidenceFile> &files, const QString &fault, int number);

/// The plan that runs this cycle alone, so many times, on the fleet's chaos host: with the key, the ids, the
/// parameters and the seeds of the recorded one, and this version's program. Fails where the fleet has no
/// chaos host, and where this version cannot run such a cycle. The folder for spools is left to be set.
Result<CampaignPlan> repeatPlan(const RecordedCycle &recorded, const Fleet &fleet, int times);

/// What a stream of such a run shows: the server that ran, and each time that the cycle ran.
struct RepeatedCycle {
    QString serverSha256;
    QList<CycleFacts> times;
};
[[nodiscard]] RepeatedCycle repeatedCycle(const EndedStream &stream, const RecordedCycle &recorded);

/// Why a server is not the one that was measured, as a sentence that names both; empty when it is.
[[nodiscard]] QString otherServer(const RecordedCycle &recorded, const QString &host, const QString &sha256);

} // namespace slipway
