// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/core/countof.h"
#include "models/evidence/bounds.h"
#include "models/series/seriesjudgement.h"

namespace slipway {

SeriesVerdict seriesVerdict(const SeriesCounts &counts, const SeriesDefinition &definition,
                            const BoundPool *pool) {
    const double claim = definition.claim;
    if (counts.reds > definition.budgets.reds)
        return {Verdict::Fail,
                QStringLiteral("%1 of %2 failed").arg(counts.reds).arg(countOf(counts.runs, "run"))};
    if (pool && pool->excludes(claim))
        return {Verdict::Fail,
                QStringLiteral("the pooled bound excludes the claim of %1").arg(shareText(claim))};
    if (counts.withoutEvidence > definition.budgets.withoutEvidence)
        return {Verdict::NoEvidence, QStringLiteral("%1 of %2 hold no evidence")
                                         .arg(counts.withoutEvidence)
                                         .arg(countOf(counts.slotsDue, "slot"))};
    if (counts.runs - counts.runsWithoutEvidence <=
        0) // within a budget that allows all of them, or before the first
        return {counts.slotsToCome > 0 && counts.slotsDue == 0 ? Verdict::Incomplete : Verdict::NoEvidence,
                QStringLiteral("no run holds evidence")};
    if (counts.invalid > 0)
        return {Verdict::InvalidEvidence, QStringLiteral("%1 of %2 hold invalid evidence")
                                              .arg(counts.invalid)
                                              .arg(countOf(counts.runs, "run"))};
    if (counts.incomplete > 0)
        return {Verdict::Incomplete, QStringLiteral("the evidence of %1 of %2 is incomplete")
                                         .arg(counts.incomplete)
                                         .arg(countOf(counts.runs, "run"))};
    if (counts.slotsToCome > 0)
        return {Verdict::Incomplete, QStringLiteral("%1 to come").arg(countOf(counts.slotsToCome, "slot"))};
    if (pool && pool->supports(claim))
        return {Verdict::Proven, QStringLiteral("the pooled bound is %1, of %2 claimed")
                                     .arg(shareText(pool->lower().value_or(0)), shareText(claim))};
    return {Verdict::UnprovenPass,
            pool ? pool->text(claim) : QStringLiteral("no cycle of these runs can be pooled")};
}

} // namespace slipway
