// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/result.h"
#include "models/evidence/verdict.h"
#include "models/series/seriesjudgement.h"

namespace slipway {

/// Whether a folder is a series' report: it holds its manifest.
[[nodiscard]] bool isReportFolder(const QString &path);

/// A published report, held to its manifest and to the published runs.
struct SeriesCheck {
    QString series;
    /// Of the series; INVALID EVIDENCE where a check fails, INCOMPLETE where the report is of another version
    /// of this program and could not be compared.
    Verdict verdict = Verdict::Incomplete;
    QString reason; ///< one sentence
    QList<Check> checks;
};

/// Reads the folder and the runs next to it (`../../runs`), judges each run and the series anew, and compares
/// manifest, judgement and page byte for byte. Blocks; for any thread. The error says that the folder could
/// not be read.
Result<SeriesCheck> checkReport(const QString &path);

} // namespace slipway
