// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/evidence/derivation.h"

#include <functional>

namespace slipway {

/// What a judgement needs besides the files.
struct JudgeContext {
    QList<Protocol> protocols; ///< whose claims this version knows
    bool published = true;     ///< a folder that was given on: it holds its manifest and all that is derived
    QString folder;            ///< its name, which is the campaign's; empty where it has none
    /// Of a campaign without a plan.json that was run here: what it was asked to show.
    std::optional<PublishedPlan> plan;
    /// The evidenceSha256 in the manifest of another campaign of the same folder's parent; nothing when it is
    /// not there. May be empty.
    std::function<std::optional<QString>(const QString &campaign)> evidenceOf;
};

/// The judgement of a campaign, for the window, the shell, verify, import, pages and releases alike. Where
/// there is a plan with observations, every report, check and summary is derived from these again and
/// compared byte for byte; a folder without them is a claim, an UNPROVEN PASS at the most. Pure but for
/// `evidenceOf`.
[[nodiscard]] Judgement judgeEvidence(const QList<EvidenceFile> &files, const JudgeContext &context);

/// The same where the derivation from the plan and its observations is at hand.
[[nodiscard]] Judgement judgeEvidence(const QList<EvidenceFile> &files, const Derivation &derived,
                                      const JudgeContext &context);

/// Names that look like evidence of a phase or of a campaign, in any spelling.
[[nodiscard]] bool looksLikeEvidence(const QString &name);

/// What earlier looks found wrong, according to the folder's manifest.
[[nodiscard]] QList<Finding> findingsIn(const QList<EvidenceFile> &files);

/// Puts what was found wrong here before all other checks, unless it is among them, and concludes anew.
void addFindings(const QList<Finding> &findings, Judgement &judgement);

} // namespace slipway
