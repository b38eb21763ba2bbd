// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/archive/campaignstore.h"

#include "app/archive/database.h"
#include "app/archive/evidencechain.h"
#include "app/archive/rowtext.h"
#include "models/evidence/recordedplan.h"
#include "models/log/severity.h"

#include <QSet>

namespace slipway {

namespace {

constexpr qsizetype kSalientLines = 1000;
constexpr qsizetype kSalientLength = 500;

// Files that are not JSON are logs, wherever they landed; their warnings and errors are worth finding.
QList<SalientLine> salientLines(const QList<EvidenceFile> &files) {
    QList<SalientLine> lines;
    for (const EvidenceFile &file : files) {
        const bool isText =
            file.name.endsWith(QLatin1String(".log")) || file.name.endsWith(QLatin1String(".json"));
        if (!isText || file.bytes.startsWith('{'))
            continue;
        for (qsizetype from = 0; from < file.bytes.size() && lines.size() < kSalientLines;) {
            const qsizetype end = file.bytes.indexOf('\n', from);
            const qsizetype length = (end < 0 ? file.bytes.size() : end) - from;
            const QByteArray line = file.bytes.mid(from, std::min(length, kSalientLength));
            if (severityOf(line) != Severity::Normal)
                lines.append(
                    {QStringLiteral("%1, byte %2").arg(file.name).arg(from), QString::fromUtf8(line)});
            from += length + 1;
        }
    }
    return lines;
}

// The plan is recorded before the start and never again: with another one it is another campaign.
Result<void> refuseOtherPlan(CampaignStore &store, const CampaignRecord &record) {
    const EvidenceFile *plan = findFile(record.files, kPlanFile);
    const auto known = store.loadFileRevisions(record.summary.id, kPlanFile);
    if (!known)
        return known.error();
    if (!plan || !plan->problem.isEmpty() || known->isEmpty() || known->constLast() == plan->bytes)
        return {};
    return Error{
        ErrorCode::InvalidInput,
        QStringLiteral("it came with another %1 than the campaign that is archived under this name, so "
                       "it is another campaign; the archived one is as it was. Rename the folder to "
                       "import it as one of its own")
            .arg(kPlanFile)};
}

Result<QList<QByteArray>> blobsOf(Database &database, Statement &select, const QString &what) {
    QList<QByteArray> blobs;
    while (select.next())
        blobs.append(select.blob(0));
    if (select.status() != SQLITE_DONE)
        return database.error(what);
    return blobs;
}

} // namespace

// A file that is gone becomes a revision of its own, so that the judgement is of what is there.
Result<void> CampaignStore::removeFile(const QString &campaign, const QString &name) {
    return m_database->transaction([&]() -> Result<void> {
        auto insert = m_database->prepare("INSERT INTO evidence_file(campaign, name, revision, saved_at, "
                                          "sha256, problem, removed, bytes) SELECT ?1, "
                                          "?2, coalesce(max(revision), 0) + 1, ?3, ?4, '', 1, x'' FROM "
                                          "evidence_file WHERE campaign=?1 AND name=?2");
        if (!insert)
            return insert.error();
        insert->bind(1, campaign)
            .bind(2, name)
            .bind(3, QDateTime::currentMSecsSinceEpoch())
            .bind(4, sha256Text({}));
        return m_database->run(*insert, QStringLiteral("noting that %1 is gone").arg(name));
    });
}

Result<bool> CampaignStore::removeFilesNotIn(const CampaignRecord &record) {
    QSet<QString> present;
    for (const EvidenceFile &file : record.files)
        present.insert(file.name);
    auto select = m_database->prepare(
        "SELECT name, removed, max(revision) FROM evidence_file WHERE campaign=? GROUP BY name");
    if (!select)
        return select.error();
    select->bind(1, record.summary.id);
    QStringList gone;
    while (select->next()) {
        if (select->integer(1) == 0 && !present.contains(select->text(0)))
            gone << select->text(0);
    }
    for (const QString &name : gone) {
        TRY(removeFile(record.summary.id, name));
    }
    return !gone.isEmpty();
}

// The rules that the last judgement was made with; 0 when there is none.
Result<int> CampaignStore::judgedBy(const QString &campaign) {
    auto select =
        m_database->prepare("SELECT rules_version FROM judgement WHERE campaign=? ORDER BY id DESC LIMIT 1");
    if (!select)
        return select.error();
    select->bind(1, campaign);
    return select->next() ? static_cast<int>(select->integer(0)) : 0;
}

Result<ImportOutcome> CampaignStore::importCampaign(const CampaignRecord &record) {
    ImportOutcome outcome;
    const QString &id = record.summary.id;
    const auto done = m_database->transaction([&]() -> Result<void> {
        const auto known = loadSummary(id);
        if (known && known->source != kImported) {
            outcome.what = Imported::Own;
            return {};
        }
        if (!known) {
            if (known.error().code != ErrorCode::NotFound)
                return known.error();
            TRY(createCampaign(record));
            outcome.what = Imported::New;
        } else {
            outcome.before = known->verdict;
            TRY(refuseOtherPlan(*this, record));
        }
        bool changed = false;
        for (const EvidenceFile &file : record.files) {
            const auto saved = saveFile(id, file);
            if (!saved)
                return saved.error();
            changed = changed || *saved;
        }
        const auto removed = removeFilesNotIn(record);
        if (!removed)
            return removed.error();
        const auto rules = judgedBy(id);
        if (!rules)
            return rules.error();
        changed = changed || *removed;
        if (outcome.what == Imported::Unchanged && changed)
            outcome.what = Imported::Changed;
        if (outcome.what == Imported::Unchanged && *rules >= record.judgement->rulesVersion)
            return {};
        TRY(saveJudgement(id, *record.judgement));
        TRY(saveSalient(id, QStringLiteral("log"), salientLines(record.files)));
        return updateCampaign(record.summary);
    });
    if (!done)
        return done.error();
    return outcome;
}

Result<bool> CampaignStore::saveDocument(const EvidenceFile &document) {
    const QString sha256 = sha256Text(document.bytes);
    bool isNew = false;
    const auto saved = m_database->transaction([&]() -> Result<void> {
        auto latest = m_database->prepare(
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
        auto insert = m_database->prepare(
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
        return m_database->run(*insert, QStringLiteral("saving %1").arg(document.name));
    });
    if (!saved)
        return saved.error();
    return isNew;
}

Result<QList<QByteArray>> CampaignStore::loadFileRevisions(const QString &campaign, const QString &name) {
    auto select = m_database->prepare("SELECT bytes FROM evidence_file WHERE campaign=? AND name=? AND "
                                      "removed=0 AND problem='' ORDER BY revision");
    if (!select)
        return select.error();
    select->bind(1, campaign).bind(2, name);
    return blobsOf(*m_database, *select,
                   QStringLiteral("reading the revisions of %1 of %2").arg(name, campaign));
}

Result<QList<QByteArray>> CampaignStore::loadDocumentRevisions(const QString &name) {
    auto select = m_database->prepare("SELECT bytes FROM document WHERE name=? ORDER BY revision");
    if (!select)
        return select.error();
    select->bind(1, name);
    return blobsOf(*m_database, *select, QStringLiteral("reading the revisions of %1").arg(name));
}

Result<QByteArray> CampaignStore::loadDocument(const QString &name) {
    auto select =
        m_database->prepare("SELECT bytes FROM document WHERE name=? ORDER BY revision DESC LIMIT 1");
    if (!select)
        return select.error();
    select->bind(1, name);
    if (select->next())
        return select->blob(0);
    return QByteArray();
}

} // namespace slipway
