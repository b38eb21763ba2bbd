// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/archive/campaignstore.h"

#include "app/archive/database.h"
#include "app/archive/rowtext.h"
#include "models/evidence/judgementjson.h"

#include <QJsonDocument>

namespace slipway {

namespace {

// What can be searched of a judgement: why it is not a plain pass.
QList<SalientLine> reasonsOf(const Judgement &judgement) {
    QList<SalientLine> lines{{QStringLiteral("verdict"), judgement.reason}};
    for (const Check &check : judgement.checks) {
        if (!check.reason.isEmpty())
            lines.append({check.id, check.reason});
    }
    return lines;
}

} // namespace

Result<bool> CampaignStore::saveFile(const QString &campaign, const EvidenceFile &file) {
    const QString sha256 = sha256Text(file.bytes);
    bool isNew = false;
    const auto saved = m_database->transaction([&]() -> Result<void> {
        auto latest =
            m_database->prepare("SELECT revision, sha256, problem, removed FROM evidence_file WHERE "
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
            m_database->prepare("INSERT INTO evidence_file(campaign, name, revision, saved_at, sha256, "
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
        return m_database->run(*insert, QStringLiteral("saving %1 of %2").arg(file.name, campaign));
    });
    if (!saved)
        return saved.error();
    return isNew;
}

Result<void> CampaignStore::saveJudgement(const QString &campaign, const Judgement &judgement) {
    return m_database->transaction([&]() -> Result<void> {
        auto insert =
            m_database->prepare("INSERT INTO judgement(campaign, judged_at, rules_version, verdict, content) "
                                "VALUES (?,?,?,?,?)");
        if (!insert)
            return insert.error();
        const QByteArray content = QJsonDocument(judgementToJson(judgement)).toJson(QJsonDocument::Compact);
        insert->bind(1, campaign)
            .bind(2, QDateTime::currentMSecsSinceEpoch())
            .bind(3, qint64(judgement.rulesVersion));
        insert->bind(4, verdictName(judgement.verdict)).bind(5, QString::fromUtf8(content));
        if (auto saved = m_database->run(*insert, QStringLiteral("saving the judgement of %1").arg(campaign));
            !saved)
            return saved;
        return saveSalient(campaign, QStringLiteral("reason"), reasonsOf(judgement));
    });
}

Result<void> CampaignStore::saveStream(const QString &campaign, const QString &name, qint64 bytes,
                                       const QString &sha256) {
    return m_database->transaction([&]() -> Result<void> {
        auto insert =
            m_database->prepare("INSERT INTO stream(campaign, name, bytes, sha256) VALUES (?1,?2,?3,?4) "
                                "ON CONFLICT DO UPDATE SET bytes=?3, sha256=?4");
        if (!insert)
            return insert.error();
        insert->bind(1, campaign).bind(2, name).bind(3, bytes).bind(4, sha256);
        return m_database->run(*insert, QStringLiteral("noting the stream %1").arg(name));
    });
}

Result<qint64> CampaignStore::loadStreamBytes(const QString &campaign, const QString &name) {
    auto select = m_database->prepare("SELECT bytes FROM stream WHERE campaign=? AND name=?");
    if (!select)
        return select.error();
    select->bind(1, campaign).bind(2, name);
    return select->next() ? select->integer(0) : -1;
}

Result<void> CampaignStore::removeSalient(const QString &campaign, const QString &kind) {
    // An index without content of its own must be told what to forget (sqlite.org/fts5.html, 4.4.3).
    auto forget = m_database->prepare(
        "INSERT INTO salient_text(salient_text, rowid, folded) SELECT 'delete', id, folded "
        "FROM salient WHERE campaign=? AND kind=?");
    auto remove = m_database->prepare("DELETE FROM salient WHERE campaign=? AND kind=?");
    if (!forget || !remove)
        return forget ? remove.error() : forget.error();
    for (Statement *statement : {&*forget, &*remove}) {
        statement->bind(1, campaign).bind(2, kind);
        TRY(m_database->run(*statement, QStringLiteral("replacing what a search finds")));
    }
    return {};
}

Result<void> CampaignStore::saveSalient(const QString &campaign, const QString &kind,
                                        const QList<SalientLine> &lines) {
    return m_database->transaction([&]() -> Result<void> {
        TRY(removeSalient(campaign, kind));
        auto insert = m_database->prepare(
            "INSERT INTO salient(campaign, kind, place, text, folded) VALUES (?,?,?,?,?) RETURNING id");
        auto index = m_database->prepare("INSERT INTO salient_text(rowid, folded) VALUES (?,?)");
        if (!insert || !index)
            return insert ? index.error() : insert.error();
        for (const SalientLine &line : lines) {
            insert->reset();
            const QString folded = foldedText(line.text);
            insert->bind(1, campaign).bind(2, kind).bind(3, line.place).bind(4, line.text).bind(5, folded);
            qint64 id = 0;
            while (insert->next())
                id = insert->integer(0);
            if (insert->status() != SQLITE_DONE)
                return m_database->error(QStringLiteral("indexing %1").arg(line.place));
            index->reset();
            index->bind(1, id).bind(2, folded);
            TRY(m_database->run(*index, QStringLiteral("indexing %1").arg(line.place)));
        }
        return {};
    });
}

} // namespace slipway
