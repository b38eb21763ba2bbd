// SPDX-License-Identifier: GPL-3.0-or-later
// What charts want of the observations, which are more than a record holds.
#include "app/archive/campaignstore.h"

#include "app/archive/database.h"
#include "models/evidence/recordedplan.h"
#include "models/evidence/zstream.h"

#include <QMap>

namespace slipway {

namespace {

constexpr qint64 kObservationsAtMost =
    20'000; // of one cycle, or of the settling: far more than a chart shows

QList<Observation> readObservations(Statement &select) {
    QList<Observation> seen;
    while (select.next()) {
        const QByteArray line = select.blob(2);
        if (auto observation = parseObservation(
                line, {select.text(0) + QStringLiteral(".obs.jsonl"), select.integer(1), line.size()}))
            seen.append(*std::move(observation));
    }
    return seen;
}

} // namespace

Result<CampaignRecord> CampaignStore::loadEvidence(const QString &id) {
    auto record = loadCampaign(id);
    if (!record)
        return record;
    auto observations = loadObservations(id);
    if (!observations)
        return observations.error();
    record->observations = std::move(*observations);
    return record;
}

Result<QList<EvidenceFile>> CampaignStore::loadObservations(const QString &campaign) {
    auto select =
        m_database->prepare("SELECT stream, line FROM observation WHERE campaign=? ORDER BY stream, offset");
    if (!select)
        return select.error();
    select->bind(1, campaign);
    QMap<QString, QByteArray> streams;
    while (select->next())
        streams[select->text(0)] += select->blob(1) + '\n';
    if (select->status() != SQLITE_DONE)
        return m_database->error(QStringLiteral("reading the observations of %1").arg(campaign));
    QList<EvidenceFile> files;
    for (auto it = streams.constBegin(); it != streams.constEnd(); ++it)
        files.append({kObservationFolder + it.key() + QStringLiteral(".obs.jsonl") + kCompressedSuffix,
                      zstdCompress(it.value())});
    return files;
}

Result<CycleTrace> CampaignStore::loadTrace(const QString &campaign, const QString &fault, int cycle) {
    // Those whose cycle begins with the same digits come too; traceOf() passes over them.
    auto select = m_database->prepare(
        "SELECT stream, offset, line FROM observation WHERE campaign=? AND stream LIKE 'phase4-%' AND "
        "instr(line, ?) > 0 ORDER BY id LIMIT ?");
    if (!select)
        return select.error();
    select->bind(1, campaign)
        .bind(2, QByteArray("\"cycle\":") + QByteArray::number(cycle))
        .bind(3, kObservationsAtMost);
    const QList<Observation> seen = readObservations(*select);
    if (select->status() != SQLITE_DONE)
        return m_database->error(QStringLiteral("reading cycle %1 of %2").arg(cycle).arg(campaign));
    return traceOf(seen, fault, cycle);
}

Result<Settling> CampaignStore::loadSettling(const QString &campaign) {
    auto select = m_database->prepare(
        "SELECT stream, offset, line FROM observation WHERE campaign=? AND stream LIKE 'phase2-%' AND "
        "(instr(line, CAST('\"obs\":\"progress\"' AS BLOB)) > 0 OR instr(line, CAST('\"obs\":\"settled\"' AS "
        "BLOB)) > 0) "
        "ORDER BY id LIMIT ?");
    if (!select)
        return select.error();
    select->bind(1, campaign).bind(2, kObservationsAtMost);
    const QList<Observation> seen = readObservations(*select);
    if (select->status() != SQLITE_DONE)
        return m_database->error(QStringLiteral("reading the settling of %1").arg(campaign));
    return settlingOf(seen);
}

} // namespace slipway
