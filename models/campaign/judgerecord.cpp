// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/campaign/judgerecord.h"

#include "models/campaign/publishedchecks.h"

namespace slipway {

Judgement judgeRecord(const CampaignRecord &record, const QList<Protocol> &protocols) {
    const bool published = record.summary.source == kImported;
    JudgeContext context{protocols, published, published ? record.summary.id : QString(), {}, {}};
    if (!published)
        context.plan = planOf(record);
    Judgement judgement = judgeEvidence(record.files + record.observations, context);
    addFindings(record.findings, judgement);
    return judgement;
}

void setJudgement(CampaignSummary &summary, const Judgement &judgement) {
    summary.verdict = judgement.verdict;
    summary.claimedPass = judgement.claimedPass;
    summary.reason = judgement.reason;
    summary.claim = judgement.claim;
}

void setJudgement(CampaignRecord &record, const Judgement &judgement) {
    record.judgement = judgement;
    addFindings(record.findings, *record.judgement);
    setJudgement(record.summary, *record.judgement);
}

} // namespace slipway
