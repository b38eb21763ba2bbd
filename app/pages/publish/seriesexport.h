// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/git/judgedfiles.h"
#include "app/pages/index/indexpage.h"
#include "app/pages/series/seriesreport.h"

#include <QMap>
#include <QStringList>

#include <stop_token>

namespace slipway {

class ArchiveThread;

/// The reports of which series an export writes, and from what.
struct SeriesExport {
    QString tree;
    QStringList requested; ///< series whose report is written whether there is one or not
    QStringList exported;  ///< campaigns that were exported: a report of theirs that is there is written anew
    QMap<QString, PublishedRun> planned; ///< of a dry run: what would lie there
    RedactionOptions redaction;
    bool replaceOthers = false;
    bool dryRun = false;
};

struct SeriesExported {
    QList<FileChange> changes;
    QList<Masked> masked;                  ///< files from the tree's root
    QList<SeriesLink> links;               ///< to every report of the tree, for the list of runs
    QMap<QString, SeriesVerdict> verdicts; ///< of the written ones
    JudgedFiles judged;
    QStringList warnings; ///< sentences
};

/// Writes the reports, each whole or not at all. What the archive has not noted of a series is taken from the
/// report that is there. The error names the series. Blocks.
Result<SeriesExported> exportSeries(const SeriesExport &request, ArchiveThread &archive,
                                    const std::stop_token &stop);

} // namespace slipway
