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

// Synchronous, for any thread that may wait; no other process may be at work on the archive meanwhile.

/// The archive as it is at one moment, with its spools, into a folder that must not exist, checked there.
Result<ArchiveHealth> backUp(const Paths &paths, const QString &folder);
/// A backup, checked first, into a data directory without an archive.
Result<ArchiveHealth> restore(const Paths &paths, const QString &folder);
/// Sets a damaged archive aside and builds a new one from every row of it that can be read and whose bytes
/// are whole. (The sqlite3 program's .recover would reach further and does not work in Debian 12.)
Result<Recovery> recover(const Paths &paths);

} // namespace slipway
