// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/git/judgedfiles.h"
#include "app/pages/write/runentry.h"
#include "app/pages/write/runexport.h"
#include "models/series/seriesjudgement.h"

#include <QMap>
#include <QStringList>

#include <functional>
#include <stop_token>

namespace slipway {

class ArchiveThread;

/// What to export, and where to.
struct ExportRequest {
    QStringList ids; ///< empty, and no series: every campaign of the archive that has ended
    QString tree;    ///< the root of a Pages repo's files: a clone, a worktree, any folder
    ExportOptions options;
    bool dryRun = false;  ///< nothing is written, nothing signed
    QStringList series{}; ///< whose runs that have ended are exported too, and whose report is written
    bool refresh = false; ///< instead of all these: the runs in the tree whose pages are of an older version
};

struct ExportProgress {
    qint64 runs = 0;  ///< done so far
    qint64 total = 0; ///< that there are
};

/// What an export came to, or would come to.
struct ExportCount {
    qint64 runs = 0;
    qint64 changedRuns = 0;
    qint64 unchangedFiles = 0;
    QList<FileChange> changes;           ///< all but the unchanged ones; the list of runs included
    QList<FileChange> unchanged;         ///< where diffs were asked for
    QMap<QString, qint64> sizes;         ///< bytes of each run's folder
    QList<Masked> masked;                ///< their files from the tree's root
    QMap<QString, Judgement> judgements; ///< as published
    QMap<QString, SeriesVerdict> series; ///< of the reports that were written
    QStringList heldBack;                ///< "<campaign>/<file>": published with a yes only
    JudgedFiles judged;                  ///< all files that lie in the tree by this export
    QStringList warnings;                ///< "<campaign>: <sentence>"
    QStringList failures;                ///< "<campaign>: <sentence>"; the others were exported
    bool othersInTheWay = false;         ///< one of them is that bytes of others would be lost

    [[nodiscard]] QStringList changedPaths() const; ///< from the tree's root, for whoever commits them
};

/// Writes runs and the list of runs into a tree: one run after the other, oldest first, each whole or not at
/// all; the list from the folders as they then lie there. An export that is repeated writes nothing. Blocks;
/// for a thread that may wait. What is done stays done when it is stopped. The error is of the tree or the
/// archive as a whole.
Result<ExportCount> exportPages(const ExportRequest &request, ArchiveThread &archive,
                                const std::stop_token &stop,
                                const std::function<void(const ExportProgress &)> &progress);

} // namespace slipway
