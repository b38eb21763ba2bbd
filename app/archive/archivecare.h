// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/archive/archivecheck.h"

namespace slipway {

/// What could be saved of a damaged archive.
struct Recovery {
    QString setAside; ///< the folder the damaged files are in, unchanged; empty when the archive is sound
    qint64 campaigns = 0;
    qint64 files = 0;
    qint64 observations = 0;
    QStringList lost; ///< what was there and is not whole, at most 100
};

/// What became of the observations of older versions.
struct Compaction {
    qint64 streams = 0;     ///< that were rows and are compressed now
    qint64 bytesBefore = 0; ///< of the archive and the spools
    qint64 bytesAfter = 0;
    QStringList left; ///< what stays as it was, and why; at most 100
};

// Synchronous, for any thread that may wait; no other process may be at work on the archive meanwhile.

/// The archive as it is at one moment, with its spools, into a folder that must not exist, checked there.
Result<ArchiveHealth> backUp(const Paths &paths, const QString &folder,
                             const ArchiveProgress &progress = kSilent);
/// A backup, checked first, into a data directory without an archive.
Result<ArchiveHealth> restore(const Paths &paths, const QString &folder,
                              const ArchiveProgress &progress = kSilent);
/// Sets a damaged archive aside and builds a new one from every row of it that can be read and whose bytes
/// are whole. (The sqlite3 program's .recover would reach further and does not work in Debian 12.)
Result<Recovery> recover(const Paths &paths, const ArchiveProgress &progress = kSilent);
/// Keeps the observations of campaigns that have ended once and compressed, whatever version recorded them:
/// each stream is read back and compared before its rows and its spool go. Then the file is written anew
/// without what is free in it. Killed at any time, it loses nothing; run again, it goes on.
Result<Compaction> compact(const Paths &paths, const ArchiveProgress &progress = kSilent);

} // namespace slipway
