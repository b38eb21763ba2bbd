// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/paths.h"
#include "models/core/result.h"

#include <QStringList>

namespace slipway {

class Database;

/// What an archive was found to hold.
struct ArchiveHealth {
    qint64 campaigns = 0;
    qint64 files = 0; ///< revisions, documents included
    qint64 observations = 0;
    qint64 entries = 0; ///< links of the chain
    QStringList problems;
};

/// Everything: SQLite's own check, every link of the chain, every row and spool against its SHA-256. Reads
/// all there is, so it takes as long as that. Synchronous; for any thread.
Result<ArchiveHealth> checkArchive(const Paths &paths);
Result<ArchiveHealth> checkRows(Database &database);

} // namespace slipway
