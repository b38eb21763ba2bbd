// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pages/write/runentry.h"

#include "app/pages/write/runpage.h"
#include "models/campaign/publishedchecks.h"
#include "models/campaign/publishedsummary.h"
#include "models/evidence/manifest.h"

#include <QUrl>

#include <algorithm>

namespace slipway {

QString addressOf(const RunEntry &entry) {
    const QString folder = QStringLiteral("./") + QString::fromLatin1(QUrl::toPercentEncoding(entry.id));
    return entry.hasPage ? folder + QStringLiteral("/index.html") : folder + QLatin1Char('/');
}

std::optional<double> minBound(const Judgement &judgement) {
    std::optional<double> min;
    for (const Check &check : judgement.checks) {
        if (check.bound)
            min = std::min(min.value_or(1), *check.bound);
    }
    return min;
}

RunEntry entryOf(const QString &id, const QList<EvidenceFile> &files, const Judgement &judgement) {
    const PublishedSummary summary = readPublishedSummary(files);
    RunEntry entry;
    entry.id = id;
    entry.ref = summary.ref;
    entry.completedAt = summary.completedAt;
    entry.isUtcAssumed = summary.isUtcAssumed;
    entry.verdict = judgement.verdict;
    entry.claimedPass = judgement.claimedPass;
    entry.reason = judgement.reason;
    entry.claim = judgement.claim;
    entry.phases = judgement.phases;
    for (const PhaseSpan &span : publishedSpans(files))
        entry.seconds = entry.seconds.value_or(0) + span.startedAt.secsTo(span.finishedAt);
    entry.bound = minBound(judgement);
    for (const EvidenceFile &file : files) {
        if (file.name == kPage)
            entry.hasPage = true;
        else if (file.name == kManifest)
            entry.manifestSha256 = sha256Of(file.bytes);
    }
    return entry;
}

} // namespace slipway
