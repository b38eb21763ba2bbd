// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/archive/campaignstore.h"

#include "app/archive/archiveexchange.h"
#include "app/archive/database.h"
#include "app/archive/evidencechain.h"
#include "app/archive/rowtext.h"

#include <QFileInfo>

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

CampaignStore::CampaignStore(std::unique_ptr<Database> database, Paths paths)
    : m_paths(std::move(paths)), m_database(std::move(database)),
      m_chain(std::make_unique<EvidenceChain>(*m_database, headFileOf(m_paths))) {
    EvidenceChain &chain = *m_chain;
    m_database->watch({[&chain] { return chain.sealNew(); },
                       [&chain, &database = *m_database] {
                           return database.transaction([&chain] { return chain.begin(); });
                       },
                       [&chain] { return chain.seal(); }, [&chain] { chain.writeHead(); }});
}

CampaignStore::~CampaignStore() = default;

Result<std::unique_ptr<CampaignStore>> CampaignStore::open(const Paths &paths) {
    TRY(ArchiveExchange::takeUp(paths));
    // An archive is begun where none is and none was: an empty one would hide what is to be taken up.
    if (const QString left = ArchiveExchange::leftBehind(paths);
        !QFileInfo::exists(paths.archiveFile()) && !left.isEmpty())
        return Error{ErrorCode::NotFound,
                     QStringLiteral("There is no archive in %1. %2").arg(paths.dataDir, left)};
    auto database = Database::open(paths.archiveFile(), paths.archiveLock(), Database::Making::AtFirstWrite);
    if (!database)
        return database.error();
    std::unique_ptr<CampaignStore> store(new CampaignStore(std::move(*database), paths));
    if (!store->m_database->isMade())
        return store; // the first write makes it
    TRY(store->m_database->transaction([&] { return store->m_chain->begin(); }));
    return store;
}

Result<std::unique_ptr<Database>> CampaignStore::openDatabaseToRead(const Paths &paths) {
    TRY(ArchiveExchange::takeUp(paths));
    if (!QFileInfo::exists(paths.archiveFile()))
        return Error{ErrorCode::NotFound, QStringLiteral("There is no archive in %1. %2")
                                              .arg(paths.dataDir, ArchiveExchange::leftBehind(paths))
                                              .trimmed()};
    auto database = Database::openToRead(paths.archiveFile(), paths.archiveLock());
    // What an older version left, or an opening that was cut off, is brought up to date where it can be
    // written.
    const auto begun = database ? EvidenceChain::isBegun(**database) : Result<bool>(true);
    const bool isOld = database ? begun && !*begun // what cannot be read is not old
                                : database.error().code == ErrorCode::Unsupported;
    if (isOld && QFileInfo(paths.archiveFile()).isWritable()) {
        database = Error{};
        TRY(open(paths));
        database = Database::openToRead(paths.archiveFile(), paths.archiveLock());
    }
    return database;
}

Result<std::unique_ptr<CampaignStore>> CampaignStore::openToRead(const Paths &paths) {
    auto database = openDatabaseToRead(paths);
    if (!database)
        return database.error();
    std::unique_ptr<CampaignStore> store(new CampaignStore(std::move(*database), paths));
    TRY(store->m_chain->verifyHead());
    return store;
}

Result<void> CampaignStore::copyTo(const Paths &paths,
                                   const std::function<void(const QString &, qint64, qint64)> &progress) {
    const auto told = [&] { progress(QStringLiteral("copying the archive"), 0, 0); };
    TRY(m_database->copyTo(paths.archiveFile(), told));
    auto copy = Database::openToRead(paths.archiveFile(), paths.archiveLock());
    if (!copy)
        return copy.error();
    return EvidenceChain(**copy, headFileOf(paths)).beginHead();
}

Result<void> CampaignStore::together(const std::function<Result<void>()> &body) {
    return m_database->transaction(body);
}

Error noSuchCampaign(const QString &id) {
    return {ErrorCode::NotFound,
            QStringLiteral("There is no campaign %1 in the archive; slipwayctl list shows those that are.")
                .arg(id)};
}

Error idIsTaken(const QString &id) {
    return {ErrorCode::AlreadyExists,
            QStringLiteral("Campaign %1 is in the archive already. Choose another id.").arg(id)};
}

Result<void> CampaignStore::createCampaign(const CampaignRecord &record) {
    const CampaignSummary &summary = record.summary;
    return m_database->transaction([&]() -> Result<void> {
        auto insert = m_database->prepare("INSERT INTO campaign(id, ref, fleet, protocol, source, state, "
                                          "started_at, peers, phases, reason) "
                                          "VALUES (?,?,?,?,?,?,?,?,?,'')");
        if (!insert)
            return insert.error();
        insert->bind(1, summary.id)
            .bind(2, summary.ref)
            .bind(3, summary.fleet)
            .bind(4, summary.protocol)
            .bind(5, summary.source);
        insert->bind(6, runStateName(summary.state)).bind(7, timeValue(summary.startedAt));
        insert->bind(8, record.peers.join(kListSeparator)).bind(9, numbersText(record.requiredPhases));
        if (auto done = m_database->run(*insert, QStringLiteral("adding campaign %1").arg(summary.id));
            !done) {
            if (done.error().code == ErrorCode::AlreadyExists)
                return idIsTaken(summary.id);
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
            "UPDATE campaign SET state=?, finished_at=?, verdict=?, claimed=?, reason=?, claim=? WHERE id=?");
        if (!update)
            return update.error();
        update->bind(1, runStateName(summary.state)).bind(2, timeValue(summary.finishedAt));
        if (summary.verdict)
            update->bind(3, verdictName(*summary.verdict));
        update->bind(4, flagValue(summary.claimedPass)).bind(5, summary.reason);
        if (!summary.claim.isEmpty())
            update->bind(6, summary.claim);
        update->bind(7, summary.id);
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

} // namespace slipway
