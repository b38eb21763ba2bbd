// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/evidence/verdict.h"
#include "models/observation/evidencefile.h"
#include "models/series/seriesrun.h"

#include <stop_token>

namespace slipway {

/// A run of a series as it lies in a Pages repo.
struct PublishedRun {
    SeriesRun run;
    QString evidenceSha256; ///< evidenceHash() of its folder
    bool hasPage = false;
};

/// From the files of a folder alone, and the judgement made anew from them. Pure.
[[nodiscard]] PublishedRun publishedRunOf(const QString &id, const QList<EvidenceFile> &files,
                                          const Judgement &judgement);

/// The folders "SERIES-rN" in a `runs/`, each judged anew, in version order; on all cores. Empty where there
/// is no such folder. Blocks.
[[nodiscard]] QList<PublishedRun> readPublishedRuns(const QString &runsPath, const QString &series,
                                                    const std::stop_token &stop);

} // namespace slipway
