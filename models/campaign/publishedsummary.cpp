// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/campaign/publishedsummary.h"

#include "models/core/instant.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace slipway {

namespace {

constexpr qsizetype kLimit = qsizetype(16) * 1024 * 1024;

} // namespace

PublishedSummary readPublishedSummary(const QList<EvidenceFile> &files) {
    const EvidenceFile *file = findFile(files, QStringLiteral("campaign-summary.json"));
    if (!file || file->bytes.size() > kLimit)
        return {};
    const QJsonObject object = QJsonDocument::fromJson(file->bytes).object();
    const auto line = [&](const char *key) {
        return object.value(QLatin1String(key)).toString().simplified().left(200);
    };
    const Instant completed = readInstant(line("completed_at"));
    return {line("campaign_id"), line("ai_memory_git_ref"), completed.at, completed.isUtcAssumed};
}

} // namespace slipway
