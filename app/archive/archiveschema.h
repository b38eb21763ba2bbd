// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/result.h"

#include <QStringList>

namespace slipway {

class SqliteConnection;

/// What another program did to the schema: each table, index, trigger or view that this version's migrations,
/// run up to the file's own version number, do not make, make otherwise, or make and that is not there; for a
/// person, at most 100. Empty of a file without any. A trigger of another hand would write under our seals,
/// so this is compared before anything is written. Used on the database's thread; takes some milliseconds.
Result<QStringList> schemaProblems(SqliteConnection &database);

} // namespace slipway
