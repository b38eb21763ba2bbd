// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/campaign/campaign.h"

namespace slipway {

/// A campaign in the list, and how it stands among the others.
struct CampaignEntry {
    CampaignSummary summary;
    QString series;      ///< seriesOf() its id
    int slot = -1;       ///< slotOf() its id
    QString signature;   ///< signatureOf(); empty when it needs no look
    QString redSince;    ///< the first of the reds in a row that this one ends; empty when it needs no look
    int redRuns = 0;     ///< how many reds in a row, this one among them
    int alike = 0;       ///< how many campaigns in all have this signature, this one among them
    int streak = 1;      ///< how many in a row have this signature, where this is the newest of them
    bool folded = false; ///< an older one of such a row

    [[nodiscard]] bool needsLook() const { return !signature.isEmpty(); }
};

/// Whether a campaign's verdict is a pass, proven or not. One without a verdict is none.
[[nodiscard]] bool isGreen(const CampaignSummary &summary);
[[nodiscard]] bool isUnderway(const CampaignSummary &summary);
/// 66 of soak-v0.6.0-r66: its slot in its series; -1 when it has none.
[[nodiscard]] int slotOf(const QString &id);

/// `newestFirst` with each one's standing. Rows are of one series; linear in the campaigns. Pure.
[[nodiscard]] QList<CampaignEntry> entriesOf(const QList<CampaignSummary> &newestFirst);

/// The ids of all that failed as this one did, itself first, then newest first.
[[nodiscard]] QStringList alikeIds(const QList<CampaignEntry> &entries, const QString &id);
/// The green campaign to compare with: the newest before it in its series, else the newest before it, else
/// the newest one; empty when there is none.
[[nodiscard]] QString lastGreen(const QList<CampaignEntry> &entries, const QString &id);

} // namespace slipway
