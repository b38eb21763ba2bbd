// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/result.h"

#include <QString>

namespace slipway {

class Archive;

/// A number that differs from the last one of this connection when another connection wrote meanwhile
/// (sqlite.org, "PRAGMA data_version"); -1 while there is no archive in `file`. One that another process made
/// is continued. On the archive's thread.
Result<qint64> archiveVersion(Archive &archive, const QString &file);

} // namespace slipway
