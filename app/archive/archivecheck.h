// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/paths.h"
#include "models/core/result.h"

#include <QStringList>

#include <functional>

namespace slipway {

/// Called now and then by work that takes long, on its thread: what is being done, and how much of it.
/// `total` is 0 where that is not known.
using ArchiveProgress = std::function<void(const QString &doing, qint64 done, qint64 total)>;
inline const ArchiveProgress kSilent = [](const QString &, qint64, qint64) {};

/// What an archive was found to hold.
struct ArchiveHealth {
    qint64 campaigns = 0;
    qint64 files = 0; ///< revisions, documents included
    qint64 observations = 0;
    qint64 entries = 0;   ///< links of the chain
    QStringList problems; ///< at most 100
};

/// Everything: SQLite's own check, every link of the chain and its end, every row of every table, every
/// stream and file against its SHA-256. Reads all there is, so it takes as long as that; changes nothing, and
/// makes nothing. NotFound when there is no archive. An error says that it could not be read, not that it is
/// damaged. Synchronous; for any thread.
Result<ArchiveHealth> checkArchive(const Paths &paths, const ArchiveProgress &progress = kSilent);

} // namespace slipway
