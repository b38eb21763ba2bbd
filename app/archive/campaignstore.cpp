// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/archive/campaignstore.h"

#include "app/archive/archive.h"
#include "app/archive/database.h"
#include "app/archive/rowtext.h"

namespace slipway {

namespace {

// Milliseconds since the epoch, UTC; NULL when there is none.
std::optional<qint64> timeValue(const QDateTime &time) {
    return time.isValid() ? std::optional(time.toMSecsSinceEpoch()) : std::nullopt;
}

std::optional<qint64> flagValue(const std::optional<bool> &flag) {
    return flag ? std::optional<qint64>(*flag ? 1 : 0) : std::nullopt;
}

constexpr const char *kSummaryColumns = "SELECT id, ref, fleet, protocol, source, started_at, state, "
                                        "finished_at, verdict, claimed, reason, claim FROM campaign ";

CampaignSummary readSummary(const Statement &row) {
    CampaignSummary summary;
    summary.id = row.text(0);
    summary.ref = row.text(1);
    summary.fleet = row.text(2);
    summary.protocol = row.text(3);
    summary.source = row.text(4);
    summary.startedAt = timeFrom(row.optionalInteger(5));
    readOutcome(row, 6, summary);
    return summary;
}

} // namespace

CampaignStore::CampaignStore(Archive &archive) : m_database(archive.database()) {}

Error noSuchCampaign(const QString &id) {
    return {ErrorCode::NotFound,
            QStringLiteral("There is no campaign %1 in the archive; slipwayctl list shows those that are.")
                .arg(id)};
}

Error idIsTaken(const QString &id) {
    return {ErrorCode::AlreadyExists,
            QStringLiteral("Campaign %1 is in the archive already. Choose another id.").arg(id)};
}

Result<void> CampaignStore::create(const CampaignRecord &record) {
    const CampaignSummary &summary = record.summary;
    return m_database.transaction([&]() -> Result<void> {
        auto insert = m_database.prepare("INSERT INTO campaign(id, ref, fleet, protocol, source, state, "
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
        if (auto done = m_database.run(*insert, QStringLiteral("adding campaign %1").arg(summary.id));
            !done) {
            if (done.error().code == ErrorCode::AlreadyExists)
                return idIsTaken(summary.id);
            return done;
        }
        for (auto it = record.parameters.constBegin(); it != record.parameters.constEnd(); ++it) {
            auto parameter =
                m_database.prepare("INSERT INTO parameter(campaign, name, value) VALUES (?,?,?)");
            if (!parameter)
                return parameter.error();
            parameter->bind(1, summary.id).bind(2, it.key()).bind(3, it.value());
            if (auto done = m_database.run(*parameter, QStringLiteral("adding parameter %1").arg(it.key()));
                !done)
                return done;
        }
        return {};
    });
}

Result<void> CampaignStore::update(const CampaignSummary &summary) {
    return m_database.transaction([&]() -> Result<void> {
        auto update = m_database.prepare(
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
        return m_database.run(*update, QStringLiteral("updating campaign %1").arg(summary.id));
    });
}

Result<void> CampaignStore::savePhaseRun(const QString &campaign, const PhaseRun &run) {
    return m_database.transaction([&]() -> Result<void> {
        auto upsert = m_database.prepare(
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
        return m_database.run(*upsert, QStringLiteral("saving %1 of %2").arg(run.streamName(), campaign));
    });
}

Result<bool> CampaignStore::isRemoved(const QString &campaign) {
    auto select = m_database.prepare("SELECT removed FROM removal WHERE campaign=? ORDER BY id DESC LIMIT 1");
    if (!select)
        return select.error();
    select->bind(1, campaign);
    const bool removed = select->next() && select->integer(0) != 0;
    if (select->status() != SQLITE_DONE && select->status() != SQLITE_ROW)
        return m_database.error(QStringLiteral("looking for %1").arg(campaign));
    return removed;
}

Result<void> CampaignStore::setRemoved(const QString &campaign, bool removed) {
    return m_database.transaction([&]() -> Result<void> {
        TRY(loadSummary(campaign));
        const auto before = isRemoved(campaign);
        if (!before)
            return before.error();
        if (*before == removed)
            return Error{ErrorCode::NotFound, removed ? QStringLiteral("%1 is removed already.").arg(campaign)
                                                      : QStringLiteral("%1 is not removed.").arg(campaign)};
        auto insert = m_database.prepare("INSERT INTO removal(campaign, noted_at, removed) VALUES (?,?,?)");
        if (!insert)
            return insert.error();
        insert->bind(1, campaign)
            .bind(2, QDateTime::currentMSecsSinceEpoch())
            .bind(3, qint64(removed ? 1 : 0));
        return m_database.run(*insert, QStringLiteral("removing %1").arg(campaign));
    });
}

Result<CampaignSummary> CampaignStore::loadSummary(const QString &id) {
    const QByteArray sql = QByteArray(kSummaryColumns) + "WHERE id=?";
    auto select = m_database.prepare(sql.constData());
    if (!select)
        return select.error();
    select->bind(1, id);
    if (!select->next())
        return noSuchCampaign(id);
    return readSummary(*select);
}

Result<QList<CampaignSummary>> CampaignStore::loadSummaries() {
    const QByteArray sql = QByteArray(kSummaryColumns) + "WHERE id NOT IN " + kRemovedCampaigns;
    auto select = m_database.prepare(sql.constData());
    if (!select)
        return select.error();
    QList<CampaignSummary> list;
    while (select->next())
        list.append(readSummary(*select));
    if (select->status() != SQLITE_DONE)
        return m_database.error(QStringLiteral("listing campaigns"));
    return list;
}

Result<QStringList> CampaignStore::removedIds() {
    const QByteArray sql = QByteArray("SELECT id FROM campaign WHERE id IN ") + kRemovedCampaigns;
    auto select = m_database.prepare(sql.constData());
    if (!select)
        return select.error();
    QStringList ids;
    while (select->next())
        ids << select->text(0);
    if (select->status() != SQLITE_DONE)
        return m_database.error(QStringLiteral("listing removed campaigns"));
    return ids;
}

Result<void> CampaignStore::loadPlan(CampaignRecord &record) {
    const QString &id = record.summary.id;
    auto parameters = m_database.prepare("SELECT name, value FROM parameter WHERE campaign=?");
    if (!parameters)
        return parameters.error();
    parameters->bind(1, id);
    while (parameters->next())
        record.parameters.insert(parameters->text(0), parameters->text(1));
    auto plan = m_database.prepare("SELECT peers, phases FROM campaign WHERE id=?");
    if (!plan)
        return plan.error();
    plan->bind(1, id);
    if (plan->next()) {
        record.peers = plan->text(0).split(kListSeparator, Qt::SkipEmptyParts);
        record.requiredPhases = numbersFromText(plan->text(1));
    }
    return {};
}

Result<QList<PhaseRun>> CampaignStore::loadPhaseRuns(const QString &campaign) {
    auto select = m_database.prepare(
        "SELECT phase, step, host, state, started_at, finished_at, exit_code, job, message "
        "FROM phase_run WHERE campaign=? ORDER BY position");
    if (!select)
        return select.error();
    select->bind(1, campaign);
    QList<PhaseRun> runs;
    while (select->next()) {
        PhaseRun run;
        run.phase = static_cast<int>(select->integer(0));
        run.step = select->text(1);
        run.host = select->text(2);
        run.state = runStateFromName(select->text(3)).value_or(RunState::Lost);
        run.startedAt = timeFrom(select->optionalInteger(4));
        run.finishedAt = timeFrom(select->optionalInteger(5));
        if (const auto code = select->optionalInteger(6))
            run.exitCode = static_cast<int>(*code);
        run.jobId = select->text(7);
        run.message = select->text(8);
        runs.append(run);
    }
    return runs;
}

} // namespace slipway
