// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/result.h"
#include "models/series/seriesrun.h"

#include <QStringList>

namespace slipway {

/// The runs of a series as a table tells them, one a row.
struct SeriesTable {
    QList<SeriesRun> runs;
    QString name;      ///< of the series, where the table tells it ("soak-v0.6.0-r12" in the column run)
    QStringList notes; ///< columns that were taken for facts, rows in which nothing ran
};

/// Reads a CSV table whose first row names its columns: run (a number, or a campaign's id), slot, started_at,
/// completed_at (ISO 8601, UTC), claimed_pass, reports_with_content, seconds_from_first_report_to_end,
/// phaseN_seconds, cost, lost_writes (a number or a share) or acked with
/// converged, verdict. Every other column is a fact of the
/// run, such as server or image. An empty cell was not recorded. A row that tells neither a start, an end, a
/// claim nor a report is a slot in which nothing ran.
/// A table carries no evidence, so its runs are UNPROVEN PASS at best: six reports and a claimed pass; fewer
/// than six are INCOMPLETE, none NO EVIDENCE, a failure that is claimed FAIL. A verdict that is stated counts
/// where it is not better. Limits: 16 MiB, 100,000 rows; InvalidInput names line and column. Pure.
Result<SeriesTable> readSeriesTable(const QByteArray &bytes, const QString &what);

} // namespace slipway
