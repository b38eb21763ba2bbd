// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/streamrecord.h"
#include "models/observation/evidencefile.h"

#include <QStringList>

#include <functional>
#include <optional>

namespace slipway {

class SqliteConnection;
class Statement;

/// How the file of a stream of observations ends.
inline const QString kObservationSuffix = QStringLiteral(".obs.jsonl");

/// The streams of observations of one campaign, wherever they are: kept in the archive, compressed; in the
/// spool of a run that goes on or was cut off; in the rows of an older version. Used on the database's
/// thread.
class ObservationStreams {
public:
    /// `spoolDir`: where the campaign's spools are, if it has any.
    ObservationStreams(SqliteConnection &database, QString campaign, QString spoolDir);

    /// Names of files that begin with `prefix`, sorted: "phase2-burst-chaos.obs.jsonl".
    Result<QStringList> names(const QString &prefix = {});
    /// One stream's lines in order, without their ends, with their offsets. `seen` answers whether to go on.
    Result<void> forEachLine(const QString &name,
                             const std::function<bool(QByteArrayView line, qint64 offset)> &seen);
    /// Compressed, as in a published folder: "observations/phase2-burst-chaos.obs.jsonl.zst".
    Result<EvidenceFile> file(const QString &name);

    /// What the archive keeps of it; nothing when it does not.
    Result<std::optional<EndedStream>> kept(const QString &name);
    Result<QList<EndedStream>> allKept();
    /// Keeps it, in the caller's transaction. The same again changes nothing.
    Result<void> keep(const EndedStream &stream);
    /// What is kept of it is read back and compared with what came; Corrupt when it differs.
    Result<void> compare(const EndedStream &stream);
    /// Whether every row of it is in the stream, at its place; Corrupt when one is not.
    Result<void> findRows(const EndedStream &stream);
    /// The bytes that the rows of an older version are of. `bytes`: how many there were, if that is known;
    /// the rows do not say whether the last line had an end.
    Result<EndedStream> ofRows(const QString &name, const std::optional<qint64> &bytes);
    /// The same of rows of offset and line, in order; see the statement's status.
    static EndedStream ofLines(const QString &name, Statement &rows, const std::optional<qint64> &bytes);

private:
    enum class Place { Kept, Spool, Rows };
    Result<Place> placeOf(const QString &name);
    Result<Statement> rowsOf(const QString &name);
    [[nodiscard]] QString spoolOf(const QString &name) const;

    SqliteConnection &m_database;
    QString m_campaign;
    QString m_spoolDir;
};

} // namespace slipway
