// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/evidence/evidencefile.h"

#include <QList>
#include <QString>

namespace slipway {

/// What would become of one file of a tree.
struct FileChange {
    enum class Kind { Added, Changed, Removed, Unchanged };

    Kind kind = Kind::Unchanged;
    QString path;      ///< from the tree's root: "runs/r22/phase2.json"
    qint64 before = 0; ///< bytes
    qint64 after = 0;  ///< bytes
};

[[nodiscard]] QString changeName(FileChange::Kind kind); ///< "added", "changed", …; printed

/// From what lies in `folder` (files by their name in it) to what shall; sorted by path.
[[nodiscard]] QList<FileChange> changesIn(const QString &folder, const QList<EvidenceFile> &before,
                                          const QList<EvidenceFile> &after);
[[nodiscard]] bool anyChange(const QList<FileChange> &changes);

} // namespace slipway
