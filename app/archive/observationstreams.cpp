// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/archive/observationstreams.h"

#include "app/archive/rowtext.h"
#include "app/archive/sqliteconnection.h"
#include "models/evidence/recordedplan.h"
#include "models/log/linesplitter.h"
#include "models/observation/zstream.h"

#include <QDir>
#include <QFile>

#include <algorithm>
#include <utility>

namespace slipway {

namespace {

constexpr qint64 kReadSize = qint64(1024) * 1024;

EvidenceFile compressedFile(const QString &name, const QByteArray &bytes) {
    return {kObservationFolder + name + kCompressedSuffix, bytes};
}

EndedStream readKept(const Statement &row) {
    return {row.text(0), row.integer(1), row.integer(2), row.text(3), row.blob(4)};
}

constexpr const char *kKept =
    "SELECT name, plain_bytes, lines, plain_sha256, bytes FROM observation_stream WHERE campaign=?1 ";

} // namespace

ObservationStreams::ObservationStreams(SqliteConnection &database, QString campaign, QString spoolDir)
    : m_database(database), m_campaign(std::move(campaign)), m_spoolDir(std::move(spoolDir)) {}

QString ObservationStreams::spoolOf(const QString &name) const {
    return m_spoolDir + QLatin1Char('/') + name;
}

Result<QStringList> ObservationStreams::names(const QString &prefix) {
    auto select = m_database.prepare("SELECT name FROM observation_stream WHERE campaign=?1 UNION SELECT "
                                     "DISTINCT stream || ?2 FROM observation WHERE campaign=?1");
    if (!select)
        return select.error();
    select->bind(1, m_campaign).bind(2, kObservationSuffix);
    QStringList names;
    while (select->next())
        names << select->text(0);
    if (select->status() != SQLITE_DONE)
        return m_database.error(QStringLiteral("reading the streams of %1").arg(m_campaign));
    names += QDir(m_spoolDir).entryList({QStringLiteral("phase*") + kObservationSuffix}, QDir::Files);
    names.removeDuplicates();
    names.removeIf([&](const QString &name) { return !name.startsWith(prefix); });
    names.sort();
    return names;
}

// A spool knows more than rows until its campaign has ended, and is the same after that; the rows have links.
Result<ObservationStreams::Place> ObservationStreams::placeOf(const QString &name) {
    auto select = m_database.prepare(
        "SELECT EXISTS(SELECT 1 FROM observation_stream WHERE campaign=?1 AND name=?2), EXISTS(SELECT 1 FROM "
        "observation WHERE campaign=?1 AND stream=?3), (SELECT finished_at FROM campaign WHERE id=?1)");
    if (!select)
        return select.error();
    select->bind(1, m_campaign).bind(2, name).bind(3, name.chopped(kObservationSuffix.size()));
    if (!select->next())
        return m_database.error(QStringLiteral("looking for %1 of %2").arg(name, m_campaign));
    if (select->integer(0) != 0)
        return Place::Kept;
    const bool hasRows = select->integer(1) != 0;
    const bool hasEnded = select->optionalInteger(2).has_value();
    return hasRows && (hasEnded || !QFile::exists(spoolOf(name))) ? Place::Rows : Place::Spool;
}

Result<Statement> ObservationStreams::rowsOf(const QString &name) {
    auto select = m_database.prepare(
        "SELECT offset, line FROM observation WHERE campaign=? AND stream=? ORDER BY offset");
    if (select)
        select->bind(1, m_campaign).bind(2, name.chopped(kObservationSuffix.size()));
    return select;
}

Result<void>
ObservationStreams::forEachLine(const QString &name,
                                const std::function<bool(QByteArrayView line, qint64 offset)> &seen) {
    const auto place = placeOf(name);
    if (!place)
        return place.error();
    if (*place == Place::Rows) {
        auto rows = rowsOf(name);
        if (!rows)
            return rows.error();
        while (rows->next() && seen(rows->bytes(1), rows->integer(0))) {
        }
        return rows->status() == SQLITE_DONE || rows->status() == SQLITE_ROW
                   ? Result<void>()
                   : m_database.error(QStringLiteral("reading the observations of %1").arg(m_campaign));
    }
    if (*place == Place::Kept) {
        const auto stream = kept(name);
        if (!stream)
            return stream.error();
        return slipway::forEachLine(compressedFile(name, (*stream)->compressed), seen);
    }
    QFile file(spoolOf(name));
    LineSplitter splitter;
    bool goOn = file.open(QIODevice::ReadOnly);
    while (goOn && !file.atEnd()) {
        const QByteArray bytes = file.read(kReadSize);
        if (bytes.isEmpty())
            break;
        splitter.add(bytes, [&](qint64 at, const QByteArray &line) { goOn = goOn && seen(line, at); });
    }
    if (file.error() != QFile::NoError)
        return Error{ErrorCode::Io,
                     QStringLiteral("%1 cannot be read: %2").arg(file.fileName(), file.errorString())};
    return {}; // a last line without its end is still on its way
}

Result<EvidenceFile> ObservationStreams::file(const QString &name) {
    const auto place = placeOf(name);
    if (!place)
        return place.error();
    if (*place == Place::Kept) {
        const auto stream = kept(name);
        return stream ? Result<EvidenceFile>(compressedFile(name, (*stream)->compressed)) : stream.error();
    }
    if (*place == Place::Rows) {
        const auto stream = ofRows(name, std::nullopt);
        return stream ? Result<EvidenceFile>(compressedFile(name, stream->compressed)) : stream.error();
    }
    StreamRecord record(name, StreamRecord::Keeps::Bytes);
    QFile spool(spoolOf(name));
    TRY(record.add(spool));
    return compressedFile(name, record.end().compressed);
}

Result<std::optional<EndedStream>> ObservationStreams::kept(const QString &name) {
    auto select = m_database.prepare((QByteArray(kKept) + "AND name=?2").constData());
    if (!select)
        return select.error();
    select->bind(1, m_campaign).bind(2, name);
    if (select->next())
        return std::optional(readKept(*select));
    if (select->status() != SQLITE_DONE)
        return m_database.error(QStringLiteral("reading %1 of %2").arg(name, m_campaign));
    return std::optional<EndedStream>();
}

Result<QList<EndedStream>> ObservationStreams::allKept() {
    auto select = m_database.prepare(kKept);
    if (!select)
        return select.error();
    select->bind(1, m_campaign);
    QList<EndedStream> streams;
    while (select->next())
        streams.append(readKept(*select));
    if (select->status() != SQLITE_DONE)
        return m_database.error(QStringLiteral("reading the streams of %1").arg(m_campaign));
    return streams;
}

Result<void> ObservationStreams::keep(const EndedStream &stream) {
    auto insert = m_database.prepare(
        "INSERT INTO observation_stream(campaign, name, plain_bytes, plain_sha256, lines, sha256, bytes) "
        "VALUES (?1,?2,?3,?4,?5,?6,?7) ON CONFLICT DO UPDATE SET plain_bytes=?3, plain_sha256=?4, lines=?5, "
        "sha256=?6, bytes=?7 WHERE plain_sha256<>?4");
    if (!insert)
        return insert.error();
    insert->bind(1, m_campaign).bind(2, stream.name).bind(3, stream.bytes).bind(4, stream.sha256);
    insert->bind(5, stream.lines).bind(6, sha256Text(stream.compressed)).bind(7, stream.compressed);
    return m_database.run(*insert, QStringLiteral("keeping %1 of %2").arg(stream.name, m_campaign));
}

Result<void> ObservationStreams::compare(const EndedStream &stream) {
    const auto held = kept(stream.name);
    if (!held)
        return held.error();
    StreamRecord read(stream.name, StreamRecord::Keeps::Nothing);
    if (*held) {
        const auto decompressed = forEachPiece(compressedFile(stream.name, (*held)->compressed),
                                               [&](QByteArrayView piece) -> Result<bool> {
                                                   read.add(piece);
                                                   return true;
                                               });
        if (!decompressed)
            return decompressed;
    }
    if (read.end().sha256 == stream.sha256 && read.end().bytes == stream.bytes)
        return {};
    return Error{ErrorCode::Corrupt,
                 QStringLiteral("The archive does not hold %1 of %2 as it came: %3 bytes of %4, or others.")
                     .arg(stream.name, m_campaign)
                     .arg(read.end().bytes)
                     .arg(stream.bytes)};
}

Result<void> ObservationStreams::findRows(const EndedStream &stream) {
    auto rows = rowsOf(stream.name);
    if (!rows)
        return rows.error();
    bool isRow = rows->next();
    qint64 position = 0;
    // A row is compared where it lies, whether it is a line or a piece of one.
    QByteArray window;
    const auto compared = slipway::forEachPiece(
        compressedFile(stream.name, stream.compressed), [&](QByteArrayView piece) -> Result<bool> {
            window.append(piece.data(), piece.size());
            while (isRow && rows->integer(0) >= position) {
                const qint64 at = rows->integer(0) - position;
                const QByteArrayView line = rows->bytes(1);
                if (at + line.size() > window.size())
                    break; // it has not come whole
                if (QByteArrayView(window).sliced(at, line.size()) != line)
                    return false;
                isRow = rows->next();
            }
            const qint64 due = isRow ? rows->integer(0) - position : window.size();
            const qint64 gone = std::clamp<qint64>(due, 0, window.size());
            window.remove(0, gone);
            position += gone;
            return true;
        });
    if (!compared)
        return compared;
    if (!isRow && rows->status() == SQLITE_DONE)
        return {};
    if (!isRow)
        return m_database.error(QStringLiteral("reading the observations of %1").arg(m_campaign));
    return Error{ErrorCode::Corrupt,
                 QStringLiteral("the observation at byte %1 of %2 of %3 is not in what would be kept of it")
                     .arg(rows->integer(0))
                     .arg(stream.name, m_campaign)};
}

Result<EndedStream> ObservationStreams::ofRows(const QString &name, const std::optional<qint64> &bytes) {
    auto rows = rowsOf(name);
    if (!rows)
        return rows.error();
    const EndedStream stream = ofLines(name, *rows, bytes);
    if (rows->status() != SQLITE_DONE)
        return m_database.error(QStringLiteral("reading the observations of %1").arg(m_campaign));
    return stream;
}

EndedStream ObservationStreams::ofLines(const QString &name, Statement &rows,
                                        const std::optional<qint64> &bytes) {
    StreamRecord record(name, StreamRecord::Keeps::Bytes);
    qint64 position = -1; // behind the last line, without its end
    while (rows.next()) {
        // A line that was too long came in pieces, which follow each other without an end.
        if (position >= 0 && rows.integer(0) != position)
            record.add("\n");
        record.add(rows.bytes(1));
        position = rows.integer(0) + rows.bytes(1).size();
    }
    if (position >= 0 && (!bytes || position < *bytes))
        record.add("\n");
    return record.end();
}

} // namespace slipway
