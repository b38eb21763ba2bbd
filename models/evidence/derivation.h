// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/evidence/streamfacts.h"
#include "models/protocol/protocol.h"

namespace slipway {

/// All that follows from a plan and its observations. The same inputs give the same bytes, whoever derives
/// them: the campaign's runner, an export, verify.
struct Derivation {
    RecordedPlan plan;
    QList<StreamFacts> streams;
    QList<EvidenceFile> reports; ///< phaseN.json and cycles-*.jsonl, in the order of the phases
    EvidenceFile summary;        ///< campaign-summary.json
    EvidenceFile checks;         ///< checks.json
    Judgement judgement;         ///< of the observations alone, whatever else a folder holds
};

/// `protocols` are those whose claims this version knows; `findings` what earlier looks found wrong.
[[nodiscard]] Derivation derive(const RecordedPlan &plan, const QList<EvidenceFile> &files,
                                const QList<Protocol> &protocols, const QList<Finding> &findings);

/// The servers that the reports of phase 1 name.
[[nodiscard]] QList<MeasuredServer> serversOf(const QList<EvidenceFile> &reports);

} // namespace slipway
