// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/archive/campaignstore.h"

#include "models/insight/insightentry.h"

namespace slipway {

namespace {

// Beside what is imported, not into it: the next import brings the published file again.
QString ownDocument(const QString &campaign) {
    return QStringLiteral("insight/") + campaign;
}

} // namespace

Result<QByteArray> CampaignStore::loadOwnInsight(const QString &campaign) {
    return loadDocument(ownDocument(campaign));
}

Result<QByteArray> CampaignStore::loadInsightEntry(const QString &campaign) {
    const auto own = loadOwnInsight(campaign);
    if (!own || !own->isEmpty())
        return own;
    const auto imported = loadDocument(kInsights);
    if (!imported)
        return imported;
    return insightEntry(*imported, campaign);
}

Result<void> CampaignStore::loadInsight(CampaignRecord &record) {
    const auto entry = loadInsightEntry(record.summary.id);
    if (!entry)
        return entry.error();
    if (entry->isEmpty())
        return {};
    // A file that cannot be read was said when it was imported; the campaign is shown without it.
    if (const auto insight = readInsight(*entry))
        record.insight = *insight;
    return {};
}

Result<void> CampaignStore::saveInsight(const QString &campaign, const QByteArray &entry) {
    const auto insight = readInsight(entry);
    if (!insight)
        return insight.error();
    return together([&]() -> Result<void> {
        if (const auto summary = loadSummary(campaign); !summary)
            return summary.error();
        const auto saved = saveDocument({ownDocument(campaign), entry});
        if (!saved)
            return saved.error();
        if (!*saved)
            return {};
        const QString kind = QStringLiteral("insight");
        return saveSalient(campaign, kind, {{kind, insight->texts.join(QLatin1Char(' '))}});
    });
}

} // namespace slipway
