// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/result.h"

#include <QStringList>

namespace slipway {

class Database;

/// What archives of before row seals have links of: files, documents, judgements, triages and streams, whose
/// rows are compared with them before they are sealed. At most 100 problems.
Result<QStringList> oldLinkProblems(Database &database);

/// The observations of such archives, against the link of each batch; they stay as they are until they are
/// compacted. Counts them.
Result<QStringList> oldObservationProblems(Database &database, qint64 &count);

} // namespace slipway
