// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/pages/series/publishedruns.h"
#include "app/pages/series/seriessource.h"
#include "app/pages/write/filechange.h"
#include "models/redaction/redaction.h"

namespace slipway {

inline const QString kSeriesFolder = QStringLiteral("series");
inline const QString kSeriesJudgement = QStringLiteral("judgement.json");

/// `series/NAME/` as it shall be.
struct SeriesReport {
    QString name;
    SeriesJudgement judgement;
    QList<EvidenceFile> files; ///< sorted by name
    QList<Masked> masked;      ///< files from `series/NAME/`
    QList<FileChange> changes; ///< paths from the tree's root
};

/// What a report's folder holds that follows from its source and the published runs: the judgement as JSON
/// and the page. The page says the manifest's version of this tool. Pure.
Result<QList<EvidenceFile>> derivedFiles(const SeriesSource &source, const QList<PublishedRun> &runs,
                                         const QString &toolVersion);

/// The report of a series from its published runs. Judged as of `now`, or as of the moment of the report that
/// is there where that comes to the same: a second report changes nothing. What is masked is masked before
/// anything is derived. Errors: a text that could not be searched for secrets, a source or table that cannot
/// be read, no run. Pure.
Result<SeriesReport> planReport(const SeriesRecord &record, const QList<PublishedRun> &runs,
                                const QList<EvidenceFile> &place, const RedactionOptions &redaction,
                                const QDateTime &now);

/// The files of `series/NAME` in a tree; none where it is not there. Links are not followed.
Result<QList<EvidenceFile>> reportFiles(const QString &tree, const QString &name);
/// The series that have a report of this program in a tree.
[[nodiscard]] QStringList reportsIn(const QString &tree);

} // namespace slipway
