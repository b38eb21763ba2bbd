// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/archive/evidencestore.h"

#include "app/archive/archive.h"
#include "app/archive/database.h"
#include "app/archive/rowtext.h"

#include <QDateTime>
#include <QSet>

namespace slipway {

EvidenceStore::EvidenceStore(Archive &archive) : m_database(archive.database()) {}

Result<bool> EvidenceStore::save(const QString &campaign, const EvidenceFile &file) {
    const QString sha256 = sha256Text(file.bytes);
    bool isNew = false;
    const auto saved = m_database.transaction([&]() -> Result<void> {
        auto latest = m_database.prepare("SELECT revision, sha256, problem, removed FROM evidence_file WHERE "
                                         "campaign=? AND name=? ORDER BY revision DESC LIMIT 1");
        if (!latest)
            return latest.error();
        latest->bind(1, campaign).bind(2, file.name);
        qint64 revision = 1;
        if (latest->next()) {
            if (latest->text(1) == sha256 && latest->text(2) == file.problem && latest->integer(3) == 0)
                return {};
            revision = latest->integer(0) + 1;
        }
        auto insert =
            m_database.prepare("INSERT INTO evidence_file(campaign, name, revision, saved_at, sha256, "
                               "problem, removed, bytes) VALUES (?,?,?,?,?,?,0,?)");
        if (!insert)
            return insert.error();
        insert->bind(1, campaign)
            .bind(2, file.name)
            .bind(3, revision)
            .bind(4, QDateTime::currentMSecsSinceEpoch())
            .bind(5, sha256)
            .bind(6, file.problem)
            .bind(7, file.bytes);
        isNew = true;
        return m_database.run(*insert, QStringLiteral("saving %1 of %2").arg(file.name, campaign));
    });
    if (!saved)
        return saved.error();
    return isNew;
}

// A file that is gone becomes a revision of its own, so that the judgement is of what is there.
Result<void> EvidenceStore::remove(const QString &campaign, const QString &name) {
    return m_database.transaction([&]() -> Result<void> {
        auto insert = m_database.prepare("INSERT INTO evidence_file(campaign, name, revision, saved_at, "
                                         "sha256, problem, removed, bytes) SELECT ?1, "
                                         "?2, coalesce(max(revision), 0) + 1, ?3, ?4, '', 1, x'' FROM "
                                         "evidence_file WHERE campaign=?1 AND name=?2");
        if (!insert)
            return insert.error();
        insert->bind(1, campaign)
            .bind(2, name)
            .bind(3, QDateTime::currentMSecsSinceEpoch())
            .bind(4, sha256Text({}));
        return m_database.run(*insert, QStringLiteral("noting that %1 is gone").arg(name));
    });
}

Result<bool> EvidenceStore::removeOthers(const QString &campaign, const QList<EvidenceFile> &files) {
    QSet<QString> present;
    for (const EvidenceFile &file : files)
        present.insert(file.name);
    auto select = m_database.prepare(
        "SELECT name, removed, max(revision) FROM evidence_file WHERE campaign=? GROUP BY name");
    if (!select)
        return select.error();
    select->bind(1, campaign);
    QStringList gone;
    while (select->next()) {
        if (select->integer(1) == 0 && !present.contains(select->text(0)))
            gone << select->text(0);
    }
    for (const QString &name : gone) {
        TRY(remove(campaign, name));
    }
    return !gone.isEmpty();
}

Result<QList<EvidenceFile>> EvidenceStore::load(const QString &campaign) {
    auto select =
        m_database.prepare("SELECT name, bytes, problem, removed, max(revision) FROM evidence_file WHERE "
                           "campaign=? GROUP BY name ORDER BY name");
    if (!select)
        return select.error();
    select->bind(1, campaign);
    QList<EvidenceFile> files;
    while (select->next()) {
        if (select->integer(3) == 0)
            files.append({select->text(0), select->blob(1), select->text(2)});
    }
    if (select->status() != SQLITE_DONE)
        return m_database.error(QStringLiteral("reading the files of %1").arg(campaign));
    return files;
}

Result<QList<QByteArray>> EvidenceStore::loadRevisions(const QString &campaign, const QString &name) {
    auto select = m_database.prepare("SELECT bytes FROM evidence_file WHERE campaign=? AND name=? AND "
                                     "removed=0 AND problem='' ORDER BY revision");
    if (!select)
        return select.error();
    select->bind(1, campaign).bind(2, name);
    return m_database.blobs(*select, QStringLiteral("reading the revisions of %1 of %2").arg(name, campaign));
}

Result<QMap<QString, qint64>> EvidenceStore::countClones(const QString &campaign,
                                                         const QList<EvidenceFile> &files) {
    auto select =
        m_database.prepare("SELECT count(DISTINCT campaign) FROM evidence_file WHERE name=? AND sha256=? "
                           "AND campaign<>?");
    if (!select)
        return select.error();
    QMap<QString, qint64> clones;
    for (const EvidenceFile &file : files) {
        if (file.bytes.isEmpty())
            continue;
        select->reset();
        select->bind(1, file.name).bind(2, sha256Text(file.bytes)).bind(3, campaign);
        if (!select->next())
            return m_database.error(QStringLiteral("counting copies of %1").arg(file.name));
        if (select->integer(0) > 0)
            clones.insert(file.name, select->integer(0));
    }
    return clones;
}

} // namespace slipway
