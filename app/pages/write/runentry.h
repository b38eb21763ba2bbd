// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/evidence/verdict.h"
#include "models/observation/evidencefile.h"

#include <QDateTime>

namespace slipway {

/// One run as the list of runs shows it.
struct RunEntry {
    QString id;
    QString ref;
    QDateTime completedAt;     ///< UTC; invalid when nothing says it
    bool isUtcAssumed = false; ///< of completedAt: it has no time zone
    Verdict verdict = Verdict::NoEvidence;
    std::optional<bool> claimedPass;
    QString reason;
    QString claim; ///< Judgement::claim
    QList<PhaseJudgement> phases;
    std::optional<qint64> seconds; ///< all phases together
    std::optional<double> bound;   ///< the least of its fault classes'
    bool hasPage = false;
    QString manifestSha256; ///< empty without a manifest
};

/// Where its page, or its folder where it has none, lies from runs/.
[[nodiscard]] QString addressOf(const RunEntry &entry);
/// The least 95 % bound of a run's fault classes; nothing where none was computed.
[[nodiscard]] std::optional<double> minBound(const Judgement &judgement);

/// From the files of a folder alone, and the judgement made anew from them: a list can then say nothing else
/// than its folders.
[[nodiscard]] RunEntry entryOf(const QString &id, const QList<EvidenceFile> &files,
                               const Judgement &judgement);

} // namespace slipway
