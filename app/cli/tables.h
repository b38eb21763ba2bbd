// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/terminaltext.h"
#include "app/commandline/exitcode.h"
#include "models/campaign/campaign.h"
#include "models/evidence/campaigndiff.h"

#include <QJsonObject>
#include <QStringList>

namespace slipway::cli {

[[nodiscard]] TerminalText recordToText(const CampaignRecord &record, const QString &spoolDir);
[[nodiscard]] TerminalText diffToText(const CampaignRecord &before, const CampaignRecord &after,
                                      const QList<Difference> &differences);
[[nodiscard]] QJsonObject diffToJson(const CampaignRecord &before, const CampaignRecord &after,
                                     const QList<Difference> &differences);
[[nodiscard]] QJsonObject recordToJson(const CampaignRecord &record);
[[nodiscard]] QJsonObject summaryToJson(const CampaignSummary &summary);
/// "harness · Ada · https://… · what the note says"
[[nodiscard]] QString triageText(const Triage &triage);
[[nodiscard]] QString
verdictText(const CampaignSummary &summary); ///< the verdict, or the state while there is none
/// The same with what is claimed: "PROVEN. Claim: At least …"
[[nodiscard]] QString verdictAndClaimText(const CampaignSummary &summary);
/// What a campaign of this verdict ends with.
[[nodiscard]] ExitCode exitCodeOf(Verdict verdict);
/// Why, and what is claimed: the last column of a list, whose verdict stands in another one.
[[nodiscard]] QString reasonAndClaimText(const CampaignSummary &summary);

} // namespace slipway::cli
