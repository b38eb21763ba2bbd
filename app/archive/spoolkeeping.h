// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/archive/archive.h"
#include "app/core/streamrecord.h"

namespace slipway {

// What becomes of a campaign's spools. Synchronous, on the archive's thread; files are read and removed.

/// A stream that has ended. Observations are kept in the archive, compressed, and their spool goes once what
/// is kept was compared with what came; of others the archive knows length and SHA-256 of the spool.
Result<void> keepStream(Archive &archive, const QString &campaign, const QString &spoolDir,
                        const EndedStream &stream);

/// At the end of a campaign: every spool that keepStream() was not called for, or that is longer than it
/// said.
Result<void> keepSpools(Archive &archive, const QString &campaign, const QString &spoolDir);

} // namespace slipway
