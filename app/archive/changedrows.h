// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/result.h"
#include "models/evidence/manifest.h"

#include <QList>
#include <QString>

namespace slipway {

class SqliteConnection;

/// What another program changed, added or removed of one campaign's rows, as the last links of the chain
/// show: of every sealed table (rowseals.h) that names the campaign, the bytes of its files and kept streams,
/// and the rows of observations of an old archive. At most 100 findings, each of one unit. None in an archive
/// whose chain has not begun. Reads the rows and links of this campaign alone, both of the caller's moment
/// (SqliteConnection::atOneMoment); not within a transaction that writes, whose rows are not linked yet. The
/// links themselves are compared with each other by checkArchive() alone.
Result<QList<Finding>> changedRowsOf(SqliteConnection &database, const QString &campaign);

/// The same of a document's revisions, which are not one campaign's.
Result<QList<Finding>> changedRowsOfDocument(SqliteConnection &database, const QString &name);

/// What is said of a campaign that has such findings, and cannot be read for another reason.
[[nodiscard]] Error notAsRecorded(const QString &campaign, const QList<Finding> &findings,
                                  const Error &unread);

} // namespace slipway
