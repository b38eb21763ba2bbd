// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/archive/changedunits.h"
#include "app/archive/damagedrows.h"
#include "app/archive/recoveredarchive.h"

namespace slipway {

/// Copies what is whole of a damaged archive into a new one, table by table, and at last whatever pages hold
/// that no table leads to. Used on the database's thread.
class ArchiveCopier {
public:
    /// `pages` is the file of `from`. `to` has a table sorted.line (archiverecovery.cpp) for the observations
    /// of older versions.
    ArchiveCopier(SqliteConnection &from, QString pages, Archive &to, const ArchiveProgress &progress);

    Result<Recovery> run();

private:
    Result<void> copyCampaigns();
    Result<void> copyRuns();
    Result<void> copyKeptStreams();
    Result<void> copyObservations();
    Result<void> copyFiles();
    Result<void> copyDocuments();
    Result<void> salvagePages();
    Result<void> copyStreams();
    Result<void> copyJudgements();
    Result<void> copyTriages();
    Result<void> copySeries();
    Result<void> copySummaries();
    Result<void> copyRemovals();
    QMap<QString, QString> parametersOf(const QString &campaign);

    SqliteConnection &m_from;
    const QString m_pages;
    const ChangedUnits m_changed;
    RecoveredArchive m_to;
    DamagedRows m_rows;
};

} // namespace slipway
