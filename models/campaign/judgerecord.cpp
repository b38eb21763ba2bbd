// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/campaign/judgerecord.h"

#include "models/campaign/publishedchecks.h"

namespace slipway {

Judgement judgeRecord(const CampaignRecord &record, const QList<Protocol> &protocols) {
    const bool published = record.summary.source == kImported;
    JudgeContext context{protocols, published, published ? record.summary.id : QString(), {}, {}};
    if (!published)
        context.plan = planOf(record);
    return judgeEvidence(record.files + record.observations, context);
}

void setJudgement(CampaignSummary &summary, const Judgement &judgement) {
    summary.verdict = judgement.verdict;
    summary.claimedPass = judgement.claimedPass;
    summary.reason = judgement.reason;
    summary.claim = judgement.claim;
}

void setJudgement(CampaignRecord &record, const Judgement &judgement) {
    record.judgement = judgement;
    setJudgement(record.summary, judgement);
}

} // namespace slipway
