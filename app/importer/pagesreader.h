// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/result.h"
#include "models/observation/evidencefile.h"

#include <QList>
#include <QString>

namespace slipway {

/// A campaign's folder as it lies there: its name, and about how much is in it.
struct PagesFolder {
    QByteArray name; ///< in `runs/`; empty when the path itself is the folder
    QString id;      ///< legal; made up where the name is not
    qint64 bytes = 0;
    QString called{};           ///< its name for people
    bool holdsCampaign = false; ///< a report, a summary, a manifest, cycles or observations
};

/// What a path holds: a Pages repo, its `runs/`, or one campaign's folder.
struct PagesTree {
    QString runsPath; ///< the folder that `name`s are in
    QList<PagesFolder> campaigns;
    QStringList leftOut;           ///< folders next to them that hold nothing of a campaign
    QStringList hidden;            ///< those whose name begins with a dot, at most 1,000
    QList<EvidenceFile> documents; ///< analysis/run-insights.json, releases/<version>/summary.json, …
};

/// Every folder in a `runs/` that is published into, whatever it holds. Synchronous; for any thread.
Result<QList<PagesFolder>> readRuns(const QString &runsPath);

/// What lies there is taken for a campaign only by what it holds: a report, a summary, a manifest, cycles or
/// observations; in a folder called "runs" also what lies next to such ones. NotFound where there is none,
/// with what was looked for. Synchronous; for any thread.
Result<PagesTree> readTree(const QString &path);

/// "a b" is kept as a_b-1234…: why it is called otherwise; empty where it is called as it is.
[[nodiscard]] QString renameText(const PagesFolder &folder);

/// All of a folder's files, those in folders below it as "folder/file". What cannot be read is there with its
/// problem and no bytes; what is wrong with the folder itself is the problem of a file named ".".
/// Limits: 64 MiB a file, 256 MiB and 4,096 files a folder, 8 folders deep.
[[nodiscard]] QList<EvidenceFile> readFolder(const QString &runsPath, const PagesFolder &folder);

/// The files of one campaign's folder, for a look at it without an archive.
Result<QList<EvidenceFile>> readCampaignFolder(const QString &path);

} // namespace slipway
