// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/archive/campaignstore.h"

#include "models/insight/insightentry.h"
#include "models/insight/insightmerge.h"

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

Result<QList<QByteArray>> CampaignStore::loadOwnInsights(const QString &campaign) {
    return loadDocumentRevisions(ownDocument(campaign));
}

Result<QList<QByteArray>> CampaignStore::loadImportedInsights(const QString &campaign) {
    const auto files = loadDocumentRevisions(kInsights);
    if (!files)
        return files;
    QList<QByteArray> entries;
    for (const QByteArray &file : *files)
        entries.append(insightEntry(file, campaign));
    entries.removeAll(QByteArray());
    return entries;
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

Result<QByteArray> CampaignStore::saveInsight(const QString &campaign, const QByteArray &base,
                                              const QByteArray &entry) {
    if (const auto insight = readInsight(entry); !insight)
        return insight.error();
    QByteArray stored = entry;
    const auto saved = together([&]() -> Result<void> {
        if (const auto summary = loadSummary(campaign); !summary)
            return summary.error();
        const auto present = loadInsightEntry(campaign);
        if (!present)
            return present.error();
        if (*present != base) {
            const auto merged = mergeInsight({{base}, {base}}, entry, *present);
            if (!merged)
                return Error{merged.error().code,
                             QStringLiteral("Somebody else wrote about %1 meanwhile, and both changed: %2. "
                                            "Nothing was overwritten.")
                                 .arg(campaign, merged.error().text)};
            stored = *merged;
        }
        const auto wrote = saveDocument({ownDocument(campaign), stored});
        if (!wrote)
            return wrote.error();
        const auto insight = readInsight(stored);
        if (!*wrote || !insight)
            return insight ? Result<void>() : insight.error();
        const QString kind = QStringLiteral("insight");
        return saveSalient(campaign, kind, {{kind, insight->texts.join(QLatin1Char(' '))}});
    });
    return saved ? Result<QByteArray>(stored) : saved.error();
}

} // namespace slipway
