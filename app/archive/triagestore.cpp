// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/archive/triagestore.h"

#include "app/archive/archive.h"
#include "app/archive/campaignstore.h"
#include "app/archive/database.h"
#include "models/core/instant.h"

#include <QUuid>

#include <algorithm>

namespace slipway {

namespace {

// A row of an archive that did not keep changes yet is a change of its own.
Result<Triage> readTriage(const Statement &row) {
    auto triage = triageFromJson(row.text(1).toUtf8());
    if (!triage)
        return triage;
    triage->at = utcOfMilliseconds(row.integer(2));
    if (triage->change.isEmpty() && triage->undoes.isEmpty())
        triage->change = QStringLiteral("row ") + QString::number(row.integer(3));
    return triage;
}

} // namespace

TriageStore::TriageStore(Archive &archive) : m_archive(archive), m_database(archive.database()) {}

Result<void> TriageStore::save(const QString &campaign, const Triage &triage) {
    TRY(checkTriage(triage));
    return m_database.transaction([&]() -> Result<void> {
        TRY(CampaignStore(m_archive).loadSummary(campaign));
        auto insert = m_database.prepare("INSERT INTO triage(campaign, noted_at, content) VALUES (?,?,?)");
        if (!insert)
            return insert.error();
        Triage stored = triage;
        if (stored.change.isEmpty() && stored.undoes.isEmpty())
            stored.change = QUuid::createUuid().toString(QUuid::WithoutBraces);
        const QByteArray content = triageToStored(stored);
        const QDateTime at = triage.at.isValid() ? triage.at : QDateTime::currentDateTimeUtc();
        insert->bind(1, campaign).bind(2, at.toMSecsSinceEpoch()).bind(3, QString::fromUtf8(content));
        return m_database.run(*insert, QStringLiteral("saving the triage of %1").arg(campaign));
    });
}

// What stands of each campaign's changes, the last one last: an undo took its change out.
Result<QMap<QString, QList<Triage>>> TriageStore::loadChanges() {
    auto select = m_database.prepare("SELECT campaign, content, noted_at, id FROM triage ORDER BY id");
    if (!select)
        return select.error();
    QMap<QString, QList<Triage>> changes;
    while (select->next()) {
        const auto triage = readTriage(*select);
        if (!triage)
            return triage.error();
        QList<Triage> &standing = changes[select->text(0)];
        const auto undone = std::find_if(standing.begin(), standing.end(), [&](const Triage &one) {
            return !triage->undoes.isEmpty() && one.change == triage->undoes;
        });
        if (undone != standing.end())
            standing.erase(undone);
        else
            standing.append(*triage);
    }
    if (select->status() != SQLITE_DONE)
        return m_database.error(QStringLiteral("reading the triages"));
    return changes;
}

Result<TriageUndo> TriageStore::undo(const QString &change, const QStringList &campaigns) {
    TriageUndo result;
    const auto done = m_database.transaction([&]() -> Result<void> {
        const auto changes = loadChanges();
        if (!changes)
            return changes.error();
        for (auto it = changes->constBegin(); it != changes->constEnd(); ++it) {
            if (change.isEmpty() || (!campaigns.isEmpty() && !campaigns.contains(it.key())))
                continue;
            const auto made =
                std::find_if(it->begin(), it->end(), [&](const Triage &one) { return one.change == change; });
            if (made == it->end())
                continue;
            if (made + 1 != it->end()) {
                result.left << it.key();
                continue;
            }
            Triage before = made == it->begin() ? Triage() : *(made - 1);
            before.at = {};
            before.undoes = change;
            TRY(save(it.key(), before));
            result.undone << it.key();
        }
        if (result.undone.isEmpty() && result.left.isEmpty())
            return Error{ErrorCode::NotFound,
                         QStringLiteral("%1 has no triage to undo.")
                             .arg(campaigns.isEmpty() ? QStringLiteral("No campaign")
                                                      : campaigns.join(QStringLiteral(", ")))};
        return {};
    });
    return done ? Result<TriageUndo>(result) : done.error();
}

// The last row of each campaign stands; there are few.
Result<void> TriageStore::addTo(QList<CampaignSummary> &list) {
    auto select =
        m_database.prepare("SELECT campaign, content, noted_at, max(id) FROM triage GROUP BY campaign");
    if (!select)
        return select.error();
    QHash<QString, Triage> triages;
    while (select->next()) {
        const auto triage = readTriage(*select);
        if (!triage)
            return triage.error();
        triages.insert(select->text(0), *triage);
    }
    if (select->status() != SQLITE_DONE)
        return m_database.error(QStringLiteral("reading the triages"));
    for (CampaignSummary &summary : list) {
        if (const auto it = triages.constFind(summary.id); it != triages.constEnd())
            summary.triage = *it;
    }
    return {};
}

} // namespace slipway
