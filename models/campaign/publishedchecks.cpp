// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/campaign/publishedchecks.h"

#include <algorithm>

namespace slipway {

QList<PhaseSpan> spansOf(const QList<PhaseRun> &runs) {
    QMap<int, PhaseSpan> spans;
    for (const PhaseRun &run : runs) {
        if (!run.startedAt.isValid() || !run.finishedAt.isValid())
            continue;
        PhaseSpan &span = spans[run.phase];
        const bool first = span.phase == 0;
        span = {run.phase, first ? run.startedAt : std::min(span.startedAt, run.startedAt),
                first ? run.finishedAt : std::max(span.finishedAt, run.finishedAt)};
    }
    return spans.values();
}

std::optional<PublishedPlan> planOf(const CampaignRecord &record) {
    if (record.summary.source == kImported)
        return publishedPlan(record.files);
    return PublishedPlan{record.summary.protocol, record.parameters, record.peers, record.requiredPhases};
}

} // namespace slipway
