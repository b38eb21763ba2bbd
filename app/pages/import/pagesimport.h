// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/result.h"
#include "models/evidence/verdict.h"

#include <QMap>
#include <QStringList>

#include <functional>
#include <stop_token>

namespace slipway {

class ArchiveThread;

/// What an import came to. Each folder is counted once: created, changed, unchanged or own.
struct ImportCount {
    qint64 folders = 0; ///< done so far
    qint64 total = 0;   ///< that there are
    qint64 created = 0;
    qint64 changed = 0; ///< got new revisions, or a judgement by newer rules
    qint64 unchanged = 0;
    qint64 own = 0;       ///< campaigns that were run here; what is published of them is left alone
    qint64 documents = 0; ///< insights and releases that were new
    QMap<Verdict, qint64> verdicts;
    QStringList rejudged;  ///< "<campaign>: PROVEN before, INVALID EVIDENCE now", at most 1,000
    QStringList renamed;   ///< "a b" is kept as a_b-…: why, at most 1,000
    QStringList leftOut;   ///< "<name>: why", next to the campaigns or in what was packed; at most 1,100
    QStringList anomalies; ///< "<campaign>/<file>: <problem>", at most 1,000
};

/// Reads, judges and archives a Pages repo, its `runs/`, or one campaign's folder, as it lies there, packed,
/// or at an address that git takes: folders in parallel, the archive on its own thread, at most two batches
/// of 64 MiB in memory. Blocks; for a thread that may wait. What is done stays done when it is stopped or
/// killed; a second import completes it.
Result<ImportCount> importPages(const QString &path, ArchiveThread &archive, const std::stop_token &stop,
                                const std::function<void(const ImportCount &)> &progress);

} // namespace slipway
