// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/pages/write/runentry.h"

#include <QList>

namespace slipway {

/// The report of a series as the list of runs names it; it lies at `series/NAME/`.
struct SeriesLink {
    QString name;
    Verdict verdict = Verdict::NoEvidence;
    QString head; ///< why, in a few words
};

/// `runs/index.html` and `runs/index.json`: the runs of a tree, which are given newest first, and the reports
/// of its series. Pure.
[[nodiscard]] QByteArray indexPage(const QList<RunEntry> &entries, const QList<SeriesLink> &series = {});
[[nodiscard]] QByteArray indexJson(const QList<RunEntry> &entries, const QList<SeriesLink> &series = {});
/// "Written by Slipway 0.1.0": by this a later version knows its own.
[[nodiscard]] QString writtenBySlipway();
/// Whether one of them, or the feed, was written by any version of this.
[[nodiscard]] bool isIndexOfOurs(const QByteArray &bytes);

} // namespace slipway
