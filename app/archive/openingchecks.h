// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/result.h"

#include <QString>

namespace slipway {

class SqliteConnection;

/// An archive, its log, the log's index and its lock are regular files, where they are there: a pipe or a
/// device would keep us waiting.
Result<void> refuseOthers(const QString &path, const QString &lockPath);
/// A file up to 32 MiB page by page, a larger one by its size: opening must not take longer than a look.
/// Damaged is said of what was read and is not right, never of what could not be read.
Result<void> checkPages(SqliteConnection &connection);
/// Its schema is none of a newer version, and with `exactly` this version's.
Result<void> checkVersion(SqliteConnection &connection, bool exactly);
[[nodiscard]] qint64 walBytes(const QString &path); ///< of the write-ahead log next to an archive

} // namespace slipway
