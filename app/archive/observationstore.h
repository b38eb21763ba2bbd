// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/streamrecord.h"
#include "models/core/result.h"
#include "models/cycles/cycle.h"
#include "models/cycles/cycletrace.h"
#include "models/observation/evidencefile.h"

#include <QList>
#include <QString>

namespace slipway {

class Archive;
class Database;
class ObservationStreams;

/// The streams of campaigns: those of observations, which the archive keeps, what charts show of them, and
/// what is known of all other spools.
class ObservationStore {
public:
    explicit ObservationStore(Archive &archive);

    /// A stream of observations that has ended, which is read back and compared with what came. The same
    /// again changes nothing; another one takes its place until the campaign has ended.
    Result<void> save(const QString &campaign, const EndedStream &stream);
    /// Of another stream: what its spool must be.
    Result<void> saveSpool(const QString &campaign, const QString &name, qint64 bytes, const QString &sha256);
    Result<qint64> loadSpoolBytes(const QString &campaign, const QString &name); ///< -1: not noted
    /// The rows of a campaign's observations are gone, since its streams are kept.
    Result<void> noteCompacted(const QString &campaign);

    /// Those that the archive keeps, of the runs that have ended.
    Result<QList<EndedStream>> loadKept(const QString &campaign);
    /// All of them as files of a published folder. What runs, or was cut off, is read from its spools.
    Result<QList<EvidenceFile>> loadFiles(const QString &campaign);
    /// Of the observations, also while they arrive; empty when there are none, as of what was imported.
    Result<QList<Cycle>> loadCycles(const QString &campaign);
    Result<CycleTrace> loadTrace(const QString &campaign, const QString &fault, int cycle);
    Result<Settling> loadSettling(const QString &campaign);

private:
    [[nodiscard]] ObservationStreams streamsOf(const QString &campaign) const;

    Archive &m_archive;
    Database &m_database;
};

} // namespace slipway
