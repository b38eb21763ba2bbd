// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/result.h"

#include <QByteArray>
#include <QList>
#include <QStringList>

namespace slipway {

class SqliteConnection;

/// A line of a stream of observations as older versions kept it: where it began, and its bytes.
struct ObservationRow {
    QString stream;
    qint64 offset = 0;
    QByteArray line;
};

/// The SHA-256 of a batch of observations, for its link.
[[nodiscard]] QString observationsHash(const QList<ObservationRow> &rows);

/// What archives of before row seals have links of: files, documents, judgements, triages and streams, whose
/// rows are compared with them before they are sealed. At most 100 problems.
Result<QStringList> oldLinkProblems(SqliteConnection &database);

/// The rows of observations of such archives, against the link of each batch. A campaign whose rows were
/// compacted, which a link says (kCompacted), has none. Counts the rows. `campaign`: only of that one.
Result<QStringList> oldObservationProblems(SqliteConnection &database, qint64 &count,
                                           const QString &campaign = {});

/// The kind of the link that says so.
inline const QString kCompacted = QStringLiteral("compacted");

} // namespace slipway
