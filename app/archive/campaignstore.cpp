// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/archive/campaignstore.h"

#include "app/archive/database.h"
#include "models/evidence/judgementjson.h"

#include <QCryptographicHash>
#include <QJsonDocument>

namespace slipway {

namespace {

// Milliseconds since the epoch, UTC; NULL when there is none.
std::optional<qint64> timeValue(const QDateTime &time) {
    return time.isValid() ? std::optional(time.toMSecsSinceEpoch()) : std::nullopt;
}

std::optional<qint64> flagValue(const std::optional<bool> &flag) {
    return flag ? std::optional<qint64>(*flag ? 1 : 0) : std::nullopt;
}

} // namespace

CampaignStore::CampaignStore(std::unique_ptr<Database> database) : m_database(std::move(database)) {}

CampaignStore::~CampaignStore() = default;

Result<std::unique_ptr<CampaignStore>> CampaignStore::open(const QString &file, const QString &lockFile) {
    auto database = Database::open(file, lockFile);
    if (!database)
        return database.error();
    return std::unique_ptr<CampaignStore>(new CampaignStore(std::move(*database)));
}

Result<void> CampaignStore::createCampaign(const CampaignRecord &record) {
    const CampaignSummary &summary = record.summary;
    return m_database->transaction([&]() -> Result<void> {
        auto insert = m_database->prepare(
            "INSERT INTO campaign(id, ref, fleet, protocol, source, state, started_at, reason) "
            "VALUES (?,?,?,?,?,?,?,'')");
        if (!insert)
            return insert.error();
        insert->bind(1, summary.id)
            .bind(2, summary.ref)
            .bind(3, summary.fleet)
            .bind(4, summary.protocol)
            .bind(5, summary.source);
        insert->bind(6, runStateName(summary.state)).bind(7, timeValue(summary.startedAt));
        if (auto done = m_database->run(*insert, QStringLiteral("adding campaign %1").arg(summary.id));
            !done) {
            if (done.error().code == ErrorCode::AlreadyExists)
                return Error{ErrorCode::AlreadyExists,
                             QStringLiteral("Campaign %1 is in the archive already. Choose another id.")
                                 .arg(summary.id)};
            return done;
        }
        for (auto it = record.parameters.constBegin(); it != record.parameters.constEnd(); ++it) {
            auto parameter =
                m_database->prepare("INSERT INTO parameter(campaign, name, value) VALUES (?,?,?)");
            if (!parameter)
                return parameter.error();
            parameter->bind(1, summary.id).bind(2, it.key()).bind(3, it.value());
            if (auto done = m_database->run(*parameter, QStringLiteral("adding parameter %1").arg(it.key()));
                !done)
                return done;
        }
        return {};
    });
}

Result<void> CampaignStore::updateCampaign(const CampaignSummary &summary) {
    return m_database->transaction([&]() -> Result<void> {
        auto update = m_database->prepare(
            "UPDATE campaign SET state=?, finished_at=?, verdict=?, claimed=?, reason=? WHERE id=?");
        if (!update)
            return update.error();
        update->bind(1, runStateName(summary.state)).bind(2, timeValue(summary.finishedAt));
        if (summary.verdict)
            update->bind(3, verdictName(*summary.verdict));
        update->bind(4, flagValue(summary.claimedPass)).bind(5, summary.reason).bind(6, summary.id);
        return m_database->run(*update, QStringLiteral("updating campaign %1").arg(summary.id));
    });
}

Result<void> CampaignStore::savePhaseRun(const QString &campaign, const PhaseRun &run) {
    return m_database->transaction([&]() -> Result<void> {
        auto upsert = m_database->prepare(
            "INSERT INTO phase_run(campaign, phase, step, host, state, started_at, finished_at, exit_code, "
            "job, message, position) "
            "VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,(SELECT count(*) FROM phase_run WHERE campaign=?1)) "
            "ON CONFLICT DO UPDATE SET state=?5, started_at=?6, finished_at=?7, exit_code=?8, job=?9, "
            "message=?10");
        if (!upsert)
            return upsert.error();
        upsert->bind(1, campaign)
            .bind(2, qint64(run.phase))
            .bind(3, run.step)
            .bind(4, run.host)
            .bind(5, runStateName(run.state));
        upsert->bind(6, timeValue(run.startedAt)).bind(7, timeValue(run.finishedAt));
        upsert->bind(8, run.exitCode ? std::optional<qint64>(*run.exitCode) : std::nullopt)
            .bind(9, run.jobId)
            .bind(10, run.message);
        return m_database->run(*upsert, QStringLiteral("saving %1 of %2").arg(run.streamName(), campaign));
    });
}

Result<void> CampaignStore::appendObservations(const QString &campaign, const QList<ObservationRow> &rows) {
    return m_database->transaction([&]() -> Result<void> {
        for (const ObservationRow &row : rows) {
            auto insert = m_database->prepare(
                "INSERT OR IGNORE INTO observation(campaign, stream, offset, line) VALUES (?,?,?,?)");
            if (!insert)
                return insert.error();
            insert->bind(1, campaign).bind(2, row.stream).bind(3, row.offset).bind(4, row.line);
            if (auto done = m_database->run(*insert,
                                            QStringLiteral("recording an observation of %1").arg(row.stream));
                !done)
                return done;
        }
        return {};
    });
}

Result<void> CampaignStore::saveFile(const QString &campaign, const EvidenceFile &file) {
    const QString sha256 =
        QString::fromLatin1(QCryptographicHash::hash(file.bytes, QCryptographicHash::Sha256).toHex());
    return m_database->transaction([&]() -> Result<void> {
        auto latest = m_database->prepare("SELECT revision, sha256 FROM evidence_file WHERE campaign=? AND "
                                          "name=? ORDER BY revision DESC LIMIT 1");
        if (!latest)
            return latest.error();
        latest->bind(1, campaign).bind(2, file.name);
        qint64 revision = 1;
        if (latest->next()) {
            if (latest->text(1) == sha256)
                return {};
            revision = latest->integer(0) + 1;
        }
        auto insert = m_database->prepare("INSERT INTO evidence_file(campaign, name, revision, saved_at, "
                                          "sha256, bytes) VALUES (?,?,?,?,?,?)");
        if (!insert)
            return insert.error();
        insert->bind(1, campaign)
            .bind(2, file.name)
            .bind(3, revision)
            .bind(4, QDateTime::currentMSecsSinceEpoch())
            .bind(5, sha256)
            .bind(6, file.bytes);
        return m_database->run(*insert, QStringLiteral("saving %1 of %2").arg(file.name, campaign));
    });
}

Result<void> CampaignStore::saveJudgement(const QString &campaign, const Judgement &judgement) {
    return m_database->transaction([&]() -> Result<void> {
        auto insert = m_database->prepare(
            "INSERT INTO judgement(campaign, judged_at, rules_version, verdict, content) VALUES (?,?,?,?,?)");
        if (!insert)
            return insert.error();
        const QByteArray content = QJsonDocument(judgementToJson(judgement)).toJson(QJsonDocument::Compact);
        insert->bind(1, campaign)
            .bind(2, QDateTime::currentMSecsSinceEpoch())
            .bind(3, qint64(judgement.rulesVersion));
        insert->bind(4, verdictName(judgement.verdict)).bind(5, QString::fromUtf8(content));
        return m_database->run(*insert, QStringLiteral("saving the judgement of %1").arg(campaign));
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

} // namespace slipway
