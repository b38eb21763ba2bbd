// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/archive/insightstore.h"

#include "app/archive/archive.h"
#include "app/archive/campaignstore.h"
#include "app/archive/changedrows.h"
#include "app/archive/database.h"
#include "app/archive/documentstore.h"
#include "app/archive/searchindex.h"
#include "models/insight/insightentry.h"
#include "models/insight/insightmerge.h"

namespace slipway {

namespace {

// Next to what is imported, not into it: the next import brings the published file again.
QString ownDocument(const QString &campaign) {
    return QStringLiteral("insight/") + campaign;
}

} // namespace

Result<QByteArray> InsightStore::loadOwn(const QString &campaign) {
    return DocumentStore(m_archive).load(ownDocument(campaign));
}

Result<QList<QByteArray>> InsightStore::loadOwnRevisions(const QString &campaign) {
    return DocumentStore(m_archive).loadRevisions(ownDocument(campaign));
}

Result<QList<QByteArray>> InsightStore::loadImportedRevisions(const QString &campaign) {
    const auto files = DocumentStore(m_archive).loadRevisions(kInsights);
    if (!files)
        return files;
    QList<QByteArray> entries;
    for (const QByteArray &file : *files)
        entries.append(insightEntry(file, campaign));
    entries.removeAll(QByteArray());
    return entries;
}

Result<InsightStore::Entry> InsightStore::read(const QString &campaign) {
    Entry found{{}, {ownDocument(campaign)}};
    const auto own = loadOwn(campaign);
    if (!own)
        return own.error();
    if (!own->isEmpty())
        found.bytes = *own;
    if (!found.bytes.isEmpty())
        return found;
    const auto imported = DocumentStore(m_archive).load(kInsights);
    if (!imported)
        return imported.error();
    found.bytes = insightEntry(*imported, campaign);
    // It is of all campaigns: one that it does not mention is unaffected by what is done to it.
    if (!found.bytes.isEmpty())
        found.documents << kInsights;
    return found;
}

Result<QList<Finding>> InsightStore::changedDocuments(const QStringList &names) {
    QList<Finding> findings;
    for (const QString &name : names) {
        const auto changed = changedRowsOfDocument(m_archive.database(), name);
        if (!changed)
            return changed;
        findings += *changed;
    }
    return findings;
}

Result<QByteArray> InsightStore::load(const QString &campaign) {
    QByteArray entry;
    const auto loaded = m_archive.database().atOneMoment([&]() -> Result<void> {
        const auto found = read(campaign);
        if (!found)
            return found.error();
        const auto changed = changedDocuments(found->documents);
        if (!changed)
            return changed.error();
        if (!changed->isEmpty())
            return Error{ErrorCode::Corrupt,
                         QStringLiteral("What is written about %1 is not what was recorded: %2.")
                             .arg(campaign, changed->constFirst().reason)};
        entry = found->bytes;
        return {};
    });
    return loaded ? Result<QByteArray>(entry) : loaded.error();
}

Result<void> InsightStore::addTo(CampaignRecord &record) {
    const auto found = read(record.summary.id);
    if (!found)
        return found.error();
    const auto changed =
        m_archive.database().isWriting() ? QList<Finding>() : changedDocuments(found->documents);
    if (!changed)
        return changed.error();
    record.findings += *changed;
    // A file that cannot be read was said when it was imported; the campaign is shown without it. So it is
    // without what another program wrote.
    if (const auto insight = readInsight(found->bytes); insight && changed->isEmpty())
        record.insight = *insight;
    return {};
}

Result<QByteArray> InsightStore::save(const QString &campaign, const QByteArray &base,
                                      const QByteArray &entry) {
    TRY(readInsight(entry));
    QByteArray stored = entry;
    const auto saved = m_archive.transaction([&]() -> Result<void> {
        TRY(CampaignStore(m_archive).loadSummary(campaign));
        const auto present = load(campaign);
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
        const auto wrote = DocumentStore(m_archive).save({ownDocument(campaign), stored});
        if (!wrote)
            return wrote.error();
        const auto insight = readInsight(stored);
        if (!*wrote || !insight)
            return insight ? Result<void>() : insight.error();
        return index(campaign, *insight);
    });
    return saved ? Result<QByteArray>(stored) : saved.error();
}

Result<void> InsightStore::index(const QString &campaign, const Insight &insight) {
    const QString kind = QStringLiteral("insight");
    return SearchIndex(m_archive).replace(campaign, kind, {{kind, insight.texts.join(QLatin1Char(' '))}});
}

} // namespace slipway
