// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/archive/documentstore.h"

#include "app/archive/archive.h"
#include "app/archive/database.h"
#include "app/archive/rowtext.h"

#include <QDateTime>

namespace slipway {

DocumentStore::DocumentStore(Archive &archive) : m_database(archive.database()) {}

Result<bool> DocumentStore::save(const EvidenceFile &document) {
    const QString sha256 = sha256Text(document.bytes);
    bool isNew = false;
    const auto saved = m_database.transaction([&]() -> Result<void> {
        auto latest = m_database.prepare(
            "SELECT revision, sha256, problem FROM document WHERE name=? ORDER BY revision DESC LIMIT 1");
        if (!latest)
            return latest.error();
        latest->bind(1, document.name);
        qint64 revision = 1;
        if (latest->next()) {
            if (latest->text(1) == sha256 && latest->text(2) == document.problem)
                return {};
            revision = latest->integer(0) + 1;
        }
        auto insert = m_database.prepare(
            "INSERT INTO document(name, revision, saved_at, sha256, problem, bytes) VALUES (?,?,?,?,?,?)");
        if (!insert)
            return insert.error();
        insert->bind(1, document.name)
            .bind(2, revision)
            .bind(3, QDateTime::currentMSecsSinceEpoch())
            .bind(4, sha256)
            .bind(5, document.problem)
            .bind(6, document.bytes);
        isNew = true;
        return m_database.run(*insert, QStringLiteral("saving %1").arg(document.name));
    });
    if (!saved)
        return saved.error();
    return isNew;
}

Result<QByteArray> DocumentStore::load(const QString &name) {
    auto select =
        m_database.prepare("SELECT bytes FROM document WHERE name=? ORDER BY revision DESC LIMIT 1");
    if (!select)
        return select.error();
    select->bind(1, name);
    if (select->next())
        return select->blob(0);
    return QByteArray();
}

Result<QList<QByteArray>> DocumentStore::loadRevisions(const QString &name) {
    auto select = m_database.prepare("SELECT bytes FROM document WHERE name=? ORDER BY revision");
    if (!select)
        return select.error();
    select->bind(1, name);
    return m_database.blobs(*select, QStringLiteral("reading the revisions of %1").arg(name));
}

} // namespace slipway
