// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/archive/observationstore.h"

#include "app/archive/archive.h"
#include "app/archive/database.h"
#include "app/archive/evidencechain.h"
#include "app/archive/observationstreams.h"
#include "app/archive/oldlinks.h"
#include "models/cycles/cyclebuilder.h"
#include "models/observation/observation.h"

#include <functional>
#include <utility>

namespace slipway {

namespace {

constexpr qsizetype kMaxObservations = 20'000; // far more than a chart shows

// The observations whose line `matches`.
Result<QList<Observation>> readObservations(ObservationStreams streams, const QString &prefix,
                                            const std::function<bool(QByteArrayView)> &matches) {
    const auto names = streams.names(prefix);
    if (!names)
        return names.error();
    QList<Observation> seen;
    for (const QString &name : *names) {
        const auto read = streams.forEachLine(name, [&](QByteArrayView line, qint64 offset) {
            if (matches(line)) {
                if (auto observation = parseObservation(line, {name, offset, line.size()}))
                    seen.append(*std::move(observation));
            }
            return seen.size() < kMaxObservations;
        });
        if (!read)
            return read.error();
    }
    return seen;
}

} // namespace

ObservationStore::ObservationStore(Archive &archive) : m_archive(archive), m_database(archive.database()) {}

ObservationStreams ObservationStore::streamsOf(const QString &campaign) const {
    return {m_database, campaign, m_archive.paths().spoolDir(campaign)};
}

Result<void> ObservationStore::save(const QString &campaign, const EndedStream &stream) {
    ObservationStreams streams = streamsOf(campaign);
    const auto kept = m_database.transaction([&] { return streams.keep(stream); });
    return kept ? streams.compare(stream) : kept;
}

Result<void> ObservationStore::saveSpool(const QString &campaign, const QString &name, qint64 bytes,
                                         const QString &sha256) {
    return m_database.transaction([&]() -> Result<void> {
        auto insert =
            m_database.prepare("INSERT INTO stream(campaign, name, bytes, sha256) VALUES (?1,?2,?3,?4) "
                               "ON CONFLICT DO UPDATE SET bytes=?3, sha256=?4");
        if (!insert)
            return insert.error();
        insert->bind(1, campaign).bind(2, name).bind(3, bytes).bind(4, sha256);
        return m_database.run(*insert, QStringLiteral("noting the stream %1").arg(name));
    });
}

Result<qint64> ObservationStore::loadSpoolBytes(const QString &campaign, const QString &name) {
    auto select = m_database.prepare("SELECT bytes FROM stream WHERE campaign=? AND name=?");
    if (!select)
        return select.error();
    select->bind(1, campaign).bind(2, name);
    return select->next() ? select->integer(0) : -1;
}

Result<void> ObservationStore::noteCompacted(const QString &campaign) {
    return m_archive.chain().append({0, campaign, kCompacted, {}, {}});
}

Result<QList<EndedStream>> ObservationStore::loadKept(const QString &campaign) {
    return streamsOf(campaign).allKept();
}

Result<QList<EvidenceFile>> ObservationStore::loadFiles(const QString &campaign) {
    ObservationStreams streams = streamsOf(campaign);
    const auto names = streams.names();
    if (!names)
        return names.error();
    QList<EvidenceFile> files;
    for (const QString &name : *names) {
        auto file = streams.file(name);
        if (!file)
            return file.error();
        files.append(std::move(*file));
    }
    return files;
}

Result<QList<Cycle>> ObservationStore::loadCycles(const QString &campaign) {
    ObservationStreams streams = streamsOf(campaign);
    const auto names = streams.names(QStringLiteral("phase4-"));
    if (!names)
        return names.error();
    CycleBuilder builder;
    for (const QString &name : *names) {
        TRY(streams.forEachLine(name, [&](QByteArrayView line, qint64 offset) {
            if (const auto observation = parseObservation(line, {name, offset, line.size()}))
                builder.add(*observation);
            return true;
        }));
    }
    return builder.takeFinished();
}

Result<CycleTrace> ObservationStore::loadTrace(const QString &campaign, const QString &fault, int cycle) {
    // Those whose cycle begins with the same digits come too; traceOf() passes over them.
    const QByteArray words = QByteArray("\"cycle\":") + QByteArray::number(cycle);
    const auto seen = readObservations(streamsOf(campaign), QStringLiteral("phase4-"),
                                       [&](QByteArrayView line) { return line.contains(words); });
    if (!seen)
        return seen.error();
    return traceOf(*seen, fault, cycle);
}

Result<Settling> ObservationStore::loadSettling(const QString &campaign) {
    const auto seen =
        readObservations(streamsOf(campaign), QStringLiteral("phase2-"), [](QByteArrayView line) {
            return line.contains("\"obs\":\"progress\"") || line.contains("\"obs\":\"settled\"");
        });
    if (!seen)
        return seen.error();
    return settlingOf(*seen);
}

} // namespace slipway
