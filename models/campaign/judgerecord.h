// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/campaign/campaign.h"
#include "models/evidence/judgeevidence.h"

namespace slipway {

/// The judgement of an archived campaign, by the same function as that of a published folder: its files and
/// its observations (CampaignRecord::observations, which must have been loaded). With findings it is INVALID
/// EVIDENCE.
[[nodiscard]] Judgement judgeRecord(const CampaignRecord &record, const QList<Protocol> &protocols);

/// What a list shows of a judgement.
void setJudgement(CampaignSummary &summary, const Judgement &judgement);
/// Puts a judgement into a record, with the record's own findings, and what a list shows of it into its
/// summary.
void setJudgement(CampaignRecord &record, const Judgement &judgement);

} // namespace slipway
