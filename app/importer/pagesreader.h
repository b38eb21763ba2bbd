// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/result.h"
#include "models/evidence/evidencefile.h"

#include <QList>
#include <QString>

namespace slipway {

/// A campaign's folder as it lies there: its name, and about how much is in it.
struct PagesFolder {
    QByteArray name; ///< in `runs/`; empty when the path itself is the folder
    QString id;      ///< legal; made up where the name is not, and then a file "." says so
    qint64 bytes = 0;
};

/// What a path holds: a Pages repo, its `runs/`, or one campaign's folder.
struct PagesTree {
    QString runsPath; ///< the folder that `name`s are in
    QList<PagesFolder> campaigns;
    QList<EvidenceFile> documents; ///< analysis/run-insights.json, releases/<version>/summary.json, …
};

/// Synchronous; for any thread.
Result<PagesTree> readTree(const QString &path);

/// All of a folder's files, those in folders below it as "folder/file". What cannot be read is there with its
/// problem and no bytes; what is wrong with the folder itself is the problem of a file named ".".
/// Limits: 64 MiB a file, 256 MiB and 4,096 files a folder, 8 folders deep.
[[nodiscard]] QList<EvidenceFile> readFolder(const QString &runsPath, const PagesFolder &folder);

/// The files of one campaign's folder, for a look at it without an archive.
Result<QList<EvidenceFile>> readCampaignFolder(const QString &path);

} // namespace slipway
