// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/linediff.h"
#include "models/observation/evidencefile.h"

#include <QList>
#include <QString>

namespace slipway {

/// What would become of one file of a tree.
struct FileChange {
    enum class Kind { Added, Changed, Removed, Unchanged };

    Kind kind = Kind::Unchanged;
    QString path;           ///< from the tree's root: "runs/r22/phase2.json"
    qint64 before = 0;      ///< bytes
    qint64 after = 0;       ///< bytes
    QList<DiffLine> diff{}; ///< of a text that changed, when it was asked for
};

[[nodiscard]] QString changeName(FileChange::Kind kind); ///< "added", "changed", …; printed

/// From what lies in `folder` (files by their name in it) to what shall; sorted by path.
/// `withDiffs`: with the lines that differ, for a person to read.
[[nodiscard]] QList<FileChange> changesIn(const QString &folder, const QList<EvidenceFile> &before,
                                          const QList<EvidenceFile> &after, bool withDiffs = false);
[[nodiscard]] bool anyChange(const QList<FileChange> &changes);

} // namespace slipway
