// SPDX-License-Identifier: GPL-3.0-or-later
// What charts want of the observations, which are more than a record holds.
#include "app/archive/campaignstore.h"

#include "app/archive/database.h"

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
