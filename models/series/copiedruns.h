// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/series/seriesrun.h"

#include <QStringList>

namespace slipway {

/// Finds runs whose cycles an earlier run of the series has already, by SeriesRun::courses, and takes them
/// out of what is counted: none of their cycles is pooled. Two such cycles, or half of them, make the run
/// INVALID EVIDENCE; a single one of many may be chance in a series of a million cycles. `runs` are in their
/// order. Returns a sentence for each.
QStringList takeOutCopies(QList<SeriesRun> &runs);

} // namespace slipway
