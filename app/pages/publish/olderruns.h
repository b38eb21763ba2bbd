// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/importer/pagesreader.h"
#include "app/pages/write/runexport.h"

#include <QSet>
#include <QStringList>

namespace slipway {

/// Published runs whose pages are of an older version than this one writes.
struct OlderRuns {
    QStringList ids;      ///< those that `archived` has, which an export brings up to date
    QStringList warnings; ///< a sentence for each of the others, and for each run of a newer version
};

/// Looks through the runs that an export wrote: those with a manifest. What others wrote is not looked at. A
/// page of an older layout has older rules in its manifest, since each layout comes with a version of the
/// rules. Reads the tree. The error names a manifest that cannot be read.
Result<OlderRuns> olderRuns(const QString &tree, const QList<PagesFolder> &folders,
                            const QSet<QString> &archived);

/// Refuses an export that would change evidence: plan, observations, and whatever else is not derived from
/// these.
Result<void> refuseOtherEvidence(const RunPlace &place, const RunExport &run);

} // namespace slipway
