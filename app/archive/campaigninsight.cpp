// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/archive/campaignstore.h"

#include "app/archive/changedrows.h"
#include "app/archive/database.h"

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

Result<CampaignStore::InsightEntry> CampaignStore::readInsightEntry(const QString &campaign) {
    InsightEntry found{{}, {ownDocument(campaign)}};
    const auto own = loadOwnInsight(campaign);
    if (!own)
        return own.error();
    if (!own->isEmpty())
        found.entry = *own;
    if (!found.entry.isEmpty())
        return found;
    const auto imported = loadDocument(kInsights);
    if (!imported)
        return imported.error();
    found.entry = insightEntry(*imported, campaign);
    // It is of all campaigns: one that it says nothing of is no other for what is done to it.
    if (!found.entry.isEmpty())
        found.documents << kInsights;
    return found;
}

Result<QList<Finding>> CampaignStore::changedDocuments(const QStringList &names) {
    QList<Finding> findings;
    for (const QString &name : names) {
        const auto changed = changedRowsOfDocument(*m_database, name);
        if (!changed)
            return changed;
        findings += *changed;
    }
    return findings;
}

Result<QByteArray> CampaignStore::loadInsightEntry(const QString &campaign) {
    QByteArray entry;
    const auto loaded = m_database->atOneMoment([&]() -> Result<void> {
        const auto found = readInsightEntry(campaign);
        if (!found)
            return found.error();
        const auto changed = changedDocuments(found->documents);
        if (!changed)
            return changed.error();
        if (!changed->isEmpty())
            return Error{ErrorCode::Corrupt,
                         QStringLiteral("What is written about %1 is not what was recorded: %2.")
                             .arg(campaign, changed->constFirst().reason)};
        entry = found->entry;
        return {};
    });
    return loaded ? Result<QByteArray>(entry) : loaded.error();
}

Result<void> CampaignStore::loadInsight(CampaignRecord &record) {
    const auto found = readInsightEntry(record.summary.id);
    if (!found)
        return found.error();
    const auto changed = m_database->isWriting() ? QList<Finding>() : changedDocuments(found->documents);
    if (!changed)
        return changed.error();
    record.findings += *changed;
    // A file that cannot be read was said when it was imported; the campaign is shown without it. So it is
    // without what another program wrote.
    if (const auto insight = readInsight(found->entry); insight && changed->isEmpty())
        record.insight = *insight;
    return {};
}

Result<QByteArray> CampaignStore::saveInsight(const QString &campaign, const QByteArray &base,
                                              const QByteArray &entry) {
    TRY(readInsight(entry));
    QByteArray stored = entry;
    const auto saved = together([&]() -> Result<void> {
        TRY(loadSummary(campaign));
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
