// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/archive/archive.h"
#include "app/archive/oldlinks.h"
#include "app/core/streamrecord.h"

namespace slipway::test {

/// A stream as it comes.
[[nodiscard]] EndedStream streamOf(const QString &name, const QByteArray &bytes);

/// Rows of observations with the link of their batch, as versions before kept streams wrote them.
[[nodiscard]] Result<void> addOldObservations(Archive &archive, const QString &campaign,
                                              const QList<ObservationRow> &rows);

/// An archive of the second schema, written by hand: the campaign "old" with a file, a judgement, three lines
/// of observations as rows and their raw spool, each linked as that version did. False when it cannot be
/// written.
[[nodiscard]] bool makeOldArchive(const Paths &paths);

inline const QByteArray kOldObservations = "{\"obs\":\"one\"}\n{\"obs\":\"two\"}\n{\"obs\":\"three\"}\n";
inline const QString kOldStream = QStringLiteral("phase2-burst-node-a.obs.jsonl");

} // namespace slipway::test
