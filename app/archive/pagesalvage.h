// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/streamrecord.h"
#include "models/core/result.h"

#include <QByteArray>
#include <QString>

#include <functional>

namespace slipway {

/// A revision of a file, or of a document when it is of no campaign.
struct SalvagedFile {
    QString campaign;
    QString name;
    qint64 revision = 0;
    qint64 savedAt = 0; ///< milliseconds since the epoch, UTC
    QString sha256;     ///< as recorded; whoever keeps it compares
    QString problem;
    bool removed = false;
    QByteArray bytes;
};

/// A kept stream of observations.
struct SalvagedStream {
    QString campaign;
    EndedStream stream;
    QString sha256; ///< of the compressed bytes as recorded; whoever keeps it compares
};

/// Looks through a database file page by page for rows of the tables evidence_file, document and
/// observation_stream, whatever leads to them: a destroyed page, be it the first one, costs only what lies on
/// it (sqlite.org/fileformat.html, 1.6 and 2.1). Older copies of rows may be found too. An error of `file` or
/// `stream` ends it.
Result<void> forEachSalvaged(const QString &path,
                             const std::function<Result<void>(const SalvagedFile &)> &file,
                             const std::function<Result<void>(const SalvagedStream &)> &stream);

} // namespace slipway
