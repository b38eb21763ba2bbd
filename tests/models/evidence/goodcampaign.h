// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/evidence/judgeevidence.h"

namespace slipway::test {

struct GoodCampaignPlan {
    int cycles = 45; ///< that ran; enough for 0.9 without a loss, which this protocol claims
    int writes = 6;  ///< of a cycle; all but the last two are acknowledged
    QMap<QString, QString> parameters{}; ///< instead of the protocol's defaults; "cycles" may plan others
    bool separateUser = true;
    const Protocol *protocol = nullptr; ///< smallProtocol() unless said
};

/// Three cycles support little, so that a campaign of which all holds is UNPROVEN PASS.
[[nodiscard]] inline GoodCampaignPlan threeCycles() {
    GoodCampaignPlan plan;
    plan.cycles = 3;
    return plan;
}

/// With programs that are nothing but their names.
[[nodiscard]] Protocol withPrograms(Protocol protocol);

/// The protocol of these campaigns: the ship-gate's phases and claim, with few writes.
[[nodiscard]] const Protocol &smallProtocol();

/// The same with canary cycles, as the ship-gate has them.
[[nodiscard]] const Protocol &canaryProtocol();

/// A campaign as it was observed, in which all went well: plan.json and its streams of observations, plain.
[[nodiscard]] QList<EvidenceFile> observedCampaign(const GoodCampaignPlan &plan = {});

/// The same as a published folder: streams compressed, all that is derived, a page and a manifest.
[[nodiscard]] QList<EvidenceFile> publishedCampaign(const GoodCampaignPlan &plan = {});

/// A published folder of three cycles. Ends the program unless all of its checks hold but for the bound.
[[nodiscard]] QList<EvidenceFile> soundFolder();

/// Replaces the manifest by one that is right about these files, as a forger with this program at hand would.
void reseal(QList<EvidenceFile> &files);

/// The judgement of a folder of this campaign.
[[nodiscard]] Judgement judged(const QList<EvidenceFile> &files);
[[nodiscard]] JudgeContext contextOf(bool published);

inline const QString kGoodId = QStringLiteral("good-r1");

} // namespace slipway::test
