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

void setJudgement(CampaignRecord &record, const Judgement &judgement) {
    record.judgement = judgement;
    record.summary.verdict = judgement.verdict;
    record.summary.claimedPass = judgement.claimedPass;
    record.summary.reason = judgement.reason;
}

} // namespace slipway
