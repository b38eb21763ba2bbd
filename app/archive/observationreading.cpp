// SPDX-License-Identifier: GPL-3.0-or-later
// What charts want of the observations, which are more than a record holds.
#include "app/archive/campaignstore.h"

#include "app/archive/changedrows.h"
#include "app/archive/database.h"
#include "app/archive/evidencechain.h"
#include "app/archive/observationstreams.h"
#include "app/archive/oldlinks.h"
#include "models/cycles/cyclebuilder.h"
#include "models/cycles/cycleline.h"
#include "models/observation/observation.h"

namespace slipway {

namespace {

constexpr qsizetype kObservationsAtMost =
    20'000; // of one cycle, or of the settling: far more than a chart shows

// The observations whose line `wanted` says yes to.
Result<QList<Observation>> readObservations(ObservationStreams streams, const QString &prefix,
                                            const std::function<bool(QByteArrayView)> &wanted) {
    const auto names = streams.names(prefix);
    if (!names)
        return names.error();
    QList<Observation> seen;
    for (const QString &name : *names) {
        const auto read = streams.forEachLine(name, [&](QByteArrayView line, qint64 offset) {
            if (wanted(line)) {
                if (auto observation = parseObservation(line, {name, offset, line.size()}))
                    seen.append(*std::move(observation));
            }
            return seen.size() < kObservationsAtMost;
        });
        if (!read)
            return read.error();
    }
    return seen;
}

} // namespace

ObservationStreams CampaignStore::streamsOf(const QString &campaign) {
    return {*m_database, campaign, m_paths.spoolDir(campaign)};
}

Result<CampaignRecord> CampaignStore::loadEvidence(const QString &id) {
    Result<CampaignRecord> record = Error{};
    const auto loaded = m_database->atOneMoment([&]() -> Result<void> {
        record = loadCampaign(id);
        if (!record)
            return record.error();
        ObservationStreams streams = streamsOf(id);
        const auto names = streams.names();
        if (!names)
            return names.error();
        for (const QString &name : *names) {
            auto file = streams.file(name);
            if (!file)
                return file.error();
            record->observations.append(std::move(*file));
        }
        return {};
    });
    if (!loaded && record && !record->findings.isEmpty())
        return notAsRecorded(id, record->findings, loaded.error());
    return loaded ? record : loaded.error();
}

Result<QList<EndedStream>> CampaignStore::loadKeptStreams(const QString &campaign) {
    return streamsOf(campaign).allKept();
}

Result<void> CampaignStore::saveObservations(const QString &campaign, const EndedStream &stream) {
    ObservationStreams streams = streamsOf(campaign);
    const auto kept = m_database->transaction([&] { return streams.keep(stream); });
    return kept ? streams.compare(stream) : kept;
}

Result<void> CampaignStore::noteCompacted(const QString &campaign) {
    return m_chain->append({0, campaign, kCompacted, {}, {}});
}

Result<CycleTrace> CampaignStore::loadTrace(const QString &campaign, const QString &fault, int cycle) {
    // Those whose cycle begins with the same digits come too; traceOf() passes over them.
    const QByteArray words = QByteArray("\"cycle\":") + QByteArray::number(cycle);
    const auto seen = readObservations(streamsOf(campaign), QStringLiteral("phase4-"),
                                       [&](QByteArrayView line) { return line.contains(words); });
    if (!seen)
        return seen.error();
    return traceOf(*seen, fault, cycle);
}

Result<Settling> CampaignStore::loadSettling(const QString &campaign) {
    const auto seen =
        readObservations(streamsOf(campaign), QStringLiteral("phase2-"), [](QByteArrayView line) {
            return line.contains("\"obs\":\"progress\"") || line.contains("\"obs\":\"settled\"");
        });
    if (!seen)
        return seen.error();
    return settlingOf(*seen);
}

Result<void> CampaignStore::loadCycles(CampaignRecord &record) {
    for (const EvidenceFile &file : record.files) {
        if (!faultOfCycleFile(file.name).isEmpty())
            record.cycles += readCycleFile(file).cycles;
    }
    if (!record.cycles.isEmpty())
        return {};
    // A campaign that was cut short has no cycle files yet; its observations tell.
    ObservationStreams streams = streamsOf(record.summary.id);
    const auto names = streams.names(QStringLiteral("phase4-"));
    if (!names)
        return names.error();
    CycleBuilder builder;
    for (const QString &name : *names) {
        const auto read = streams.forEachLine(name, [&](QByteArrayView line, qint64 offset) {
            if (const auto observation = parseObservation(line, {name, offset, line.size()}))
                builder.add(*observation);
            return true;
        });
        if (!read)
            return read;
    }
    record.cycles = builder.takeFinished();
    return {};
}

} // namespace slipway
