// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/campaign/jobrun.h"
#include "app/core/paths.h"
#include "app/core/runlock.h"
#include "app/core/streamrecord.h"
#include "app/session/launchrequest.h"
#include "models/campaign/campaign.h"

#include <memory>

namespace slipway {

class Archive;

/// A campaign that can be led: what is to be run, and what is known of it.
struct CampaignStart {
    CampaignPlan plan;
    CampaignRecord record;
    QList<EndedStream> kept{}; ///< that the archive has already
};

/// A new campaign: the request's plan with run token, key and folder, checked and recorded as evidence.
/// Nothing is made on disk.
Result<CampaignStart> newCampaign(const LaunchRequest &request, const Paths &paths);

/// Takes the id in the archive and puts on disk what is needed to go on after a crash. On the archive's
/// thread.
Result<bool> enterCampaign(Archive &archive, const CampaignStart &start);

/// A campaign that was cut off, as it was recorded when it was launched. On the archive's thread.
Result<CampaignStart> cutOffCampaign(Archive &archive, const QString &id, const QString &spoolDir);

/// The lock of whoever leads the campaign; refused while another process has it.
Result<std::unique_ptr<RunLock>> leadCampaign(const CampaignPlan &plan);

} // namespace slipway
